import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** KICC's refund page lies beside the project in the room where it was read, not in a clone. */
const PAGE = join(import.meta.dirname, '../../../../../../shared/reference/seeds/003_2e8557146354543b.txt')
export const hasPage = existsSync(PAGE)

interface PageField {
  readonly type: string
  /** Digits, or nothing. */
  readonly bytes: string
}
type PageTable = ReadonlyMap<string, PageField>

/** Field rows of the page, by the heading that they stand under. */
export function pageTables(): ReadonlyMap<string, PageTable> {
  const tables = new Map<string, Map<string, PageField>>()
  let rows = new Map<string, PageField>()
  let before = ''
  for (const line of readFileSync(PAGE, 'utf8').split('\n')) {
    const [, name = '', type = '', third = ''] = line.split('|').map((cell) => cell.trim())
    if (line.startsWith('| Field Name')) tables.set(before, (rows = new Map()))
    else if (/^[a-z]\w+$/i.test(name) && /^(String|Number|Object)$/.test(type))
      rows.set(name, { type, bytes: /^(\d+)Byte$/.exec(third)?.[1] ?? '' })
    if (!line.startsWith('|')) before = tables.size === 0 ? 'request' : line.trim() === 'Parameters' ? 'answer' : line
  }
  return tables
}

/** What is wrong with a request by the tables of the page, with its place. */
export function pageFaults(body: Readonly<Record<string, unknown>>): string[] {
  const inner: Readonly<Record<string, string>> = {
    refundInfo: 'refundInfo (Refund Account Info)',
    taxInfo: 'taxInfo (Complex Tax Info)',
    basketInfo: 'basketInfo (Basket Info for Split Settlement)',
  }
  const check = (table: PageTable | undefined, values: object): string[] =>
    Object.entries(values).flatMap(([name, value]) => {
      const field = table?.get(name)
      if (field === undefined) return [`${name}: not on the page`]
      if (typeof value !== field.type.toLowerCase()) return [`${name}: is no ${field.type}`]
      if (typeof value === 'string' && Buffer.byteLength(value) > Number(field.bytes)) return [`${name}: too long`]
      if (typeof value !== 'object') return []
      const parts: readonly object[] = Array.isArray(value) ? (value as object[]) : [value as object]
      return parts.flatMap((part) => check(pageTables().get(inner[name] ?? ''), part))
    })
  return check(pageTables().get('request'), body)
}
