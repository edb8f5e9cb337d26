import { describe, expect, test } from 'vitest'

import { readTable, TABLE_LIMITS } from '../../../../src/main/core/intake/read-table'
import { countRefundNames } from '../../../../src/main/core/intake/refund-columns'

const score = (cells: readonly string[]) => countRefundNames(cells, [])
const read = (text: string) => {
  const table = readTable(text, TABLE_LIMITS, score)
  return table.ok ? table.value : table.problem
}

describe('a plain table', () => {
  test('is header and records with their lines', () => {
    expect(read('주문번호,환불금액\r\nORD-1,"12,000"\r\nORD-2,3000\r\n')).toEqual({
      header: ['주문번호', '환불금액'],
      headerLine: 1,
      records: [
        { line: 2, cells: ['ORD-1', '12,000'] },
        { line: 3, cells: ['ORD-2', '3000'] },
      ],
      delimiter: ',',
      totalRow: null,
    })
  })

  test('keeps text exactly: zeros, spaces, quotes, line breaks', () => {
    expect(read('주문번호,환불금액,사유\n007, 1 ,"가 ""나"", 다\r\n라"\n008,2,=1+1')).toMatchObject({
      records: [
        { line: 2, cells: ['007', ' 1 ', '가 "나", 다\r\n라'] },
        { line: 4, cells: ['008', '2', '=1+1'] },
      ],
    })
  })

  test.each([
    ['tabs', '주문번호\t환불금액\nA\t1,000', '\t'],
    ['semicolons', '주문번호;환불금액\nA;1,000', ';'],
    ['sep=', 'sep=;\r\n주문번호;환불금액\r\nA;1,000', ';'],
    ['bars', '주문번호|환불금액\nA|1,000', '|'],
  ])('may be split by %s', (_, text, delimiter) => {
    expect(read(text)).toMatchObject({
      delimiter,
      header: ['주문번호', '환불금액'],
      records: [{ cells: ['A', '1,000'] }],
    })
  })

  test('may mix its line ends and hold blank lines, counted but dropped', () => {
    expect(read('주문번호,환불금액\r\n\r\nA,1\rB,2\n,,\n \n\nC,3')).toMatchObject({
      records: [
        { line: 3, cells: ['A', '1'] },
        { line: 4, cells: ['B', '2'] },
        { line: 8, cells: ['C', '3'] },
      ],
    })
    expect(read('주문번호,환불금액\rA,1\rB,2')).toMatchObject({ records: [{ line: 2 }, { line: 3 }] })
  })
})

describe('around the table', () => {
  test('a title, remarks and a first row of group headings stand above the header', () => {
    const text =
      '2026년 11월 환불 요청\n\n작성자: 김철수,작성일: 2026-11-21\n구매 정보,,환불 정보,\n주문번호,환불금액,은행,계좌번호\nA,1,신한,110\n'
    expect(read(text)).toMatchObject({ headerLine: 5, records: [{ line: 6 }] })
  })

  test.each(['합계,3000', ',3000,총계', '합 계,3000', '합계(2건),3000', 'Total,3000', '총합계:,3000'])(
    'a last row %j is the total',
    (row) => {
      expect(read(`주문번호,환불금액\nA,1000\nB,2000\n${row}\n`)).toMatchObject({
        records: [{ line: 2 }, { line: 3 }],
        totalRow: { line: 4 },
      })
    },
  )

  test('such a row elsewhere is a record, and a longer word is none', () => {
    expect(read('주문번호,환불금액\n합계,1000\nB,2000')).toMatchObject({
      records: [{ line: 2 }, { line: 3 }],
      totalRow: null,
    })
    expect(read('주문번호,환불금액\nB,2000,회계 담당')).toMatchObject({ totalRow: null })
  })
})

describe('what is refused names its line', () => {
  test.each([
    [
      'a quote that never closes',
      '주문번호,환불금액\nA,1\nB,"2\nC,3\n',
      { code: 'file-malformed-csv', values: { line: 3 } },
    ],
    [
      'a quote inside a bare cell',
      '주문번호,환불금액\nA,1\nB"x,2\n',
      { code: 'file-malformed-csv', values: { line: 3 } },
    ],
    ['text after a closed quote', '주문번호,환불금액\n"A"x,1\n', { code: 'file-malformed-csv', values: { line: 2 } }],
    [
      '101 columns',
      `주문번호,환불금액\n${'x,'.repeat(100)}x`,
      { code: 'file-too-many-columns', values: { line: 2, columns: 101, max: 100 } },
    ],
    [
      'a cell over 64 K',
      `주문번호,환불금액\nA,${'x'.repeat(65_537)}`,
      { code: 'file-field-too-long', values: { line: 2, max: 65_536 } },
    ],
  ])('%s', (_, text, problem) => {
    expect(read(text)).toEqual(problem)
  })

  test('100 columns and a cell of 64 K pass', () => {
    expect(read(`주문번호,환불금액\n${'x,'.repeat(99)}x\nA,${'x'.repeat(65_536)}`)).toMatchObject({
      records: [{ line: 2 }, { line: 3 }],
    })
  })

  test('100,000 rows pass with header and total, one more does not', () => {
    const rows = 'A,1\n'.repeat(100_000)
    expect(read(`주문번호,환불금액\n${rows}합계,100000\n`)).toMatchObject({ totalRow: { line: 100_002 } })
    expect(read(`주문번호,환불금액\n${rows}B,1\n`)).toMatchObject({ code: 'file-too-many-rows' })
    expect(read(`주문번호,환불금액\n${'A,1\n'.repeat(300_000)}`)).toMatchObject({ code: 'file-too-many-rows' })
  })

  test('a line number stays right far into a file, over slices and cells of several lines', () => {
    const many = Array.from({ length: 30_000 }, (_, index) =>
      index % 3 === 0 ? `"A\n${index}",1` : `A${index},1`,
    ).join('\n')
    expect(read(`주문번호,환불금액\n${many}\nB"x,2\n`)).toEqual({
      code: 'file-malformed-csv',
      values: { line: 40_002 },
    })
  })
})

describe('hostile files are answered in under two seconds', () => {
  test.each([
    ['one line of 40 MB', 'x'.repeat(40_000_000), 'file-field-too-long'],
    ['ten million columns', ','.repeat(10_000_000), 'file-too-many-columns'],
    [
      'a quote that opens 40 MB',
      `주문번호,환불금액\nA,"${`${'x'.repeat(96)},1\n`.repeat(400_000)}`,
      'file-malformed-csv',
    ],
    ['one quoted line of 40 MB', `"${'x'.repeat(40_000_000)}"`, 'file-field-too-long'],
    ['nothing but quotes', '"'.repeat(20_000_000), 'file-field-too-long'],
    ['nothing but line ends', `주문번호,환불금액\n${'\n'.repeat(20_000_000)}`, 'file-too-many-rows'],
  ])('%s', (_, text, code) => {
    const startedAt = performance.now()
    const table = read(text)
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(table).toMatchObject({ code })
  })
})
