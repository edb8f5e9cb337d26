import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  ANSWER_FIELDS,
  BASKET_INFO_FIELDS,
  CASH_RECEIPT_FIELDS,
  REFUND_DETAIL_FIELDS,
  REFUND_INFO_FIELDS,
  REVISE_FIELDS,
  REVISE_INFO_FIELDS,
  TAX_INFO_FIELDS,
  type KiccField,
  type KiccFields,
} from '../../../src/practice/kicc/fields'
import { ACCOUNT, aKiccPayment, aRevise, startKicc } from './support'

/** KICC's own page is not part of this repository; it is looked for beside it. */
const PAGE_FILE = join(import.meta.dirname, '../../../../shared/reference/seeds/003_2e8557146354543b.txt')
const hasPage = existsSync(PAGE_FILE)

/** Every table of the page in its order. Cells are missing in some rows, so each is known by its form. */
function tablesOf(page: string): readonly KiccFields[] {
  const tables: Record<string, KiccField>[] = []
  for (const line of page.split('\n')) {
    if (line.startsWith('| Field Name')) tables.push({})
    const [name, type, ...rest] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    const table = tables.at(-1)
    if (table === undefined || name === undefined || (type !== 'String' && type !== 'Number' && type !== 'Object'))
      continue
    const bytes = rest.map((cell) => /^(\d+)Byte$/.exec(cell)?.[1]).find((each) => each !== undefined)
    table[name] = {
      type,
      ...(bytes === undefined ? {} : { bytesMax: Number(bytes) }),
      ...(rest.includes('✅') ? { required: true } : {}),
    }
  }
  return tables
}

describe.skipIf(!hasPage)("the tables of KICC's refund page", () => {
  const tables = tablesOf(hasPage ? readFileSync(PAGE_FILE, 'utf8') : '')

  it.each(
    [
      ['request', REVISE_FIELDS],
      ['refundInfo', REFUND_INFO_FIELDS],
      ['taxInfo', TAX_INFO_FIELDS],
      ['basketInfo', BASKET_INFO_FIELDS],
      ['answer', ANSWER_FIELDS],
      ['reviseInfo', REVISE_INFO_FIELDS],
      ['refundInfo of the answer', REFUND_DETAIL_FIELDS],
      ['cashReceiptInfo', CASH_RECEIPT_FIELDS],
    ].map(([name, ours], place) => [name, ours, place] as const),
  )('are carried over: %s', (_name, ours, place) => {
    expect(ours).toEqual(tables[place])
  })

  it('are all', () => {
    expect(tables).toHaveLength(8)
  })
})

describe('a field', () => {
  /** In UTF-8 a Hangul syllable is three bytes, and the limits are bytes. */
  const filled = (bytes: number): string => '가'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3)

  it.each([
    ['shopTransactionId', 60],
    ['clientIp', 20],
    ['clientId', 32],
    ['reviseMessage', 100],
  ])('%s takes %i bytes and not one more', async (field, bytes) => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ [field]: filled(bytes) }))).toBe('0000')
    expect(await codeOf(aRevise({ [field]: `${filled(bytes)}x` }))).toBe('PR02')
    expect(await codeOf(aRevise({ [field]: filled(bytes + 3) }))).toBe('PR02')
  })

  it.each([
    ['refundDepositName', filled(50), `${filled(50)}x`],
    ['refundAccountNo', '9'.repeat(14), '9'.repeat(15)],
    ['refundBankCode', '088', '0088'],
    ['depositPgCno', '30000000000000000001', '300000000000000000010'],
  ])('%s within refundInfo is measured too', async (field, good, bad) => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ refundInfo: { ...ACCOUNT, [field]: good } }))).toBe('0000')
    expect(await codeOf(aRevise({ refundInfo: { ...ACCOUNT, [field]: bad } }))).toBe('PR02')
  })

  it.each(
    Object.entries(REVISE_FIELDS)
      .filter(([, { required }]) => required)
      .map(([name]) => name),
  )('%s is required', async (field) => {
    const { codeOf } = await startKicc()
    for (const empty of [undefined, null, ''])
      expect(await codeOf(aRevise({ [field]: empty })), String(empty)).toBe('PR02')
  })

  it.each(['refundBankCode', 'refundAccountNo', 'refundDepositName'])(
    '%s is required, of mobile payments too',
    async (field) => {
      const mobile = aKiccPayment({ method: '31', vbank: null, deposits: [] })
      const { codeOf } = await startKicc({ payments: [mobile] })
      expect(await codeOf(aRevise({ refundInfo: { ...ACCOUNT, [field]: '' } }))).toBe('PR02')
      expect(await codeOf(aRevise())).toBe('0000')
    },
  )

  it('is a text or a number as the table says', async () => {
    const { codeOf } = await startKicc()
    for (const amount of ['10000', 10_000.5, -1, Number.MAX_SAFE_INTEGER + 1, true])
      expect(await codeOf(aRevise({ amount })), String(amount)).toBe('PR02')
    for (const reviseMessage of [1, {}, []]) expect(await codeOf(aRevise({ reviseMessage }))).toBe('PR02')
    for (const refundInfo of ['088', [ACCOUNT]]) expect(await codeOf(aRevise({ refundInfo }))).toBe('PR02')
  })

  it.each([...`'"<>\\;|&`.split(''), '\r', '\n', '😀', '⭐', '❤\uFE0F', '𠮷'])('takes no %j', async (character) => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ reviseMessage: `변심${character}` }))).toBe('PR03')
    expect(await codeOf(aRevise({ refundInfo: { ...ACCOUNT, refundDepositName: `김${character}` } }))).toBe('PR03')
  })

  it('takes the punctuation that is not forbidden, and Hangul beyond KS X 1001', async () => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ reviseMessage: '[R1] 변심 (1/2), 50% 똠방 뷁 #1!' }))).toBe('0000')
  })

  it.each(['refundQueryFlag', 'basketUsed'])('%s is Y or N', async (field) => {
    const { codeOf } = await startKicc()
    expect(await codeOf(aRevise({ [field]: 'N' }))).toBe('0000')
    expect(await codeOf(aRevise({ [field]: 'y' }))).toBe('PR02')
  })
})

describe('a body that cannot be read', () => {
  it('is a 400 in KICC words', async () => {
    const { send } = await startKicc()
    for (const body of ['{', '[]', '"x"', 'a=b']) {
      const answer = await send('/api/trades/revise', body)
      expect([answer.status, answer.resCd], body).toEqual([400, 'PR01'])
    }
    expect((await send('/api/trades/revise', 'mallId=T0000002', 'application/x-www-form-urlencoded')).status).toBe(400)
    expect((await send('/api/trades/revise', '{}')).status).toBe(200)
    expect((await send('/api/trades/cancel', '{}')).status).toBe(404)
    expect((await send('/api/trades/revise', JSON.stringify({ x: 'x'.repeat(70_000) }))).status).toBe(413)
  })
})
