import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCancel } from '../../../../../src/main/core/pg/portone-v1/encode'
import { scrub } from '../../../../../src/main/core/pg/portone-v1/scrub'
import { scrubMessage } from '../../../../../src/main/core/pg/scrub'
import { ACCOUNT, anIntent, envelope, TAG, wirePayment } from '../support'

const KNOWN = [ACCOUNT.accountNo, ACCOUNT.holder, ACCOUNT.phone]

const PERSONAL = {
  buyer_name: '김가온',
  buyer_tel: '010-0000-0001',
  buyer_email: 'buyer001@example.com',
  buyer_addr: '서울시 어딘가 12',
  buyer_postcode: '04524',
  card_number: '4321-56**-****-9876',
  vbank_num: '56211105948400',
  vbank_holder: '예금주이름',
  custom_data: '{"phone":"01012345678"}',
  name: '김가온님 주문',
  access_token: 'token-text-0123',
  imp_key: 'key-text',
  imp_secret: 'secret-text',
  deposit_history: [{ depositor_name: '박입금', amount: 1, pg_tid: 'x' }],
  [`brand_new_${'9'.repeat(3)}`]: '새 필드의 이름',
}
const PERSONAL_WORDS = [
  '김가온',
  '010-0000',
  'buyer001',
  '서울시',
  '04524',
  '9876',
  '5621110',
  '예금주이름',
  '0101234',
  'token-text',
  'key-text',
  'secret-text',
  '박입금',
  '새 필드',
]

describe('a kept transcript', () => {
  it('shows of the request what was asked, not for whom', () => {
    const body = encodeCancel(anIntent({ account: ACCOUNT, method: 'virtual-account' })).body
    expect(JSON.parse(scrub(body, KNOWN))).toEqual({
      imp_uid: 'imp_000000000001',
      amount: 10_000,
      checksum: 30_000,
      tax_free: 0,
      reason: `${TAG} ***`,
      refund_holder: '***',
      refund_bank: 'BK88',
      refund_account: '***',
      refund_tel: '***',
    })
  })

  it('shows of the answer money, keys and times, and nothing of a person', () => {
    const kept = scrub(envelope(wirePayment(PERSONAL)), KNOWN)
    for (const word of PERSONAL_WORDS) expect(kept).not.toContain(word)
    expect(JSON.parse(kept)).toMatchObject({
      code: 0,
      response: {
        imp_uid: 'imp_000000000001',
        amount: 30_000,
        cancel_amount: 10_000,
        cancel_history: [{ amount: 10_000, reason: `${TAG} ***` }],
      },
    })
  })

  it('shows the same of an answer that ends in the middle', () => {
    const whole = envelope(wirePayment(PERSONAL))
    for (let length = 1; length < whole.length; length += 7) {
      const kept = scrub(whole.slice(0, length), KNOWN)
      for (const word of PERSONAL_WORDS) expect(kept).not.toContain(word)
    }
    expect(scrub(whole.slice(0, -1), KNOWN)).toContain('"imp_uid":"imp_000000000001"')
  })

  it('keeps the beginning of a page without its numbers', () => {
    const page = `<html>계좌 999-0123-4567 ${ACCOUNT.holder} 01077776666 오류 502</html>${'x'.repeat(1000)}`
    const kept = scrub(page, KNOWN)
    expect(kept).toContain('<html>계좌 *** *** *** 오류 502</html>')
    expect(kept).toHaveLength(500)
  })

  it('keeps the words of the PG without the account and the holder', () => {
    const message = `예금주 불일치: ${ACCOUNT.holder} ${ACCOUNT.accountNo} (010 7777 6666), 코드 1617`
    expect(scrubMessage(message, KNOWN)).toBe('예금주 불일치: *** *** (***), 코드 1617')
    expect(scrub(envelope(null, 1, message), KNOWN)).not.toContain(ACCOUNT.holder)
  })

  it('masks what stands in a place where it does not belong', () => {
    const kept = scrub(
      JSON.stringify({
        amount: { buyer_name: '김가온' },
        reason: '김가온 환불',
        message: ['김가온'],
        status: ACCOUNT.accountNo,
      }),
      KNOWN,
    )
    expect(kept).not.toContain('김가온')
    expect(kept).not.toContain(ACCOUNT.accountNo)
  })

  it('never throws and never shows a known word, whatever came', () => {
    const names = fc.constantFrom(
      'message',
      'reason',
      'status',
      'imp_uid',
      'response',
      'list',
      'buyer_name',
      'x',
      '__proto__',
    )
    const words = fc.constantFrom(ACCOUNT.accountNo, ACCOUNT.holder, `a${ACCOUNT.phone}b`, '"', '\\')
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
