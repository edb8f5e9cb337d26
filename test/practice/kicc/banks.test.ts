import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bankName, noticeBankCode } from '../../../src/practice/kicc/banks'

/** The list of all PGs' codes is not part of this repository; it is looked for beside it. */
const LIST_FILE = join(import.meta.dirname, '../../../../shared/reference/bank-codes.csv')
const hasList = existsSync(LIST_FILE)
const ALL_CODES = Array.from({ length: 1000 }, (_, code) => String(code).padStart(3, '0'))

describe("KICC's banks", () => {
  it.skipIf(!hasList)('are those of the list, no more and no fewer', () => {
    const [header = '', ...lines] = readFileSync(LIST_FILE, 'utf8').trimEnd().split('\n')
    const place = header.split(',').indexOf('kicc')
    const listed = lines
      .map((line) => line.replaceAll(/"[^"]*"/g, '').split(',')[place] ?? '')
      .filter((code) => code !== '')
    expect(ALL_CODES.filter((code) => bankName(code) !== undefined)).toEqual(
      listed.toSorted((a, b) => a.localeCompare(b)),
    )
  })

  it('have three digits in a request and two in a notification, unless there is nothing to leave out', () => {
    expect([bankName('088'), bankName('88'), bankName('constructor')]).toEqual(['신한은행', undefined, undefined])
    expect(['011', '004', '287'].map(noticeBankCode)).toEqual(['11', '04', '287'])
  })
})
