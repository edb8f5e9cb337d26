import { describe, expect, it } from 'vitest'
import { atKst, aKiccPayment, aRevise, aSettlement, aSettlementPayment, DEPOSIT, PG_CNO, startKicc } from './support'

type Body = Readonly<Record<string, unknown>>
const inner = (body: Body): Body => body['reviseInfo'] as Body
const details = (body: Body): Body => inner(body)['refundInfo'] as Body

/** The answers to twelve refunds of a thousand won. */
async function twelve(revises: () => Body, payment = aKiccPayment()): Promise<readonly Body[]> {
  const { revise } = await startKicc({ payments: [payment] })
  const bodies: Body[] = []
  for (let count = 0; count < 12; count++) bodies.push((await revise(revises())).body)
  return bodies
}
const seen = (values: readonly unknown[]): readonly unknown[] => [...new Set(values)]

describe('the answers to refunds', () => {
  it('carry what was sent, and a number of their own', async () => {
    const { revise } = await startKicc()
    const fields = aRevise({ shopTransactionId: 'the-key' })
    const { status, body } = await revise(fields)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      resCd: '0000',
      resMsg: '환불 성공',
      shopTransactionId: 'the-key',
      mallId: 'T0000002',
      oriPgCno: PG_CNO,
      cancelPgCno: expect.stringMatching(/^\d{20}$/),
      cancelAmount: 10_000,
      remainAmount: 20_000,
      transactionDate: '20261121140000',
      statusCode: 'RF02',
      escrowUsed: 'N',
    })
    expect(body).not.toHaveProperty('msgAuthValue')
    expect((await revise(aRevise())).body['cancelPgCno']).not.toBe(body['cancelPgCno'])
  })

  it('meet every contradiction of the documents within a few refunds', async () => {
    const bodies = await twelve(() => aRevise({ amount: 1000 }))
    expect(new Set(bodies.map((body) => typeof body['cancelAmount']))).toEqual(
      new Set(['number', 'string', 'undefined']),
    )
    expect(new Set(bodies.map((body) => typeof body['remainAmount']))).toEqual(
      new Set(['number', 'string', 'undefined']),
    )
    expect(seen(bodies.map((body) => body['statusCode']))).toEqual(['RF02', 'TS02'])
    expect(seen(bodies.map((body) => body['shopOrderNo']))).toEqual(['KE-20261121-001', undefined])
    expect(seen(bodies.map((body) => inner(body)['payMethodTypeCode']))).toEqual(['22', '11'])
    expect(seen(bodies.map((body) => details(body)['refundDate']))).toEqual(['20261121140000', '261121140000'])
    expect(seen(bodies.map((body) => details(body)['depositPgCno']))).toEqual([DEPOSIT, undefined])
    expect(
      bodies.map((body) => Number(body['remainAmount'] ?? Number.NaN)).filter((left) => !Number.isNaN(left)),
    ).toEqual([29, 28, 26, 25, 24, 22, 21, 20, 18].map((left) => left * 1000))
  })

  it('of a settlement refund say "requested" or, in the Korean edition, "cancelled", and the day of payout', async () => {
    const bodies = await twelve(() => aSettlement({ amount: 1000 }), aSettlementPayment())
    expect(seen(bodies.map((body) => body['statusCode']))).toEqual(['RF01', 'TS02'])
    // 21 November is a Saturday.
    expect(seen(bodies.map((body) => details(body)['refundDate']))).toEqual(['20261123100000', '261123100000'])
  })

  it('of a mobile payment name no deposit', async () => {
    const bodies = await twelve(
      () => aRevise({ amount: 1000 }),
      aKiccPayment({ method: '31', vbank: null, deposits: [] }),
    )
    expect(seen(bodies.map((body) => details(body)['depositPgCno']))).toEqual([undefined])
    expect(seen(bodies.map((body) => inner(body)['payMethodTypeCode']))).toEqual(['31', '11'])
  })

  it('succeed outside where the cash receipt failed inside', async () => {
    const of = async (cashReceipt: 'none' | 'cancelled' | 'fails') =>
      (await (await startKicc({ payments: [aKiccPayment({ cashReceipt })] })).revise(aRevise())).body
    expect(await of('fails')).toMatchObject({ resCd: '0000', reviseInfo: { cashReceiptInfo: { resCd: 'PR90' } } })
    expect(await of('cancelled')).toMatchObject({ resCd: '0000', reviseInfo: { cashReceiptInfo: { resCd: '0000' } } })
    expect(inner(await of('none'))).not.toHaveProperty('cashReceiptInfo')
  })

  it('to refusals are HTTP 200 with a code and a Korean text, and echo the key', async () => {
    const { revise } = await startKicc()
    const { status, body } = await revise(aRevise({ shopTransactionId: 'the-key', amount: 30_001 }))
    expect(status).toBe(200)
    expect(body).toEqual({
      resCd: 'PR13',
      resMsg: '환불 가능 금액을 초과하였습니다.',
      shopTransactionId: 'the-key',
      mallId: 'T0000002',
    })
  })
})

describe('retrieveTransaction', () => {
  it('answers what the revise answered, refusals too', async () => {
    const { revise, retrieve } = await startKicc()
    const fields = aRevise()
    const { body } = await revise(fields)
    const found = await retrieve(fields['shopTransactionId'])
    expect([found.status, found.body]).toEqual([200, body])
    const refused = aRevise({ amount: 30_001 })
    await revise(refused)
    expect((await retrieve(refused['shopTransactionId'])).resCd).toBe('PR13')
  })

  it('knows the first answer of a key, not the duplicate error', async () => {
    const { revise, retrieve } = await startKicc()
    const fields = aRevise()
    await revise(fields)
    await revise(fields)
    expect((await retrieve(fields['shopTransactionId'])).resCd).toBe('0000')
  })

  it('does not know a key that was never used, was refused before it was used up, or is of another MID', async () => {
    const { revise, retrieve } = await startKicc()
    expect((await retrieve('never')).resCd).toBe('PR42')
    const unauthenticated = aRevise({ msgAuthValue: 'x' })
    await revise(unauthenticated)
    expect((await retrieve(unauthenticated['shopTransactionId'])).resCd).toBe('PR42')
    const fields = aRevise()
    await revise(fields)
    expect((await retrieve(fields['shopTransactionId'], '20261121', 'T0000001')).resCd).toBe('PR42')
    expect((await retrieve(fields['shopTransactionId'], '20261121', 'T0000003')).resCd).toBe('PR04')
    expect((await retrieve('', '20261121')).resCd).toBe('PR02')
    expect((await retrieve('x'.repeat(61))).resCd).toBe('PR02')
    expect((await retrieve('x'.repeat(60))).resCd).toBe('PR42')
  })

  it.each([
    ['2026-11-21T23:59:59.999', '0000'],
    ['2026-11-22T00:00:00', '0000'],
    ['2026-11-22T23:59:59.999', '0000'],
    ['2026-11-23T00:00:00', 'PR41'],
  ])('at %s in Seoul answers %s for a key of 21 November', async (time, code) => {
    const { revise, retrieve, clock } = await startKicc()
    const fields = aRevise()
    await revise(fields)
    clock.set(atKst(time))
    expect((await retrieve(fields['shopTransactionId'])).resCd).toBe(code)
  })

  it('is by key and day, and asks for neither tomorrow nor last year', async () => {
    const { revise, retrieve } = await startKicc()
    const fields = aRevise()
    await revise(fields)
    expect((await retrieve(fields['shopTransactionId'], '20261120')).resCd).toBe('PR42')
    for (const day of ['20261122', '20251121', '261121']) expect((await retrieve('x', day)).resCd, day).toBe('PR41')
  })
})
