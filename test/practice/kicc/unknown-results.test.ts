import { describe, expect, it } from 'vitest'
import { createBooks } from '../../../src/practice/books'
import {
  aKiccPayment,
  aRevise,
  aSettlement,
  aSettlementPayment,
  atKst,
  onRevise,
  OTHER,
  startKicc,
  type Fields,
} from './support'

const flagged = (fields: Fields, changes: Fields = {}): Fields => ({ ...fields, refundQueryFlag: 'Y', ...changes })
/** A query that brings a key of its own. */
const asked = (changes: Fields = {}): Fields => aRevise({ refundQueryFlag: 'Y', ...changes })

describe.each(['kicc_vtim', 'kicc_vt00'] as const)('%s', (kind) => {
  const code = kind === 'kicc_vtim' ? 'VTIM' : 'VT00'

  it.each([
    [true, 10_000, '0000'],
    [false, 0, 'PR32'],
  ])(
    'with effect %s leaves %i won refunded, and a query by the same key answers %s',
    async (effect, refunded, result) => {
      const test = await startKicc({ scenario: onRevise({ kind, effect }) })
      const fields = aRevise()
      const lost = await test.revise(fields)
      expect(lost.resCd).toBe(code)
      expect(lost.body).not.toHaveProperty('cancelPgCno')
      expect(test.refunded()).toBe(refunded)
      for (let count = 0; count < 3; count++) expect(await test.codeOf(flagged(fields))).toBe(result)
      expect(test.refunded()).toBe(refunded)
      expect(test.alarms()).toEqual([])
    },
  )
})

it('kicc_wrong_key: the refund happens, and its answer is about another request', async () => {
  const test = await startKicc({ scenario: onRevise({ kind: 'kicc_wrong_key' }) })
  const answer = await test.revise(aRevise())
  expect(answer.resCd).toBe('0000')
  expect(answer.body).toMatchObject({ shopTransactionId: 'of-another-request' })
  expect(test.refunded()).toBe(10_000)
})

describe('a query', () => {
  const lost = { scenario: onRevise({ kind: 'kicc_vtim', effect: true }) }

  it('with a new key finds the last request of this payment and amount of today', async () => {
    const test = await startKicc({ ...lost, payments: [aKiccPayment(), aKiccPayment(OTHER)] })
    const fields = aRevise()
    await test.revise(fields)
    expect(await test.codeOf(asked({ amount: 9999 }))).toBe('PR31')
    expect(await test.codeOf(asked({ pgCno: OTHER.pgCno }))).toBe('PR31')
    const key = 'a-new-key'
    const { resCd, body } = await test.revise(asked({ shopTransactionId: key }))
    expect(resCd).toBe('0000')
    expect(body['shopTransactionId']).toBe(key)
    expect(test.refunded()).toBe(10_000)
    // Its key is not used up, and nothing is to be found under it.
    expect((await test.retrieve(key)).resCd).toBe('PR42')
  })

  it('finds a full refund with and without its amount', async () => {
    const full = { reviseSubTypeCode: '10', amount: undefined }
    for (const amount of [undefined, 30_000]) {
      const test = await startKicc(lost)
      await test.revise(aRevise(full))
      expect(await test.codeOf(asked({ ...full, amount })), String(amount)).toBe('0000')
    }
    const test = await startKicc(lost)
    await test.revise(aRevise())
    expect(await test.codeOf(asked(full))).toBe('PR31')
  })

  it('of another payment with the same key finds nothing', async () => {
    const test = await startKicc({ ...lost, payments: [aKiccPayment(), aKiccPayment(OTHER)] })
    await test.revise(aRevise({ shopTransactionId: 'same' }))
    expect(await test.codeOf(asked({ shopTransactionId: 'same', pgCno: OTHER.pgCno }))).toBe('PR31')
  })

  it('never moves money, whatever it asks for', async () => {
    const test = await startKicc()
    for (const reviseSubTypeCode of ['10', '11', '20', '21'])
      expect(await test.codeOf(asked({ reviseSubTypeCode }))).toBe('PR31')
    expect(test.refunded()).toBe(0)
    expect(test.books.kicc.requests()).toEqual([])
  })

  it('is for real-time refunds only, and is authenticated like any other', async () => {
    const test = await startKicc({ payments: [aSettlementPayment()] })
    expect(await test.codeOf(aSettlement({ refundQueryFlag: 'Y' }))).toBe('PR24')
    expect(await test.codeOf({ ...asked(), msgAuthValue: 'x' })).toBe('PR05')
    expect(test.refunded()).toBe(0)
  })

  it('may itself stay without a result, and finds it later', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vtim', effect: true, count: 2 }) })
    const fields = aRevise()
    expect(await test.codeOf(fields)).toBe('VTIM')
    expect(await test.codeOf(flagged(fields))).toBe('VTIM')
    expect(await test.codeOf(flagged(fields))).toBe('0000')
    expect(test.refunded()).toBe(10_000)
  })

  it('does not reach back over midnight', async () => {
    const test = await startKicc({ ...lost, atMs: atKst('2026-11-21T23:59:59.999') })
    const fields = aRevise()
    await test.revise(fields)
    test.clock.set(atKst('2026-11-22T00:00:00'))
    expect(await test.codeOf(flagged(fields))).toBe('PR07')
    expect(await test.codeOf(flagged(fields, { cancelReqDate: '20261122' }))).toBe('PR31')
    expect((await test.retrieve(fields['shopTransactionId'])).resCd).toBe('VTIM')
    expect(test.refunded()).toBe(10_000)
  })
})

describe('an unknown result', () => {
  it('is what a look-up by key tells, until a query has brought the result', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vt00', effect: true }) })
    const fields = aRevise()
    await test.revise(fields)
    expect((await test.retrieve(fields['shopTransactionId'])).resCd).toBe('VT00')
    await test.revise(flagged(fields))
    expect((await test.retrieve(fields['shopTransactionId'])).resCd).toBe('0000')
  })

  it('keeps the reason of a refusal for the query', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vtim', effect: true }) })
    const fields = aRevise({ amount: 30_001 })
    expect(await test.codeOf(fields)).toBe('VTIM')
    expect(await test.codeOf(flagged(fields))).toBe('PR13')
  })

  it('does not make the key good again', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vtim' }) })
    const fields = aRevise()
    await test.revise(fields)
    expect(await test.codeOf(fields)).toBe('PR06')
  })

  it('does not keep a second refund from being paid: only the alarm tells', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vtim', effect: true }) })
    const fields = aRevise()
    await test.revise(fields)
    expect(await test.codeOf(aRevise())).toBe('0000')
    expect(test.refunded()).toBe(20_000)
    expect(test.alarms()).toEqual(['unflagged_second_refund'])
  })

  it('raises no alarm once it is known, nor for another payment', async () => {
    const test = await startKicc({
      scenario: onRevise({ kind: 'kicc_vtim' }),
      payments: [aKiccPayment(), aKiccPayment(OTHER)],
    })
    const fields = aRevise()
    await test.revise(fields)
    expect(await test.codeOf(aRevise({ pgCno: OTHER.pgCno }))).toBe('0000')
    expect(await test.codeOf(flagged(fields))).toBe('PR32')
    expect(await test.codeOf(aRevise())).toBe('0000')
    expect(test.refunded()).toBe(10_000)
    expect(test.alarms()).toEqual([])
  })

  it('is still unknown after a restart', async () => {
    const test = await startKicc({ scenario: onRevise({ kind: 'kicc_vtim', effect: true }) })
    await test.revise(aRevise({ shopTransactionId: 'lost' }))
    await test.pg.close().catch(() => undefined)
    test.books.close()
    const again = createBooks(test.booksFile)
    expect(again.kicc.request('T0000002', 'lost', '20261121')).toMatchObject({
      told: 'VTIM',
      answer: { resCd: '0000' },
    })
    again.close()
  })
})

describe('faults that every protocol has', () => {
  it('strike by the number of the payment, on look-ups of its requests too', async () => {
    const test = await startKicc({ payments: [aKiccPayment(), aKiccPayment(OTHER)] })
    const fields = aRevise({ pgCno: OTHER.pgCno })
    test.pg.setScenario({
      rules: [{ kind: 'status_503', path: '/api/trades/*', subject: OTHER.pgCno, count: 0, effect: true }],
    })
    expect(await test.codeOf(aRevise())).toBe('0000')
    await expect(test.revise(fields)).rejects.toThrow(/JSON/)
    expect(test.refunded(OTHER.pgCno)).toBe(10_000)
    await expect(test.retrieve(fields['shopTransactionId'])).rejects.toThrow(/JSON/)
    expect((await test.retrieve('another')).resCd).toBe('PR42')
  })

  it.each([
    ['lose_answer_before_effect', 0, 'PR42'],
    ['lose_answer_after_effect', 10_000, '0000'],
    ['half_body', 10_000, '0000'],
  ] as const)('%s leaves %i won refunded, and a look-up by key answers %s', async (kind, refunded, code) => {
    const test = await startKicc({ scenario: onRevise({ kind }) })
    const fields = aRevise()
    await expect(test.revise(fields)).rejects.toThrow()
    expect(test.refunded()).toBe(refunded)
    expect((await test.retrieve(fields['shopTransactionId'])).resCd).toBe(code)
  })

  it('speak in the words of KICC', async () => {
    const of = async (rule: Parameters<typeof onRevise>[0]) =>
      (await startKicc({ scenario: onRevise(rule) })).revise(aRevise())
    expect(await of({ kind: 'refuse', code: '5999', message: '한도 초과' })).toMatchObject({
      status: 200,
      body: { resCd: '5999', resMsg: '한도 초과' },
    })
    expect(await of({ kind: 'refuse' })).toMatchObject({ status: 200, resCd: 'PR99' })
    expect(await of({ kind: 'status_401' })).toMatchObject({ status: 401, resCd: 'PR99' })
    expect((await of({ kind: 'wrong_imp_uid' })).body).toMatchObject({
      resCd: '0000',
      oriPgCno: '20000000000000000000',
    })
    expect((await of({ kind: 'response_null' })).body).toEqual({ resCd: '0000', resMsg: '환불 성공' })
  })
})
