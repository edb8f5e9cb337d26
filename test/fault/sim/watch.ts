import { createHash } from 'node:crypto'
import { ATTEMPT_STEPS, type AttemptState, type RowState } from '../../../src/domain/attempt-state'
import { BATCH_STEPS, type BatchState } from '../../../src/domain/batch'
import type { PgPayment } from '../../../src/domain/payment'
import type { CancelIntent, EncodedCancel } from '../../../src/main/core/pg/gateway'
import type { AttemptEventFact, Facts, RowFact, SentFact } from './facts'
import type { FakePg } from './fake-pg'
import type { FakeTime } from './fake-time'
import { seoulDay } from './seoul'

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
  /** The program hands a request over to be sent. */
  handedOver(encoded: EncodedCancel, intent: CancelIntent): void
  /** It leaves, under the key by which the PG tells requests apart. */
  leaving(intent: CancelIntent, key: string | null): void
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
/** PortOne V2 keeps a key for three hours; a request may be under way for a while. */
const REPLAY_SURE_MS = 150 * MINUTE_MS

const ROW_STEPS: Readonly<Record<string, readonly RowState[]>> = {
  waiting: ['sending', 'stopped-drift', 'stopped-rule', 'cancelled', 'expired'],
  // Through `waiting` in one unit of work, where the batch was withdrawn meanwhile.
  sending: ['cancelled', 'waiting', 'needs-look', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
  'needs-look': ['cancelled', 'sending', 'waiting', 'pg-processing', 'accepted', 'failed', 'stopped-drift'],
  'pg-processing': ['accepted', 'needs-look'],
  accepted: ['paid-out', 'payout-failed'],
  'paid-out': ['payout-failed'],
}

/** Which last attempt a row of each state may have: what is open may never look ended, nor the other way round. */
const ATTEMPTS_OF_ROW: Readonly<Record<string, readonly (AttemptState | null)[]>> = {
  waiting: [null, 'stopped', 'not-sent'],
  sending: ['prepared', 'sending'],
  'needs-look': ['unknown', 'unproven'],
  'pg-processing': ['pending'],
  accepted: ['accepted'],
  'paid-out': ['accepted'],
  'payout-failed': ['accepted'],
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
export function createWatch(pg: FakePg, time: FakeTime, tell: (text: string) => void): Watch {
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
  const departures = new Map<string, { readonly key: string | null; readonly trueMs: number; readonly sets: number }>()
  const keysSent = new Set<string>()
  let blindJudged = 0
  let repeats = 0

  const fail = (rule: string, harm: Harm, text: string): void => {
    violation ??= { rule, harm, text }
  }

  const handedOver = (encoded: EncodedCancel, intent: CancelIntent): void => {
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

  const isKicc = (paymentId: string): boolean =>
    pg.account(paymentId.slice(paymentId.indexOf(':') + 1))?.payment.pg === 'kicc'

  const leaving = ({ pgKey, tag, requestedOn }: CancelIntent, key: string | null): void => {
    const before = departures.get(tag)
    const now = { key, trueMs: time.trueMs(), sets: time.sets() }
    departures.set(tag, now)
    if (pg.account(pgKey)?.payment.pg === 'kicc') {
      if (key === null || keysSent.has(key)) fail('KICC', 'doubled', `${tag} left with the used key ${key ?? ''}`)
      keysSent.add(key ?? '')
      const day = requestedOn.replaceAll('-', '')
      if (key?.endsWith(day) !== true || day !== seoulDay(time.nowMs()))
        fail('KICC', 'doubled', `${tag} of ${day} left on ${seoulDay(time.nowMs())} with the key ${key ?? ''}`)
      return
    }
    if (before === undefined || key === null) return
    if (before.key !== key) fail('V2', 'doubled', `${tag} was repeated with another key`)
    // Where nobody has set the clock, its rule holds by the true time as well.
    if (before.sets === now.sets && now.trueMs - before.trueMs > REPLAY_SURE_MS)
      fail('V2', 'doubled', `${tag} was repeated after PortOne may have forgotten its key`)
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
  const mayMove = (tag: string): boolean => pg.effectsOf(tag).length > 0 || pg.mayCome(tag)

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
    // At KICC a person has the console before them, and what came back was accepted all the same.
    const kicc = isKicc(event.paymentId)
    if (!kicc && (what === 'decided-ours' || what === 'decided-not-sent')) decided.add(event.rowId)
    const effects = kicc ? pg.cancelsOf(tag) : pg.effectsOf(tag)
    if (state === 'accepted' && (kicc || what !== 'decided-ours') && effects.length !== 1)
      fail('I11', 'lost', `${tag} counts as accepted (${what}), the PG holds ${effects.length} cancels of it`)
    if (state === 'rejected' && mayMove(tag))
      fail('I11', 'lost', `${tag} counts as refused (${what}), but it may move money`)
    if (state === 'stopped' && sent.has(tag)) fail('I11', 'lost', `${tag} counts as never sent (${what}), but it left`)
    if (state === 'not-sent' && (what === 'not-sent' || kicc) && mayMove(tag))
      fail('I11', 'lost', `${tag} counts as not sent, but it may move money`)
  }

  const judgeRow = (row: RowFact): void => {
    const before = rows.get(row.rowId)
    if (before?.state === row.state && before.attemptState === row.attemptState) return
    if (before !== undefined && before.state !== row.state && !(ROW_STEPS[before.state] ?? []).includes(row.state))
      fail('I5', 'broken', `row ${row.rowId} went from ${before.state} to ${row.state}`)
    if (!(ATTEMPTS_OF_ROW[row.state] ?? []).includes(row.attemptState))
      fail('I11', 'broken', `row ${row.rowId} is ${row.state}, its last attempt ${row.attemptState ?? 'none'}`)
    if (isKicc(row.paymentId)) judgePayout(row)
    if (before?.state !== row.state) tell(`${row.rowId} of ${row.paymentId} is ${row.state}, ${row.amount} won`)
    rows.set(row.rowId, row)
  }

  /** Money counts as arrived or come back only where it has, and what came back is free again once. */
  const judgePayout = ({ rowId, state, amount }: RowFact): void => {
    if (facts === null || (state !== 'paid-out' && state !== 'payout-failed')) return
    const cancels = facts.tagsOfRow(rowId).flatMap((tag) => pg.cancelsOf(tag))
    const { paidOut, failed, corrections, freed } = facts.payouts(rowId)
    if (state === 'paid-out' && (paidOut !== 1 || !cancels.some((cancel) => cancel.paidOut)))
      fail('payout', 'lost', `row ${rowId} counts as paid out, and the money has not arrived`)
    if (state === 'payout-failed' && !cancels.some((cancel) => cancel.gone))
      fail('payout', 'doubled', `row ${rowId} counts as come back, and the money has not`)
    if (state === 'payout-failed' && (failed !== 1 || corrections !== 1 || freed !== amount))
      fail('payout', 'doubled', `row ${rowId} of ${amount} came back, and ${freed} was freed in ${corrections} steps`)
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
    for (const key of facts.doublyOpenTransactions())
      fail('one-open', 'doubled', `two refunds of the transaction ${key} are not settled`)
  }

  const afterStep = (): void => {
    const effects = new Map<string, number>()
    for (const { tag, balance } of pg.blind.slice(blindJudged)) {
      const checksum = sent.get(tag ?? '')?.checksum
      if (balance !== checksum)
        fail('compare', 'doubled', `${tag} took effect on ${balance} left, we held ${checksum ?? 'nothing'}`)
    }
    blindJudged = pg.blind.length
    for (const account of pg.accounts) {
      const isKiccAccount = account.payment.pg === 'kicc'
      for (const cancel of account.cancels) {
        // A refund of KICC that came back is paid by a new row, never by its own again.
        if (cancel.tag === null || (cancel.gone && !isKiccAccount)) continue
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
    handedOver,
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
