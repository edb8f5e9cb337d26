import { createHash } from 'node:crypto'
import { ATTEMPT_STEPS, type AttemptState, type RowState } from '../../../src/domain/attempt-state'
import { BATCH_STEPS, type BatchState } from '../../../src/domain/batch'
import type { PgPayment } from '../../../src/domain/payment'
import type { CancelIntent, EncodedCancel } from '../../../src/main/core/pg/gateway'
import type { AttemptEventFact, Facts, RowFact, SentFact } from './facts'
import type { FakePg } from './fake-pg'

/** `doubled`: money left twice, or more than was approved. `lost`: nobody is told where money went. The rest is `broken`. */
export type Harm = 'doubled' | 'lost' | 'broken'
export interface Violation {
  readonly rule: string
  readonly harm: Harm
  readonly text: string
}

/** What must hold after every step. Judged against the PG's own books, which the program cannot see. */
export interface Watch {
  readonly violation: () => Violation | null
  fail(rule: string, harm: Harm, text: string): void
  /** A new run of the program: what earlier ones read is forgotten. */
  restarted(facts: Facts): void
  committed(): void
  leaving(encoded: EncodedCancel, intent: CancelIntent): void
  /** `asked` is the number that `asking` gave when the question left. */
  read(payments: readonly PgPayment[], asked: number): void
  asking(): number
  /** The program learns how the request of this tag ended. */
  ended(tag: string): void
  /** Effects at the PG against what was approved. */
  afterStep(): void
  /** Rows that a person declared theirs or never sent: the person answers for the truth of it. */
  readonly decided: ReadonlySet<string>
  /** Sent requests so far and how many of them were repeats. */
  readonly sends: () => { readonly first: number; readonly repeats: number }
  readonly approvedRows: () => number
}

const MINUTE_MS = 60_000
/** The program's own rule (docs/architecture.md, "What may repeat, and when"), in numbers of our own. */
const REPEAT_FROM_MS = 10 * MINUTE_MS
const REPEAT_UNTIL_MS = 120 * MINUTE_MS

const ROW_STEPS: Readonly<Record<string, readonly RowState[]>> = {
  waiting: ['sending', 'stopped-drift', 'stopped-rule', 'cancelled', 'expired'],
  // Through `waiting` in one unit of work, where the batch was withdrawn meanwhile.
  sending: ['cancelled', 'waiting', 'needs-look', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
  'needs-look': ['cancelled', 'sending', 'waiting', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
  'pg-processing': ['accepted', 'needs-look'],
  accepted: ['paid-out'],
}

/** Which last attempt a row of each state may have: what is open may never look ended, nor the other way round. */
const ATTEMPTS_OF_ROW: Readonly<Record<string, readonly (AttemptState | null)[]>> = {
  waiting: [null, 'stopped', 'not-sent'],
  sending: ['prepared', 'sending'],
  'needs-look': ['unknown', 'unproven'],
  'pg-processing': ['pending'],
  accepted: ['accepted'],
  'paid-out': ['accepted'],
  failed: ['rejected', 'not-sent'],
  'stopped-drift': [null, 'stopped', 'not-sent', 'rejected'],
  'stopped-rule': [null, 'stopped', 'not-sent'],
  cancelled: [null, 'stopped', 'not-sent'],
  expired: [null, 'stopped', 'not-sent'],
}

interface Sent {
  readonly bodyHash: string
  readonly checksum: number
  readonly rowId: string
}

/** `tell` is told of every step that was committed. */
export function createWatch(pg: FakePg, tell: (text: string) => void): Watch {
  let violation: Violation | null = null
  let facts: Facts | null = null
  let lastSeq = 0
  const attempts = new Map<string, AttemptState>()
  const rows = new Map<string, RowFact>()
  const batches = new Map<string, BatchState>()
  const sent = new Map<string, Sent>()
  /** When each tag was committed as "may have left", by the program's clock. */
  const sendingsAtMs = new Map<string, number[]>()
  /** The reading that was asked last, of those that were answered, by payment. */
  const readNow = new Map<string, { readonly asked: number; readonly balance: number; readonly length: number }>()
  const endedAt = new Map<string, number>()
  let turn = 0
  const decided = new Set<string>()
  let repeats = 0

  const fail = (rule: string, harm: Harm, text: string): void => {
    violation ??= { rule, harm, text }
  }

  const leaving = (encoded: EncodedCancel, intent: CancelIntent): void => {
    if (facts === null) throw new Error('a request left before the ledger was opened')
    if (facts.inTransaction()) fail('I1', 'broken', `${intent.tag} left inside a unit of work`)
    const fact = facts.sent(intent.tag)
    if (fact === undefined) return fail('I1', 'doubled', `${intent.tag} left without an intent in the ledger`)
    const bodyHash = createHash('sha256').update(encoded.body).digest('hex')
    if (fact.state !== 'sending') fail('I1', 'doubled', `${intent.tag} left while its attempt is ${fact.state}`)
    if (bodyHash !== fact.bodyHash) fail('I1', 'doubled', `the bytes of ${intent.tag} are not the stored ones`)
    judgeApproval(fact, intent)
    if (fact.checksum !== fact.ledgerBalance || fact.checksum !== fact.pgBalance)
      fail(
        'D3',
        'doubled',
        `${intent.tag} left with checksum ${fact.checksum}, we hold ${fact.ledgerBalance}, the PG ${fact.pgBalance}`,
      )
    const begun = sendingsAtMs.get(intent.tag) ?? []
    if (fact.sentCount !== begun.length)
      fail('I1', 'doubled', `${intent.tag} counts ${fact.sentCount} of ${begun.length} sendings`)
    const before = sent.get(intent.tag)
    if (before !== undefined && (before.bodyHash !== bodyHash || before.checksum !== fact.checksum))
      fail('D6', 'doubled', `${intent.tag} went out with other bytes or another checksum`)
    sent.set(intent.tag, { bodyHash, checksum: fact.checksum, rowId: fact.rowId })
    // A machine that died between the commit and the first byte has begun a sending all the same.
    if (begun.length > 1) judgeRepeat(fact, intent, begun)
  }

  const judgeApproval = (fact: SentFact, intent: CancelIntent): void => {
    const { tag } = intent
    if (fact.approvedHash === null || fact.approvedHash !== fact.batchHash)
      return fail('I4', 'broken', `${tag} left without an approval of its batch's content`)
    if (fact.makerId === null || fact.makerId === fact.checkerId)
      fail('I4', 'broken', `${tag} was approved by its maker`)
    if ((fact.expiresAtMs ?? 0) < fact.preparedAtMs)
      fail('I4', 'broken', `${tag} was prepared after its approval had ended`)
    if (fact.rowAmount !== intent.amount || fact.pgKey !== intent.pgKey)
      fail(
        'I4',
        'doubled',
        `${tag} asks for ${intent.amount} of ${intent.pgKey}, approved was ${fact.rowAmount} of ${fact.pgKey}`,
      )
  }

  const judgeRepeat = (fact: SentFact, { tag }: CancelIntent, begunAtMs: readonly number[]): void => {
    repeats += 1
    const [firstMs = 0, againMs = 0] = begunAtMs
    if (begunAtMs.length > 2) fail('D6', 'doubled', `${tag} goes out the ${begunAtMs.length}th time`)
    const showing = pg.account(fact.pgKey)?.payment.showing
    if (showing !== 'at-once') fail('D6', 'doubled', `${tag} was repeated at a channel that shows ${showing}`)
    const ageMs = againMs - firstMs
    if (ageMs < REPEAT_FROM_MS || ageMs > REPEAT_UNTIL_MS)
      fail('D6', 'doubled', `${tag} was repeated after ${Math.round(ageMs / 1000)} s`)
    const seen = readNow.get(fact.pgKey)
    if (seen === undefined || seen.balance !== fact.pgBalance || seen.length !== fact.historyLength)
      fail('D6', 'doubled', `${tag} was repeated though the last reading does not show what was there before`)
    if (seen !== undefined && seen.asked < (endedAt.get(tag) ?? 0))
      fail('D6', 'doubled', `${tag} was repeated on a reading from before its request had ended`)
    if (fact.paused === 'true') fail('D6', 'broken', `${tag} was repeated while the run is paused`)
  }

  /** Whether a request of this tag may still move money, or has. */
  const mayMove = (tag: string): boolean =>
    pg.effectsOf(tag).length > 0 || pg.late.some((request) => request.reason.includes(tag))

  const judgeEvent = (event: AttemptEventFact): void => {
    const before = attempts.get(event.attemptId)
    const { state, what, tag } = event
    tell(`${tag} of ${event.paymentId} is ${state} (${what})`)
    if (what === 'sending') sendingsAtMs.set(tag, [...(sendingsAtMs.get(tag) ?? []), event.atMs])
    if (before === undefined ? state !== 'prepared' : state !== before && !ATTEMPT_STEPS[before].includes(state))
      fail('I5', 'broken', `attempt ${tag} went from ${before ?? 'nothing'} to ${state}`)
    attempts.set(event.attemptId, state)
    if (state === before) return
    if (state === 'prepared' && facts?.paused() === true)
      fail('pause', 'broken', `${tag} was prepared while the run is paused`)
    if (what === 'decided-ours' || what === 'decided-not-sent') decided.add(event.rowId)
    if (state === 'accepted' && what !== 'decided-ours' && pg.effectsOf(tag).length !== 1)
      fail('I11', 'lost', `${tag} counts as accepted (${what}), the PG holds ${pg.effectsOf(tag).length} cancels of it`)
    if (state === 'rejected' && mayMove(tag))
      fail('I11', 'lost', `${tag} counts as refused (${what}), but it may move money`)
    if (state === 'stopped' && sent.has(tag)) fail('I11', 'lost', `${tag} counts as never sent (${what}), but it left`)
    if (state === 'not-sent' && what === 'not-sent' && mayMove(tag))
      fail('I11', 'lost', `${tag} counts as not sent, but it may move money`)
  }

  const judgeRow = (row: RowFact): void => {
    const before = rows.get(row.rowId)
    if (before?.state === row.state && before.attemptState === row.attemptState) return
    if (before !== undefined && before.state !== row.state && !(ROW_STEPS[before.state] ?? []).includes(row.state))
      fail('I5', 'broken', `row ${row.rowId} went from ${before.state} to ${row.state}`)
    if (!(ATTEMPTS_OF_ROW[row.state] ?? []).includes(row.attemptState))
      fail('I11', 'broken', `row ${row.rowId} is ${row.state}, its last attempt ${row.attemptState ?? 'none'}`)
    if (before?.state !== row.state) tell(`${row.rowId} of ${row.paymentId} is ${row.state}, ${row.amount} won`)
    rows.set(row.rowId, row)
  }

  const committed = (): void => {
    if (facts === null) return
    for (const event of facts.events(lastSeq)) {
      judgeEvent(event)
      lastSeq = event.seq
    }
    for (const row of facts.rows()) judgeRow(row)
    for (const { batchId, state } of facts.batches()) {
      const before = batches.get(batchId)
      if (before !== undefined && before !== state && !BATCH_STEPS[before].includes(state))
        fail('I5', 'broken', `batch ${batchId} went from ${before} to ${state}`)
      batches.set(batchId, state)
    }
    for (const paymentId of facts.doublyOpen()) fail('one-open', 'doubled', `${paymentId} has two open attempts`)
  }

  const afterStep = (): void => {
    const effects = new Map<string, number>()
    for (const account of pg.accounts) {
      for (const cancel of account.cancels) {
        if (cancel.tag === null || cancel.gone) continue
        const from = sent.get(cancel.tag)
        if (from === undefined) {
          fail('I1', 'doubled', `the PG holds a cancel ${cancel.tag} that nobody sent`)
          continue
        }
        const row = rows.get(from.rowId)
        const count = (effects.get(from.rowId) ?? 0) + 1
        effects.set(from.rowId, count)
        if (count > 1) fail('I2', 'doubled', `row ${from.rowId} took effect ${count} times`)
        if (row === undefined || row.amount !== cancel.amount)
          fail(
            'I3',
            'doubled',
            `the PG holds ${cancel.amount} for row ${from.rowId}, approved was ${row?.amount ?? 'nothing'}`,
          )
      }
    }
  }

  return {
    violation: () => violation,
    fail,
    restarted(next) {
      facts = next
      readNow.clear()
      committed()
    },
    committed,
    leaving,
    read(payments, asked) {
      for (const { pgKey, paid, cancelledTotal, cancels } of payments) {
        if ((readNow.get(pgKey)?.asked ?? 0) < asked)
          readNow.set(pgKey, { asked, balance: paid - cancelledTotal, length: cancels.length })
      }
    },
    asking: () => ++turn,
    ended(tag) {
      endedAt.set(tag, ++turn)
    },
    afterStep,
    decided,
    sends: () => ({ first: sent.size, repeats }),
    approvedRows: () => rows.size,
  }
}
