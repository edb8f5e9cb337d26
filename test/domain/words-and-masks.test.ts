import { describe, expect, test } from 'vitest'

import { maskAccount, maskName, maskPhone } from '../../src/domain/mask'
import { won } from '../../src/domain/money'
import { wonInWords } from '../../src/domain/won-words'

test.each([
  [1_200_000, '일백이십만 원'],
  [0, '영 원'],
  [1, '일 원'],
  [10, '일십 원'],
  [12_345, '일만 이천삼백사십오 원'],
  [10_000, '일만 원'],
  [100_000_000, '일억 원'],
  [1_000_000_000_000, '일조 원'],
  [1_010_101, '일백일만 일백일 원'],
  [12_340_000, '일천이백삼십사만 원'],
  [-5_000, '마이너스 오천 원'],
])('says %d as %s', (amount, words) => {
  expect(wonInWords(won(amount))).toBe(words)
})

describe('masks', () => {
  test.each([
    ['56211105948400', '••••••••••8400'],
    ['562-11105-948400', '•••-•••••-••8400'],
    ['12345', '•2345'],
    ['1234', '••••'],
    ['12', '••'],
    ['', ''],
  ])('show the last four of account %j', (account, masked) => {
    expect(maskAccount(account)).toBe(masked)
  })

  test.each([
    ['홍길동', '홍*동'],
    ['홍길', '홍*'],
    ['홍', '*'],
    ['남궁민수', '남**수'],
    ['John Smith', 'J*** S****'],
    ['(주)가나다', '(****다'],
    ['', ''],
  ])('hide the middle of the name %j', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  test.each([
    ['01012345678', '010-****-5678'],
    ['010-1234-5678', '010-****-5678'],
    ['0111234567', '011-****-4567'],
    ['0212345678', '******5678'],
    ['1234', '****'],
  ])('hide the middle of the phone %j', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })
})
