import { BANKS, type Bank } from './bank-table'

export { BANKS, type Bank } from './bank-table'

export type BankFinding =
  /** `merged`: the institution that was written, where it has become part of `bank` since. */
  | { readonly kind: 'one'; readonly bank: Bank; readonly merged: Bank | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'many'; readonly banks: readonly Bank[] }

/** Everyday short forms that the sources do not list. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  산업: '002',
  기업: '003',
  제일: '023',
  대구: '031',
  부산: '032',
  광주: '034',
  제주: '035',
  전북: '037',
  경남: '039',
}

/**
 * Names and codes that lists or people use for more than one institution: a wrong choice fails at payout or pays the
 * wrong account, so a person chooses. 농협 is said for the bank and for the local cooperatives alike.
 */
const ASK: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    농협: ['011', '012'],
    nh: ['011', '012'],
    nh농협: ['011', '012'],
    nonghyup: ['011', '012'],
    수협중앙회: ['007', '030'],
    우리투자증권: ['295', '247'],
    '026': ['088', '026'],
    '230': ['238', '230'],
    '256': ['265', '256'],
    '289': ['247', '289'],
    '294': ['294', '295'],
  }),
)

/** Longer than any name with its code; keeps a hostile cell from being searched. */
const NAME_LENGTH_MAX = 60

const byCode: ReadonlyMap<string, Bank> = new Map(BANKS.map((bank) => [bank.code, bank]))

/** Case, spaces and punctuation do not make another bank; everything else does. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s().,·\-_/&]/gu, '')
}

const byName: ReadonlyMap<string, ReadonlySet<Bank>> = namesOf(BANKS)

function namesOf(banks: readonly Bank[]): ReadonlyMap<string, ReadonlySet<Bank>> {
  const names = new Map<string, Set<Bank>>()
  const add = (name: string, bank: Bank) => {
    const key = normalised(name)
    names.set(key, (names.get(key) ?? new Set<Bank>()).add(bank))
  }
  for (const bank of banks) for (const name of [bank.nameKo, bank.nameEn, ...bank.aliases]) add(name, bank)
  for (const [name, code] of Object.entries(SHORT_FORMS)) add(name, known(code))
  return names
}

function known(code: string): Bank {
  const bank = byCode.get(code)
  if (bank === undefined) throw new Error(`no such bank: ${code}`)
  return bank
}

/** A bank that became part of another is refunded through its successor. */
function successor(bank: Bank): Bank {
  return bank.status.startsWith('merged:') ? known(bank.status.slice('merged:'.length)) : bank
}

function finding(written: readonly Bank[]): BankFinding {
  const distinct = [...new Set(written.map(successor))]
  const [first] = distinct
  if (first === undefined) return { kind: 'none' }
  if (distinct.length > 1) return { kind: 'many', banks: distinct }
  return { kind: 'one', bank: first, merged: written.find((bank) => bank !== first) ?? null }
}

function find(text: string): BankFinding {
  const key = normalised(text)
  const code = /^\d{1,3}$/.test(key) ? key.padStart(3, '0') : null
  const choices = ASK.get(code ?? key)
  if (choices !== undefined) return { kind: 'many', banks: choices.map(known) }
  if (code !== null) {
    const bank = byCode.get(code)
    return bank === undefined ? { kind: 'none' } : finding([bank])
  }
  return finding([...(byName.get(key) ?? [])])
}

/**
 * Which institution a cell means: a KFTC code (spreadsheets drop its leading zeros, so 4 is 004), a whole name or alias,
 * or both together as drop-downs write them (`088 신한은행`, `신한은행(088)`).
 * Never by a part of a name: 카카오뱅크 and 카카오페이증권 are different institutions.
 */
export function findBank(text: string): BankFinding {
  const whole = find(text)
  if (whole.kind !== 'none' || text.length > NAME_LENGTH_MAX) return whole
  const key = normalised(text)
  const code = /^\d{3}(?=\D+$)|(?<=^\D+)\d{3}$/u.exec(key)?.[0]
  const name = code === undefined ? undefined : key.replace(code, '')
  if (code === undefined || name === undefined) return whole
  const byThatCode = find(code)
  const byThatName = find(name)
  if (byThatCode.kind === 'none' || byThatName.kind === 'none') return { kind: 'none' }
  // The code settles a name that is said for two institutions, as in 농협(012).
  const named = byThatName.kind === 'one' ? [byThatName.bank] : byThatName.banks
  if (byThatCode.kind === 'one' && named.includes(byThatCode.bank)) return byThatCode
  return finding([...(byThatCode.kind === 'one' ? [byThatCode.bank] : byThatCode.banks), ...named])
}

/** Korean name for screens and sheets; a code that nobody knows is shown as it is. */
export function bankName(code: string): string {
  return byCode.get(code)?.nameKo ?? code
}
