import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCancel } from '../../../../../src/main/core/pg/portone-v2/encode'
import { scrub } from '../../../../../src/main/core/pg/portone-v2/scrub'
import { ACCOUNT, TAG } from '../support'
import { anIntent, SECRET, STORE, wireCancellation, wirePayment } from './support'

const KNOWN = [ACCOUNT.accountNo, ACCOUNT.holder, ACCOUNT.phone, SECRET]

describe('a kept transcript of PortOne V2', () => {
  it('shows of the request what was asked, not for whom', () => {
    const body = encodeCancel(STORE, anIntent({ account: ACCOUNT, method: 'virtual-account' })).body
    expect(JSON.parse(scrub(body, KNOWN))).toEqual({
      storeId: STORE,
      amount: 10_000,
      currentCancellableAmount: 30_000,
      taxFreeAmount: 0,
      reason: `${TAG} ***`,
      refundAccount: { bank: 'SHINHAN', number: '***', holderName: '***', holderPhoneNumber: '***' },
      requester: 'ADMIN',
    })
  })

  it('shows of the answer money, keys and times', () => {
    const kept = scrub(JSON.stringify({ cancellation: wireCancellation({ receiptUrl: 'https://r.example/a' }) }), KNOWN)
    expect(JSON.parse(kept)).toEqual({
      cancellation: { ...wireCancellation(), reason: `${TAG} ***`, receiptUrl: '***' },
    })
  })

  it('shows of a refusal its name and its words, without long numbers', () => {
    const error = {
      type: 'PG_PROVIDER',
      message: '실패',
      pgCode: 'E01',
      pgMessage: `계좌 999-0123-4567 ${ACCOUNT.holder}`,
    }
    expect(JSON.parse(scrub(JSON.stringify(error), KNOWN))).toEqual({ ...error, pgMessage: '계좌 *** ***' })
  })

  it('shows nothing of a person, also where a payment is cut off in the middle', () => {
    const personal = {
      customer: { name: '김가온', phoneNumber: '010-0000-0001', email: 'buyer001@example.com' },
      method: { type: 'PaymentMethodVirtualAccount', accountNumber: '56211105948400', remitterName: '박입금' },
      orderName: '김가온님 주문',
      billingKey: 'billing-key-text',
      customData: '{"phone":"01012345678"}',
    }
    const words = ['김가온', '010-0000', 'buyer001', '5621110', '박입금', 'billing-key', '0101234']
    const whole = JSON.stringify(wirePayment(personal))
    for (let length = 1; length <= whole.length; length += 7) {
      const kept = scrub(whole.slice(0, length), KNOWN)
      for (const word of words) expect(kept).not.toContain(word)
    }
  })

  it('never throws and never shows a known word, whatever came', () => {
    const names = fc.constantFrom(
      'message',
      'reason',
      'status',
      'pgMessage',
      'number',
      'cancellation',
      'x',
      '__proto__',
    )
    const words = fc.constantFrom(ACCOUNT.accountNo, ACCOUNT.holder, `a${ACCOUNT.phone}b`, SECRET, '"', '\\')
    const value = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, words, fc.integer(), fc.array(tie('node')), fc.dictionary(names, tie('node'))),
    })).node
    fc.assert(
      fc.property(value, fc.nat(200), (tree, cut) => {
        const text = JSON.stringify(tree)
        for (const said of [text, text.slice(0, -cut)]) {
          const kept = scrub(said, KNOWN)
          for (const word of KNOWN) expect(kept).not.toContain(word)
        }
      }),
    )
  })
})
