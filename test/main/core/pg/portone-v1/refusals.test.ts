import { describe, expect, it } from 'vitest'
import { KNOWN_REFUSALS, knownRefusal } from '../../../../../src/main/core/pg/portone-v1/refusals'

describe('a refusal', () => {
  it.each([
    [1, '이미 전액취소된 주문입니다.', 'already-cancelled'],
    [1, ' 이미 전액취소된 주문입니다 ', 'already-cancelled'],
    [1, '취소할 결제건이 존재하지 않습니다.', 'no-such-payment'],
    [1, '취소 가능 잔액이 checksum과 일치하지 않습니다.', 'balance-differs'],
    [1, 'refund_account 값의 길이가 올바르지 않습니다.', 'field-error'],
    [1, 'refund_tel 이 필요합니다.', 'field-error'],
  ])('with code %i and %j is known to be clean', (code, message, why) => {
    expect(knownRefusal(code, message)).toBe(why)
  })

  it.each([
    [-1, '이미 전액취소된 주문입니다.'],
    [0, '이미 전액취소된 주문입니다.'],
    [1, '이미 전액취소된 주문입니다. 확인하세요'],
    [1, '결제취소에 실패하였습니다. [이미 전액취소된 주문입니다.]'],
    [1, '결제취소에 실패하였습니다.(checksum)'],
    [-1, '결제취소에 실패하였습니다. [환불 계좌번호 오류]'],
    [1, '결제취소에 실패했습니다 refund_account 필수'],
    [1, 'PG 응답 시간 초과'],
    [1, 'refund_account'],
    [1, ''],
  ])('with code %i and %j proves nothing', (code, message) => {
    expect(knownRefusal(code, message)).toBeNull()
  })

  it('has a source for every entry', () => {
    expect(KNOWN_REFUSALS.every(({ source }) => source.length > 10)).toBe(true)
  })
})
