import { merchantOf, type RemainAmountMeaning } from './kicc/merchants'

/**
 * Faults that a test switches on. A rule strikes requests that match it, from the `nth` match on, `count` times.
 *
 * - `lose_answer_*`: the socket is destroyed before or after the effect was made durable.
 * - `timeout_*`: the same two points, but the socket stays open and silent.
 * - `status_*`: that HTTP status, without effect unless `effect` is true.
 * - `refuse`: 200 with an envelope code other than 0, without effect unless `effect` is true.
 * - `html_200`, `half_body`, `wrong_imp_uid`, `response_null`, `huge_body`: the effect happens, the answer is spoiled.
 * - `slow`: waits `delayMs` at `stage`, then goes on as usual.
 * - `hold`: stops at `stage` until it is released.
 * - `kicc_*`: KICC answers that it does not know the result (resCd VTIM or VT00); without effect unless `effect` is true.
 *   `kicc_wrong_key`: the true answer, about a request of another key.
 * - `v2_*`: cancels of PortOne V2 only. `v2_pg_provider`: 502 with `code` and `message`
 *   as PortOne's own answer, without effect unless `effect` is true. `v2_cancellation_failed`: 200 with a cancellation
 *   that failed. `v2_cancellation_requested`: 200 with one that is decided later.
 */
export const FAULT_KINDS = [
  'lose_answer_before_effect',
  'lose_answer_after_effect',
  'timeout_before',
  'timeout_after',
  'status_401',
  'status_429',
  'status_500',
  'status_502',
  'status_503',
  'refuse',
  'html_200',
  'half_body',
  'wrong_imp_uid',
  'response_null',
  'huge_body',
  'slow',
  'hold',
  'kicc_vtim',
  'kicc_vt00',
  'kicc_wrong_key',
  'v2_pg_provider',
  'v2_cancellation_failed',
  'v2_cancellation_requested',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface FaultRule {
  readonly kind: FaultKind
  /** A path; one `*` in it stands for any text. */
  readonly path: string
  /** Only requests about this payment (by its PG's own number), whether it stands in the path, the query or the body. */
  readonly subject?: string
  /** The first match that is struck, from 1; 1 if left out. */
  readonly nth?: number
  /** How many matches are struck; 1 if left out, 0 = no end. */
  readonly count?: number
  /** Where `hold` and `slow` stop; `before` the effect if left out. */
  readonly stage?: 'before' | 'after'
  readonly delayMs?: number
  /** `status_*`, `refuse`, `kicc_*` and `v2_pg_provider`: does the request take effect all the same? */
  readonly effect?: boolean
  /** `status_429` and `status_503`: the header as it is, so that garbage can be tried. */
  readonly retryAfter?: string
  /** `refuse` and `v2_pg_provider`: the protocol's result code and its text. */
  readonly code?: number | string
  readonly message?: string
  /** `huge_body`: its size. */
  readonly bytes?: number
}

export interface Scenario {
  /** The PG's clock differs from this machine's by so much. */
  readonly clockSkewMs?: number
  /** When an asynchronous refund comes into the history; after three seconds if left out. */
  readonly asynchronous?: {
    readonly afterMs?: number
    /** Not before the payment was looked up this many times. */
    readonly afterLookups?: number
    /** The refund was refused later on: it never comes into the history. */
    readonly vanishes?: boolean
  }
  readonly kicc?: {
    /** By MID; what the merchant is set to if left out. */
    readonly remainAmount?: Readonly<Record<string, RemainAmountMeaning>>
    /** Days without business besides weekends, `YYYY-MM-DD`. */
    readonly holidays?: readonly string[]
  }
  readonly rules?: readonly FaultRule[]
}

export const ASYNCHRONOUS_AFTER_MS = 3000

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isCount = (value: unknown): boolean => value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0)

/** Reads a scenario from JSON. Throws on an unknown kind or a misspelt field, since a rule that never strikes would make a test pass for nothing. */
export function parseScenario(value: unknown): Scenario {
  if (!isRecord(value)) throw new TypeError('a scenario is an object')
  onlyKeys(value, ['clockSkewMs', 'asynchronous', 'kicc', 'rules'])
  const { clockSkewMs, asynchronous, rules = [] } = value
  if (clockSkewMs !== undefined && !Number.isSafeInteger(clockSkewMs))
    throw new TypeError('clockSkewMs is a whole number')
  if (asynchronous !== undefined) {
    if (!isRecord(asynchronous)) throw new TypeError('asynchronous is an object')
    onlyKeys(asynchronous, ['afterMs', 'afterLookups', 'vanishes'])
    if (!isCount(asynchronous['afterMs']) || !isCount(asynchronous['afterLookups']))
      throw new TypeError('asynchronous takes whole numbers')
  }
  if (value['kicc'] !== undefined) checkKicc(value['kicc'])
  if (!Array.isArray(rules)) throw new TypeError('rules is a list')
  for (const rule of rules as readonly unknown[]) checkRule(rule)
  return value
}

function checkKicc(kicc: unknown): void {
  if (!isRecord(kicc)) throw new TypeError('kicc is an object')
  onlyKeys(kicc, ['remainAmount', 'holidays'])
  const { remainAmount = {}, holidays = [] } = kicc
  if (!isRecord(remainAmount) || !Object.entries(remainAmount).every(([mallId, each]) => knowsMeaning(mallId, each)))
    throw new TypeError('remainAmount is before, after or ignore for each MID')
  if (!Array.isArray(holidays) || !holidays.every((day) => typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day)))
    throw new TypeError('holidays is a list of days')
}

const knowsMeaning = (mallId: string, meaning: unknown): boolean =>
  merchantOf(mallId) !== undefined && (meaning === 'before' || meaning === 'after' || meaning === 'ignore')

function checkRule(rule: unknown): void {
  if (!isRecord(rule)) throw new TypeError('a rule is an object')
  onlyKeys(rule, [
    'kind',
    'path',
    'subject',
    'nth',
    'count',
    'stage',
    'delayMs',
    'effect',
    'retryAfter',
    'code',
    'message',
    'bytes',
  ])
  if (!FAULT_KINDS.some((kind) => kind === rule['kind']))
    throw new TypeError(`unknown kind of fault: ${String(rule['kind'])}`)
  if (typeof rule['path'] !== 'string' || !rule['path'].startsWith('/')) throw new TypeError('a rule needs a path')
  if (String(rule['kind']).startsWith('kicc_') && !rule['path'].startsWith('/api/trades/'))
    throw new TypeError('only KICC answers like that')
  if (String(rule['kind']).startsWith('v2_') && !/^\/payments\/.*(?:\/cancel|\*)$/.test(rule['path']))
    throw new TypeError('only a cancel of PortOne V2 is answered like that')
  for (const key of ['nth', 'count', 'delayMs', 'bytes']) {
    if (!isCount(rule[key])) throw new TypeError(`${key} is a whole number from 0`)
  }
  if (rule['stage'] !== undefined && rule['stage'] !== 'before' && rule['stage'] !== 'after')
    throw new TypeError('stage is before or after')
}

function onlyKeys(value: Record<string, unknown>, allowed: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) throw new TypeError(`a scenario has no field ${key}`)
  }
}

/** A scenario at work: it counts the matches of its rules. */
export interface RunningScenario {
  readonly scenario: Scenario
  /** The rule that strikes this request, if any; counts the match for every rule that fits. */
  strike(path: string, subjects: readonly string[]): FaultRule | undefined
}

/** Checked here too: a program's own scenario can be as misspelt as a file's. */
export function runScenario(given: Scenario): RunningScenario {
  const scenario = parseScenario(given)
  const counted = (scenario.rules ?? []).map((rule) => ({ rule, matches: 0 }))
  return {
    scenario,
    strike(path, subjects) {
      let striking: FaultRule | undefined
      for (const each of counted) {
        const { rule } = each
        if (!pathMatches(rule.path, path) || (rule.subject !== undefined && !subjects.includes(rule.subject))) continue
        each.matches += 1
        const nth = rule.nth ?? 1
        const count = rule.count ?? 1
        if (each.matches >= nth && (count === 0 || each.matches < nth + count)) striking ??= rule
      }
      return striking
    },
  }
}

function pathMatches(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return path === pattern
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return path.length >= head.length + tail.length && path.startsWith(head) && path.endsWith(tail)
}
