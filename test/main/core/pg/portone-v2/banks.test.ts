import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bankOf } from '../../../../../src/main/core/pg/portone-v2/banks'
import { hasOfficial, schemaOf } from './openapi'

/** Our collection of bank codes, which is not part of this repository and may be absent. */
const CODES = join(import.meta.dirname, '../../../../../../shared/reference/bank-codes.csv')
/** They lead no accounts, or their code is another bank elsewhere, or nobody is sure what it is. */
const LEFT_OUT = ['001', '008', '051', '076', '077', '094']
const ALL_CODES = Array.from({ length: 1000 }, (_, code) => String(code).padStart(3, '0'))

describe("a bank in PortOne V2's words", () => {
  it.each([
    ['004', 'KOOKMIN'],
    ['007', 'SUHYUP'],
    ['011', 'NONGHYUP'],
    ['012', 'LOCAL_NONGHYUP'],
    ['020', 'WOORI'],
    ['088', 'SHINHAN'],
    ['090', 'KAKAO'],
    ['288', 'KAKAO_PAY_SECURITIES'],
    ['092', 'TOSS'],
    ['271', 'TOSS_SECURITIES'],
  ])('%s is %s', (kftc, name) => {
    expect(bankOf(kftc)).toBe(name)
  })

  it.each(['', '999', '88', '0088', '026', 'constructor', '__proto__', ...LEFT_OUT])('%j is none', (kftc) => {
    expect(bankOf(kftc)).toBeNull()
  })

  it('is another one for each code', () => {
    const names = ALL_CODES.flatMap((code) => bankOf(code) ?? [])
    expect(new Set(names).size).toBe(names.length)
  })

  it.skipIf(!existsSync(CODES))('is the one of our collection', () => {
    const [head = [], ...rows] = readFileSync(CODES, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Array.from(line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g), ([, cell = '']) => cell))
    const expected = new Map(
      rows.map((row) => [row[0] ?? '', LEFT_OUT.includes(row[0] ?? '') ? '' : (row[head.indexOf('portone_v2')] ?? '')]),
    )
    expect(expected.size).toBeGreaterThan(80)
    for (const code of ALL_CODES) expect(bankOf(code) ?? '', code).toBe(expected.get(code) ?? '')
  })

  it.skipIf(!hasOfficial)('is a name of the official schema', () => {
    const names = ALL_CODES.flatMap((code) => bankOf(code) ?? [])
    expect(names.filter((name) => schemaOf('Bank').enum?.includes(name) !== true)).toEqual([])
  })
})
