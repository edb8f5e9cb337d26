import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refundAmount, won, WON_MAX } from '../../../../../src/domain/money'
import { pgBankCode } from '../../../../../src/domain/pg-rules/bank-codes'
import { tagFromRandom } from '../../../../../src/domain/refund-tag'
import type { CancelIntent } from '../../../../../src/main/core/pg/gateway'
import { kstDate } from '../../../../../src/domain/time'
import { encodeCancel } from '../../../../../src/main/core/pg/portone-v1/encode'
import { ACCOUNT, anIntent, TAG } from '../support'

const bodyOf = (changes: Partial<CancelIntent>): Record<string, unknown> =>
  JSON.parse(encodeCancel(anIntent(changes)).body) as Record<string, unknown>

describe('the body of a cancel', () => {
  it('is exactly these bytes', () => {
    const intent = anIntent({ method: 'virtual-account', vat: won(900), taxFree: won(100), account: ACCOUNT })
    expect(encodeCancel(intent).body).toBe(
      `{"imp_uid":"imp_000000000001","amount":10000,"checksum":30000,"tax_free":100,"vat_amount":900,"reason":"${TAG} 고객 변심",` +
        '"refund_holder":"나예금","refund_bank":"BK88","refund_account":"99901234567890","refund_tel":"01077776666"}',
    )
  })

  it.each<[string, unknown]>([
    ['imp_uid', 'imp_000000000001'],
    ['amount', 10_000],
    ['checksum', 30_000],
    ['tax_free', 100],
    ['vat_amount', 900],
    ['reason', `${TAG} 고객 변심`],
    ['refund_holder', ACCOUNT.holder],
    ['refund_bank', 'BK88'],
    ['refund_account', ACCOUNT.accountNo],
    ['refund_tel', ACCOUNT.phone],
  ])('carries %s as the intent has it', (field, value) => {
    const intent = { method: 'virtual-account', vat: won(900), taxFree: won(100), account: ACCOUNT } as const
    expect(bodyOf(intent)[field]).toBe(value)
  })

  it.each(['merchant_uid', 'retain_promotion', 'enable_webhook', 'extra'])('never has %s', (field) => {
    for (const intent of [
      {},
      { method: 'virtual-account', vat: won(900), taxFree: won(100), account: ACCOUNT } as const,
    ])
      expect(bodyOf(intent)).not.toHaveProperty(field)
  })

  it('says the tax-free part even when there is none, and the VAT only when it was given', () => {
    expect(bodyOf({})).toMatchObject({ tax_free: 0 })
    expect(bodyOf({})).not.toHaveProperty('vat_amount')
    expect(bodyOf({ vat: won(0) })).toMatchObject({ vat_amount: 0 })
  })

  it('writes the bank in the code of the PG behind the channel', () => {
    expect(bodyOf({ account: ACCOUNT })['refund_bank']).toBe('BK88')
    expect(bodyOf({ account: ACCOUNT, provider: 'html5_inicis' })['refund_bank']).toBe('88')
    expect(bodyOf({ account: ACCOUNT, provider: 'daou' })['refund_bank']).toBe('10')
  })

  it('has a phone only when the account has one', () => {
    expect(bodyOf({ account: { ...ACCOUNT, phone: null } })).not.toHaveProperty('refund_tel')
  })

  it('takes amounts and fields up to their edges', () => {
    expect(bodyOf({ amount: refundAmount(30_000) })['amount']).toBe(30_000)
    expect(bodyOf({ amount: refundAmount(1), checksum: refundAmount(1) })).toMatchObject({ amount: 1, checksum: 1 })
    expect(bodyOf({ taxFree: won(10_000) })['tax_free']).toBe(10_000)
    expect(
      bodyOf({ account: { ...ACCOUNT, accountNo: '1'.repeat(16), holder: '가'.repeat(16) } })['refund_account'],
    ).toHaveLength(16)
  })

  // The types forbid most of these; the encoder is the last gate before money moves and does not rely on them.
  const unsafe = (value: unknown) => value as never
  it.each<[string, Partial<CancelIntent>]>([
    ['an amount of 0', { amount: unsafe(0) }],
    ['a negative amount', { amount: unsafe(-1) }],
    ['an amount that is no number', { amount: unsafe(Number.NaN) }],
    ['a broken amount', { amount: unsafe(1000.5) }],
    ['an amount in text', { amount: unsafe('1000') }],
    ['no amount', { amount: unsafe(undefined) }],
    ['an amount beyond every limit', { amount: unsafe(WON_MAX + 1) }],
    ['no checksum', { checksum: unsafe(null) }],
    ['a checksum of 0', { checksum: unsafe(0) }],
    ['more than the balance', { amount: refundAmount(30_001) }],
    ['a tax-free part above the amount', { taxFree: won(10_001) }],
    ['a negative tax-free part', { taxFree: won(-1) }],
    ['a VAT above the amount', { vat: won(10_001) }],
    ['no tag', { tag: '' }],
    ['a tag of someone else', { tag: 'XX12345678' }],
    ['a tag with text', { tag: `${TAG} x` }],
    ['an empty payment key', { pgKey: '' }],
    ['a payment key that is too long', { pgKey: 'i'.repeat(33) }],
    ['a line break in the reason', { reason: '변심\nx' }],
    ['a virtual account without an account', { method: 'virtual-account' }],
    ['a bank the PG does not know', { account: { ...ACCOUNT, bank: '035' } }],
    ['a PG whose bank codes nobody knows', { account: ACCOUNT, provider: 'paypal' }],
    ['an account that is too long', { account: { ...ACCOUNT, accountNo: '1'.repeat(17) } }],
    ['an account with hyphens', { account: { ...ACCOUNT, accountNo: '123-456' } }],
    ['an account with digits of another script', { account: { ...ACCOUNT, accountNo: '１２３４５６' } }],
    ['an empty account', { account: { ...ACCOUNT, accountNo: '' } }],
    ['a holder that is too long', { account: { ...ACCOUNT, holder: '가'.repeat(17) } }],
    ['an empty holder', { account: { ...ACCOUNT, holder: '' } }],
    ['a phone with hyphens', { account: { ...ACCOUNT, phone: '010-1234-5678' } }],
  ])('is not made with %s', (_what, changes) => {
    expect(() => encodeCancel(anIntent(changes))).toThrow()
  })

  it('does not tell the account in the error', () => {
    const accountNo = '9'.repeat(17)
    expect(() => encodeCancel(anIntent({ account: { ...ACCOUNT, accountNo } }))).toThrow(/^(?!.*999).*refund_account/)
  })

  const won$ = (max: number) => fc.integer({ min: 0, max }).map(won)
  const intents = fc.integer({ min: 1, max: 1_000_000_000 }).chain(
    (amount) =>
      fc.record({
        pgKey: fc.stringMatching(/^imp_[0-9]{12}$/),
        pgTransactionKey: fc.constant(null),
        provider: fc.constantFrom('kcp', 'html5_inicis', 'tosspayments', 'kicc'),
        method: fc.constantFrom('card', 'transfer', 'virtual-account', 'mobile', 'easy-pay'),
        paid: fc.constant(refundAmount(WON_MAX)),
        amount: fc.constant(refundAmount(amount)),
        checksum: fc.integer({ min: amount, max: WON_MAX }).map(refundAmount),
        taxFree: fc.option(won$(amount)),
        vat: fc.option(won$(amount)),
        account: fc.record({
          bank: fc.constantFrom('004', '011', '020', '088'),
          accountNo: fc.stringMatching(/^[0-9]{1,16}$/),
          holder: fc.constantFrom('김가온', 'A & B "Co"', '나'),
          phone: fc.option(fc.stringMatching(/^[0-9]{9,11}$/)),
        }),
        basket: fc.constant([]),
        requestedOn: fc.constant(kstDate(0)),
        tag: fc.uint8Array({ minLength: 5, maxLength: 5 }).map(tagFromRandom),
        reason: fc.stringMatching(/^[가-힣a-z "\\]{0,80}$/),
      }) satisfies fc.Arbitrary<CancelIntent>,
  )

  it('always asks for a positive whole amount with a checksum that covers it, whatever the intent', () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const body = JSON.parse(encodeCancel(intent).body) as Record<string, unknown>
        expect(body['amount']).toBe(intent.amount)
        expect(Number.isSafeInteger(body['amount']) && Number(body['amount']) > 0).toBe(true)
        expect(Number(body['checksum'])).toBeGreaterThanOrEqual(Number(body['amount']))
        expect(String(body['reason']).startsWith(intent.tag)).toBe(true)
        expect(Buffer.byteLength(String(body['reason']))).toBeLessThanOrEqual(100)
        expect(body['refund_bank']).toBe(pgBankCode(intent.provider, intent.account?.bank ?? ''))
      }),
    )
  })

  it('has the same bytes for the same intent, in whatever order its parts were put together', () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const reversed = Object.fromEntries(Object.entries(intent).toReversed()) as unknown as CancelIntent
        expect(encodeCancel(reversed).body).toBe(encodeCancel(intent).body)
      }),
    )
  })
})
