import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { ATTEMPT_STEPS, type AttemptState, type RowState } from '../../src/domain/attempt-state'
import { openLedger, verifyLedger, type Ledger } from '../../src/main/core/ledger/open-ledger'
import type { Books } from '../../src/practice/books'
import type { RequestNote } from '../../src/practice/server'
import type { Verdict } from './fault'
import { copyLedger } from './peek'
import { alarmsIn, effectsIn, overdrawn, refundAskedBy, type Effect } from './pgs'
import type { ShopRow } from './shop'

export interface Evidence {
  readonly ledgerFile: string
  /** Where copies may be made. */
  readonly scratch: string
  readonly masterKey: Uint8Array
  readonly nowMs: () => number
  /** What was approved, in the order of the file. */
  readonly rows: readonly ShopRow[]
  readonly books: Books
  readonly requests: readonly RequestNote[]
  /** What the desks wrote to their standard streams. */
  readonly said: string
  /** Payments that somebody else refunded: no refund of ours may come on top. */
  readonly drifted?: ReadonlySet<string>
  /** Rows may wait: for keys, for a person, for a pause to end. */
  readonly mayWait?: boolean
  /**
   * An older copy of the ledger was put back and compared with the PG. It cannot know every effect, so each that it lacks
   * must be an open case; a second one is as wrong as ever.
   */
  readonly restored?: boolean
  /** The ledger was taken on by a program that knows one migration more than this one. */
  readonly newer?: boolean
  /** People have decided what was left to them at KICC: nothing may be open there any more. */
  readonly decided?: boolean
  /** The desk's clock, or a request that was held for long, was on another day than the PG's. */
  readonly otherDay?: boolean
  /** The PG's numbers of refunds that the import of notifications told as nobody's. */
  readonly toldByNotices?: ReadonlySet<string>
}

interface RowFact {
  readonly rowId: string
  readonly state: RowState
  readonly line: number
  readonly amount: number
  readonly pgKey: string
  readonly pg: string
  /** What one request at a time may be about: the payment, at KICC the transaction. */
  readonly block: string
}
interface AttemptFact {
  readonly attemptId: string
  readonly rowId: string
  readonly pgKey: string
  readonly block: string
  readonly tag: string
  readonly state: AttemptState
  readonly sentCount: number
}
interface EventFact {
  readonly attemptId: string
  readonly state: AttemptState
  readonly what: string
}

/** What KICC says where it says nothing of a request: only a person can look further. */
const NOTHING_SAID: ReadonlySet<string> = new Set(['request-unsettled', 'look-up-closed'])
/** With one of these on the table a person can decide about a request to KICC. */
const KICC_EVIDENCE: ReadonlySet<string> = new Set([...NOTHING_SAID, 'request-not-found', 'request-refused'])

/**
 * Holds the ledger against the PG's own books (docs/fault-campaign.md). It reads the plain columns with SQL of its own,
 * so that a mistake in the program's readers cannot hide itself; only the audit chain is verified by the program.
 */
export function judge(evidence: Evidence): Verdict {
  const folder = mkdtempSync(path.join(evidence.scratch, 'judge-'))
  try {
    const copy = path.join(folder, 'ledger.db')
    copyLedger(evidence.ledgerFile, copy)
    if (evidence.newer === true) takeBackVersion(copy)
    const opened = openLedger({ file: copy, mode: 'practice', masterKey: evidence.masterKey, nowMs: evidence.nowMs })
    if (!opened.ok) {
      const why = `the ledger does not open: ${JSON.stringify(opened.problem)}`
      return { doubled: 0, lost: 0, broken: [why], details: [] }
    }
    try {
      return new Hearing(evidence, opened.value).verdict()
    } finally {
      opened.value.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The tables that this program knows are the same in the newer ledger. */
function takeBackVersion(file: string): void {
  const db = new Database(file, { fileMustExist: true })
  db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true })) - 1}`)
  db.close()
}

class Hearing {
  private doubled = 0
  private lost = 0
  private readonly broken: string[] = []
  private readonly details: string[] = []
  private readonly rows: readonly RowFact[]
  private readonly attempts: readonly AttemptFact[]
  private readonly events: readonly EventFact[]
  private readonly effects: readonly Effect[]

  constructor(
    private readonly evidence: Evidence,
    private readonly ledger: Ledger,
  ) {
    this.rows = this.all(
      `SELECT o.row_id AS rowId, o.state, w.line, o.amount, p.pg_key AS pgKey, c.pg,
         CASE c.pg WHEN 'kicc' THEN COALESCE(p.pg_transaction_key, p.pg_key) ELSE p.pg_key END AS block FROM outbox o
       JOIN refund_row w ON w.row_id = o.row_id JOIN payment p ON p.payment_id = o.payment_id
       JOIN channel c ON c.channel_id = p.channel_id ORDER BY o.queue_no`,
    )
    this.attempts = this.all(
      `SELECT t.attempt_id AS attemptId, t.row_id AS rowId, p.pg_key AS pgKey,
         CASE c.pg WHEN 'kicc' THEN COALESCE(p.pg_transaction_key, p.pg_key) ELSE p.pg_key END AS block, t.tag, t.state, t.sent_count AS sentCount
       FROM attempt t JOIN payment p ON p.payment_id = t.payment_id JOIN channel c ON c.channel_id = p.channel_id`,
    )
    this.events = this.all('SELECT attempt_id AS attemptId, to_state AS state, what FROM attempt_event ORDER BY seq')
    this.effects = effectsIn(evidence.books).filter(({ ours }) => ours)
  }

  verdict(): Verdict {
    this.checkFile()
    this.checkRows()
    this.checkPayments()
    this.checkEffects()
    this.checkRequests()
    this.checkAttempts()
    this.checkLeaks()
    return { doubled: this.doubled, lost: this.lost, broken: this.broken, details: this.details }
  }

  private all<T>(sql: string): T[] {
    return this.ledger.db.prepare(sql).all() as T[]
  }

  private double(what: string, count = 1): void {
    this.doubled += count
    this.details.push(`doubled: ${what}`)
  }

  private lose(what: string): void {
    this.lost += 1
    this.details.push(`lost: ${what}`)
  }

  /** I7, I12. */
  private checkFile(): void {
    try {
      const audit = verifyLedger(this.ledger)
      if (!audit.intact) this.broken.push(`the audit chain breaks at ${audit.brokenAtSeq}`)
    } catch (error) {
      this.broken.push(`the ledger is unsound: ${String(error)}`)
    }
    for (const { alarm, transaction } of alarmsIn(this.evidence.books)) {
      // KICC does not hear of what people have decided by its console.
      const decided = alarm === 'unflagged_second_refund' && this.wasDecided(transaction)
      if (!decided) this.broken.push(`the PG's alarm: ${alarm}`)
    }
  }

  /** I2, I9, I11: each approved row is there, has ended or has a next action, and is green only with its effect. */
  private checkRows(): void {
    const byRow = new Map<string, Effect[]>()
    for (const effect of this.effects) {
      const rowId = this.attempts.find((attempt) => attempt.tag === effect.tag)?.rowId
      if (rowId !== undefined) byRow.set(rowId, [...(byRow.get(rowId) ?? []), effect])
    }
    for (const [index, wanted] of this.evidence.rows.entries()) {
      // The header is line 1.
      const row = this.rows.find((each) => each.line === index + 2)
      if (row === undefined) {
        this.lose(`row ${index} is not in the outbox`)
        continue
      }
      if (row.pgKey !== wanted.pgKey || row.amount !== wanted.amount) this.broken.push(`row ${index} has changed`)
      const effects = byRow.get(row.rowId) ?? []
      if (effects.length > 1) this.double(`row ${index} took effect ${effects.length} times`, effects.length - 1)
      if (effects.some(({ amount, pgKey }) => amount !== wanted.amount || pgKey !== wanted.pgKey)) {
        this.double(`row ${index} took effect in another amount or on another payment`)
      }
      this.checkState(index, row, effects[0] ?? null)
    }
    if (this.rows.length > this.evidence.rows.length) this.broken.push('rows that nobody approved')
  }

  private checkState(index: number, row: RowFact, effect: Effect | null): void {
    const tookEffect = effect !== null
    switch (row.state) {
      case 'accepted':
      case 'paid-out':
        if (!tookEffect) this.lose(`row ${index} is accepted without an effect`)
        return
      case 'waiting':
      case 'sending':
        if (this.evidence.mayWait !== true && !this.isBlocked(row)) this.lose(`row ${index} is stuck in ${row.state}`)
        if (tookEffect) this.lose(`row ${index} took effect and is ${row.state}`)
        return
      case 'needs-look':
      case 'pg-processing':
        if (!this.hasEvidence(row)) this.lose(`row ${index} is ${row.state} without evidence`)
        if (row.pg === 'kicc' && this.evidence.decided === true) this.lose(`row ${index} is still ${row.state}`)
        // Where KICC itself says nothing, the row is a person's, whatever became of it.
        if (row.pg === 'kicc' && NOTHING_SAID.has(this.lastWordOf(row))) return
        if (tookEffect) this.lose(`row ${index} took effect and is still ${row.state}`)
        return
      case 'draft':
        this.broken.push(`row ${index} is a draft in the outbox`)
        return
      case 'stopped-drift':
      case 'failed':
      case 'payout-failed':
      case 'stopped-rule':
      case 'cancelled':
      case 'expired':
        if (effect !== null && !this.isTold(row, effect)) this.lose(`row ${index} took effect and is ${row.state}`)
    }
  }

  /** An old copy cannot know what it did later: the PG's history makes it a case for a person. */
  private isTold({ pgKey }: RowFact, { cancelKey }: Effect): boolean {
    if (this.evidence.restored !== true) return false
    if (this.evidence.toldByNotices?.has(cancelKey) === true) return true
    const cases = this.all<{ n: number }>(
      `SELECT COUNT(*) AS n FROM drift_case d JOIN payment p ON p.payment_id = d.payment_id
       WHERE p.pg_key = '${pgKey}' AND NOT EXISTS (SELECT 1 FROM drift_settlement s WHERE s.case_id = d.case_id)`,
    )
    return (cases[0]?.n ?? 0) > 0
  }

  /** Another row of its payment needs a person first. */
  private isBlocked(row: RowFact): boolean {
    return this.rows.some(
      (each) => each.block === row.block && (each.state === 'needs-look' || each.state === 'pg-processing'),
    )
  }

  private lastWordOf(row: RowFact): string {
    const attempts = new Set(this.attempts.filter(({ rowId }) => rowId === row.rowId).map(({ attemptId }) => attemptId))
    return this.events.findLast(({ attemptId }) => attempts.has(attemptId))?.what ?? ''
  }

  private wasDecided(transaction: string | null): boolean {
    const attempts = new Set(
      this.attempts.filter(({ block }) => block === transaction).map(({ attemptId }) => attemptId),
    )
    return this.events.some(({ attemptId, what }) => attempts.has(attemptId) && what.startsWith('decided-'))
  }

  private hasEvidence(row: RowFact): boolean {
    // A restored ledger and one that must wait may not have been able to ask.
    const asked = this.evidence.restored !== true && this.evidence.mayWait !== true
    if (row.pg === 'kicc' && asked) return KICC_EVIDENCE.has(this.lastWordOf(row))
    const attempts = this.attempts.filter((attempt) => attempt.rowId === row.rowId)
    return attempts.some((attempt) =>
      this.events.some(
        ({ attemptId, what }) => attemptId === attempt.attemptId && what !== 'prepared' && what !== 'sending',
      ),
    )
  }

  /** I3, I6: never more than approved, nor than what the payment held; nothing on top of somebody else's refund. */
  private checkPayments(): void {
    const sums = new Map<string, number>()
    for (const { pgKey, amount } of this.effects) sums.set(pgKey, (sums.get(pgKey) ?? 0) + amount)
    for (const [pgKey, sum] of sums) {
      const approved = this.evidence.rows
        .filter((row) => row.pgKey === pgKey)
        .reduce((total, row) => total + row.amount, 0)
      if (sum > approved) this.double(`${pgKey}: ${sum} won instead of at most ${approved}`)
      if (this.evidence.drifted?.has(pgKey) === true) {
        this.double(`${pgKey}: refunded on top of somebody else's refund`)
      }
    }
    for (const pgKey of overdrawn(this.evidence.books)) this.double(`${pgKey}: more than was paid`)
  }

  /** I1: every effect has its intent, and our books have its entry. */
  private checkEffects(): void {
    const entries = this.all<{ readonly attemptId: string; readonly amount: number }>(
      `SELECT attempt_id AS attemptId, amount FROM cancel_entry WHERE source = 'own-refund'`,
    )
    for (const effect of this.effects) {
      const attempt = this.attempts.find((each) => each.tag === effect.tag)
      if (attempt === undefined) {
        if (this.evidence.restored !== true) this.lose(`${effect.pgKey}: an effect ${effect.tag} without an intent`)
      } else if (attempt.pgKey !== effect.pgKey || (attempt.sentCount === 0 && this.evidence.restored !== true)) {
        this.broken.push(`${effect.pgKey}: an effect of an attempt that was never sent`)
      }
    }
    for (const { attemptId, amount } of entries) {
      const tag = this.attempts.find((attempt) => attempt.attemptId === attemptId)?.tag
      if (!this.effects.some((effect) => effect.tag === tag && effect.amount === amount)) {
        this.lose(`entry of ${attemptId} without its effect`)
      }
    }
  }

  /**
   * I1, I4: every request was an intent first; the same tag is the same bytes, twice at most, and with the balance that we
   * believe in. At KICC it is sent once, on the day that it names; at PortOne V2 under one key.
   */
  private checkRequests(): void {
    // Marks of different starts of the PG say nothing about each other.
    const byTag = new Map<string, Set<string>>()
    const counts = new Map<string, { count: number; readonly max: number; readonly keys: Set<string> }>()
    for (const note of this.evidence.requests) {
      const asked = refundAskedBy(note)
      if (asked === null) continue
      const { tag, pg, key } = asked
      const [start = '', mark = ''] = note.bodyMark?.split(':') ?? []
      byTag.set(`${tag} (${start})`, (byTag.get(`${tag} (${start})`) ?? new Set()).add(mark))
      const counted = counts.get(tag) ?? { count: 0, max: pg === 'kicc' ? 1 : 2, keys: new Set() }
      counted.count += 1
      if (key !== null) counted.keys.add(key)
      counts.set(tag, counted)
      if (!asked.saysBalance) this.broken.push(`${tag} was asked without the balance`)
      if (key === '') this.broken.push(`${tag} was asked without a key`)
      if (asked.day !== null && key?.endsWith(asked.day) !== true) {
        this.broken.push(`${tag} was asked under a key without its day`)
      }
      const { outcome } = note
      if (outcome.kind === 'sent' && outcome.code === 'PR07' && this.evidence.otherDay !== true) {
        this.broken.push(`${tag} left on another day than it names`)
      }
    }
    for (const [tag, bodies] of byTag) if (bodies.size > 1) this.broken.push(`${tag} was sent with different bytes`)
    for (const [tag, { count, max, keys }] of counts) {
      if (count > max) this.broken.push(`${tag} was sent ${count} times`)
      if (keys.size > 1) this.broken.push(`${tag} was sent under ${keys.size} keys`)
      if (this.evidence.restored !== true && !this.attempts.some((attempt) => attempt.tag === tag)) {
        this.broken.push(`${tag} was sent without an intent`)
      }
    }
  }

  /** I5, and one open attempt for a payment. */
  private checkAttempts(): void {
    const open = new Map<string, number>()
    for (const { block, state } of this.attempts) {
      if (ATTEMPT_STEPS[state].length > 0) open.set(block, (open.get(block) ?? 0) + 1)
    }
    for (const [block, count] of open) if (count > 1) this.broken.push(`${block} has ${count} open attempts`)
    const last = new Map<string, AttemptState>()
    for (const { attemptId, state } of this.events) {
      const before = last.get(attemptId)
      if (before !== undefined && before !== state && !ATTEMPT_STEPS[before].includes(state)) {
        this.broken.push(`${attemptId} went from ${before} to ${state}`)
      }
      last.set(attemptId, state)
    }
    for (const { attemptId, state } of this.attempts) {
      if (last.get(attemptId) !== state) this.broken.push(`${attemptId} is ${state}, its history says otherwise`)
    }
  }

  /** I8. */
  private checkLeaks(): void {
    const accounts = this.evidence.rows.flatMap(({ account }) => (account === '' ? [] : [account])).slice(0, 50)
    const files = ['', '-wal'].map((end) => this.evidence.ledgerFile + end).filter((file) => existsSync(file))
    const texts = [...files.map((file) => readFileSync(file)), Buffer.from(this.evidence.said)]
    if (accounts.some((account) => texts.some((text) => text.includes(account)))) {
      this.broken.push('a plain account number on the disk or in the log')
    }
  }
}
