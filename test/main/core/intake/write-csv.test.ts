import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readTable, TABLE_LIMITS } from '../../../../src/main/core/intake/read-table'
import { writeCsv } from '../../../../src/main/core/intake/write-csv'

describe('writeCsv', () => {
  test('writes a mark for Korean Excel and quotes what needs quoting', () => {
    expect(
      writeCsv(
        ['주문번호', '사유'],
        [
          ['A', '가, "나"'],
          ['B', '두\n줄'],
        ],
        { bom: true, newline: '\r\n' },
      ),
    ).toBe('\uFEFF주문번호,사유\r\nA,"가, ""나"""\r\nB,"두\n줄"\r\n')
    expect(writeCsv(['a'], [], { bom: false, newline: '\n' })).toBe('a\n')
  })

  test.each([
    ["=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"],
    ['+82 10', "'+82 10"],
    ['-1+2', "'-1+2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['-', "'-"],
    ['-1,2,3', `"'-1,2,3"`],
    ['\t=1', `'\t=1`],
  ])('makes %j harmless', (cell, written) => {
    expect(writeCsv(['a'], [[cell]], { bom: false, newline: '\n' })).toBe(`a\n${written}\n`)
  })

  test.each(['-1000', '-1.5', '0', '12', 'A-1', '홍길동', ''])('leaves %j as it is', (cell) => {
    expect(writeCsv(['a'], [[cell]], { bom: false, newline: '\n' })).toBe(`a\n${cell}\n`)
  })

  test('leaves a negative amount with groups a number', () => {
    expect(writeCsv(['a'], [['-1,000']], { bom: false, newline: '\n' })).toBe('a\n"-1,000"\n')
  })

  test('comes back from our own reader cell by cell, but for the leading quote of formulas', () => {
    const cell = fc.string({
      unit: fc.constantFrom('가', 'a', '1', ',', '"', '\n', '\r\n', ' ', "'", ';', '\t', '-'),
      maxLength: 6,
    })
    const row = fc
      .array(cell, { minLength: 2, maxLength: 2 })
      .filter((cells) => cells.some((each) => each.trim() !== ''))
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\r\n' as const, '\n' as const),
        (rows, newline) => {
          const table = readTable(
            writeCsv(['주문번호', '환불금액'], rows, { bom: false, newline }),
            TABLE_LIMITS,
            (cells) => (cells[0] === '주문번호' ? 2 : 0),
          )
          const shown = rows.map((cells) =>
            cells.map((each) => (/^[-\t\r\n]/.test(each) && !/^-\d+(?:,\d{3})*$/.test(each) ? `'${each}` : each)),
          )
          expect(table.ok && table.value.records.map((record) => record.cells)).toEqual(shown)
        },
      ),
      { numRuns: 500 },
    )
  })
})
