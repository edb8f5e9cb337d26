import { describe, expect, it } from 'vitest'
import { ACCOUNT, aKicc, anAnswer, anIntent, answering, FULL, KEY, MALL, scripted, sendTo } from './support'

const PG_CNO = '26112710000000000001'

describe("the contradictions in KICC's documents", () => {
  it('reviseTypeCode of the sample (40, a cancel) is never sent, and a stored one is refused', async () => {
    const { origin, seen } = await scripted(() => answering())
    const gateway = aKicc(origin)
    const stored = { body: gateway.encodeCancel(anIntent()).body.replace('"62"', '"40"') }
    await expect(gateway.sendCancel(stored, anIntent())).rejects.toThrow()
    expect(seen).toHaveLength(0)
  })

  it.each([
    ['numbers', 10_000, 20_000],
    ['text', '10000', '20000'],
  ])('amounts may be %s', async (_as, cancelAmount, remainAmount) => {
    expect((await sendTo(answering({ cancelAmount, remainAmount }))).outcome).toMatchObject({
      kind: 'accepted',
      cancel: { amount: 10_000 },
      balanceAfter: 20_000,
    })
  })

  it.each(['261130090000', '20261130090000', ''])('refundDate may be %j', async (refundDate) => {
    expect((await sendTo(answering({ reviseInfo: { refundInfo: { refundDate } } }))).outcome).toMatchObject({
      kind: 'accepted',
    })
  })

  it.each(['261127140001', '20261127140001'])('transactionDate may be %s', async (transactionDate) => {
    expect((await sendTo(answering({ transactionDate }))).outcome).toMatchObject({
      cancel: { cancelledAtMs: Date.parse('2026-11-27T14:00:01+09:00') },
    })
  })

  it('payMethodTypeCode may say card (11) of a virtual account', async () => {
    const reviseInfo = { payMethodTypeCode: '11', approvalDate: '20261127140002' }
    expect((await sendTo(answering({ reviseInfo }))).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('shopOrderNo, which is in no table, may be there', async () => {
    expect((await sendTo(answering({ shopOrderNo: 'ORD-1' }))).outcome).toMatchObject({ kind: 'accepted' })
  })

  const revised = anAnswer()['reviseInfo'] as Record<string, Record<string, unknown>>
  it.each<[string, (value: unknown) => Record<string, unknown>]>([
    ['statusMessage', (statusMessage) => ({ statusMessage })],
    ['escrowUsed', (escrowUsed) => ({ escrowUsed })],
    ['shopOrderNo', (shopOrderNo) => ({ shopOrderNo })],
    ['payMethodTypeCode', (payMethodTypeCode) => ({ reviseInfo: { ...revised, payMethodTypeCode } })],
    ['approvalNo', (approvalNo) => ({ reviseInfo: { ...revised, approvalNo } })],
    [
      'refundDate',
      (refundDate) => ({ reviseInfo: { ...revised, refundInfo: { ...revised['refundInfo'], refundDate } } }),
    ],
    [
      'approvalNo of the cash receipt',
      (approvalNo) => ({ reviseInfo: { ...revised, cashReceiptInfo: { ...revised['cashReceiptInfo'], approvalNo } } }),
    ],
    [
      'cancelDate of the cash receipt',
      (cancelDate) => ({ reviseInfo: { ...revised, cashReceiptInfo: { ...revised['cashReceiptInfo'], cancelDate } } }),
    ],
  ])('nothing hangs on %s, whatever stands in it', async (_field, changes) => {
    const { transcript: _usual, ...usual } = (await sendTo(answering())).outcome
    const values = [undefined, null, 'x', '20260230', -1, 0.5, [], {}]
    for (const value of values) {
      const { transcript: _kept, ...outcome } = (await sendTo(answering(changes(value)))).outcome
      expect(outcome).toEqual(usual)
    }
  })

  it('cancelAmount and remainAmount, which one table lacks, may be missing', async () => {
    const { outcome } = await sendTo(answering({ cancelAmount: undefined, remainAmount: undefined }))
    expect(outcome).toMatchObject({ kind: 'accepted', cancel: { amount: 10_000 }, balanceAfter: null })
  })

  it('statusCode TS02 of the Korean sample is accepted like RF01', async () => {
    expect((await sendTo(answering({ statusCode: 'TS02' }))).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('depositPgCno may be missing from the answer', async () => {
    const intent = anIntent({ pgTransactionKey: '26112710000000000777' })
    const answer = answering({ oriPgCno: '26112710000000000777', reviseInfo: { refundInfo: {} } })
    expect((await sendTo(answer, intent)).outcome).toMatchObject({ kind: 'accepted' })
  })

  it('amount is sent with every part, though the sample leaves it out', async () => {
    const { seen } = await sendTo(answering())
    expect(seen[0]?.body['amount']).toBe(10_000)
  })

  it('refundInfo goes with a mobile payment, too', async () => {
    const { seen } = await sendTo(answering(), anIntent({ method: 'mobile' }))
    expect(seen[0]?.body['refundInfo']).toMatchObject({ refundAccountNo: ACCOUNT.accountNo })
  })

  it('the sample of the English page is read as it stands', async () => {
    const sample = {
      resCd: '0000',
      resMsg: 'Refund Successful',
      mallId: MALL,
      shopTransactionId: KEY,
      oriPgCno: PG_CNO,
      cancelPgCno: '26112710000000000099',
      shopOrderNo: 'ORD-1',
      cancelAmount: '51004',
      remainAmount: '0',
      transactionDate: '20210326090200',
      statusCode: 'RF01',
      statusMessage: 'Refund Requested',
      reviseInfo: {
        payMethodTypeCode: '11',
        approvalDate: '20210326090200',
        refundInfo: { refundDate: '20210326090200', depositPgCno: '21032610000000000001' },
      },
    }
    expect((await sendTo(JSON.stringify(sample), anIntent(FULL))).outcome).toMatchObject({
      kind: 'accepted',
      cancel: { amount: 51_004, cancelledAtMs: Date.parse('2021-03-26T09:02:00+09:00') },
      balanceAfter: 0,
    })
  })
})
