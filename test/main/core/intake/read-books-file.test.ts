import { describe, expect, test } from 'vitest'

import { readKoreanTime } from '../../../../src/main/core/intake/korean-time'
import { readBooksFile } from '../../../../src/main/core/intake/read-books-file'

const read = async (text: string) => {
  const file = await readBooksFile(new TextEncoder().encode(text), { encoding: 'auto', paymentKeyNames: ['shop_key'] })
  return file.ok ? file.value : file.problem
}
const HEADER = '구분,주문번호,거래번호,일시,금액,결제수단,PG,비고'
const kst = (text: string): number => Date.parse(`${text}+09:00`)

describe('readKoreanTime', () => {
  test.each([
    ['2026-11-21 14:02:11', '2026-11-21T14:02:11'],
    ['2026-11-21 14:02', '2026-11-21T14:02:00'],
    ['2026-11-21T14:02:11', '2026-11-21T14:02:11'],
    ['2026-11-21T14:02:11.123', '2026-11-21T14:02:11'],
    ['2026-11-21T05:02:11Z', '2026-11-21T14:02:11'],
    ['2026-11-21T14:02:11+09:00', '2026-11-21T14:02:11'],
    ['2026.11.21 14:02', '2026-11-21T14:02:00'],
    ['2026/11/21 9:02', '2026-11-21T09:02:00'],
    ['2026. 11. 21. 오후 2:02:11', '2026-11-21T14:02:11'],
    ['2026-11-21 오전 12:30', '2026-11-21T00:30:00'],
    ['2026-11-21 오후 12:30', '2026-11-21T12:30:00'],
    ['2026-11-21 2:02 PM', '2026-11-21T14:02:00'],
    ['2026년 11월 21일 14시 02분', '2026-11-21T14:02:00'],
    ['2026년 11월 21일 14시 02분 05초', '2026-11-21T14:02:05'],
    ['2026-11-21(토) 14:02', '2026-11-21T14:02:00'],
    ['20261121140211', '2026-11-21T14:02:11'],
    ['20261121 1402', '2026-11-21T14:02:00'],
  ])('reads %s', (text, expected) => {
    expect(readKoreanTime(text)).toEqual({ atMs: kst(expected), hasTime: true })
  })

  test.each([
    '2026-11-21',
    '2026.11.21',
    '2026. 11. 21.',
    '2026/11/21',
    '20261121',
    '2026년 11월 21일',
    '2026-11-21(토)',
  ])('reads the day %s', (text) => {
    expect(readKoreanTime(text)).toEqual({ atMs: kst('2026-11-21T00:00:00'), hasTime: false })
  })

  test.each([
    '',
    '26-11-21',
    '11/21/2026',
    '2026-13-01',
    '2026-02-29',
    '2026-11-31',
    '2026-11-21 24:00',
    '2026-11-21 14:60',
    '2026-11-21 오후 13:00',
    '2026-11-21 오후 0:30',
    '45982',
    '1763704931',
    '2026-11-21 14:02 어제',
    '2026-11-21T14:02:11-05:00',
    '1989-12-31',
  ])('does not guess at %j', (text) => {
    expect(readKoreanTime(text)).toBeNull()
  })

  test('knows leap days', () => {
    expect(readKoreanTime('2028-02-29')?.atMs).toBe(kst('2028-02-29T00:00:00'))
  })
})

describe('books', () => {
  test('are payments and cancels, the sign of a cancel dropped', async () => {
    const text = `${HEADER}\r\n결제,ORD-1,key_1,2026-11-20 10:00,"50,000",가상계좌,KG이니시스,\r\n취소,ORD-1,key_1,2026-11-21,"-1,000",가상계좌,KG이니시스,부분\r\n부분환불,ORD-1,key_1,2026-11-21 15:00,2000,,,\r\n취소,ORD-1,,2026-11-21 16:00,"(3,000)",,,\r\n합계,,,,"44,000",,,\r\n`
    const file = await read(text)
    expect(file).toMatchObject({ encoding: 'utf-8', refused: [] })
    expect('rows' in file && file.rows).toEqual([
      {
        line: 2,
        kind: 'payment',
        orderNo: 'ORD-1',
        paymentKey: 'key_1',
        atMs: kst('2026-11-20T10:00:00'),
        hasTime: true,
        amount: 50_000,
        method: '가상계좌',
        pg: 'KG이니시스',
        note: '',
      },
      {
        line: 3,
        kind: 'cancel',
        orderNo: 'ORD-1',
        paymentKey: 'key_1',
        atMs: kst('2026-11-21T00:00:00'),
        hasTime: false,
        amount: 1_000,
        method: '가상계좌',
        pg: 'KG이니시스',
        note: '부분',
      },
      {
        line: 4,
        kind: 'cancel',
        orderNo: 'ORD-1',
        paymentKey: 'key_1',
        atMs: kst('2026-11-21T15:00:00'),
        hasTime: true,
        amount: 2_000,
        method: '',
        pg: '',
        note: '',
      },
      {
        line: 5,
        kind: 'cancel',
        orderNo: 'ORD-1',
        paymentKey: null,
        atMs: kst('2026-11-21T16:00:00'),
        hasTime: true,
        amount: 3_000,
        method: '',
        pg: '',
        note: '',
      },
    ])
  })

  test('refuse a row whole, with all that is wrong in it', async () => {
    const file = await read(
      `${HEADER}\n모름,,,언젠가,1e3,,,\n결제,A,,2026-11-21,-1000,,,\n취소,A,,2026-11-21,0,,,\n취소,A\u200B,,2026-11-21,,,,\n취소,A,,2026-11-21,1,000,,,\n결제,B,,2026-11-21,1,,,`,
    )
    expect('refused' in file && file.refused.map((row) => [row.line, row.problems.map((found) => found.code)])).toEqual(
      [
        [2, ['kind-unreadable', 'payment-missing', 'date-unreadable', 'amount-unreadable']],
        [3, ['amount-not-positive']],
        [4, ['amount-not-positive']],
        [5, ['text-unsafe-character', 'amount-missing']],
        [6, ['row-too-many-cells']],
      ],
    )
    expect(file).toMatchObject({ rows: [{ line: 7, kind: 'payment' }] })
  })

  test('words of JavaScript are no kind', async () => {
    expect(await read('구분,주문번호,일시,금액\nconstructor,A,2026-11-21,1')).toMatchObject({
      rows: [],
      refused: [{ line: 2 }],
    })
  })

  test("take the PG's own name of its key from the caller", async () => {
    expect(await read('구분,SHOP_KEY,거래일시,금액\n결제,k1,2026-11-21,1')).toMatchObject({
      rows: [{ paymentKey: 'k1', orderNo: null }],
    })
  })

  test.each([
    ['a refund file', '주문번호,환불금액\nA,1', { code: 'file-wrong-kind' }],
    ['no time', '구분,주문번호,금액\n결제,A,1', { code: 'file-wrong-kind' }],
    [
      'no amount',
      '구분,주문번호,일시\n결제,A,2026-11-21',
      { code: 'file-header-missing-column', values: { column: 'amount' } },
    ],
    [
      'no id',
      '구분,일시,금액\n결제,2026-11-21,1',
      { code: 'file-header-missing-column', values: { column: 'orderNo' } },
    ],
    [
      'a column twice',
      '구분,주문번호,일시,금액,거래일\n결제,A,2026-11-21,1,2026-11-21',
      { code: 'file-header-duplicate-column', values: { column: 'at', first: '일시', second: '거래일' } },
    ],
  ])('are not read from a file with %s', async (_, text, problem) => {
    expect(await read(text)).toEqual(problem)
  })
})
