import { createHash } from 'node:crypto'
import type { BooksReport } from '../../../contract/views'
import type { PaymentId, PersonId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { readBooksFile, type BooksRow } from '../intake/read-books-file'
import { correctEntry, entriesOf, hasFileRow, insertEntry, type Entry } from '../ledger/cancels'
import { rememberImport } from '../ledger/drafts'
import { openDriftPile } from '../ledger/drifts'
import { findCandidates, knowsPayment, requirePayment, type LedgerPayment } from '../ledger/payments'
import type { PaymentRef } from '../pg/gateway'
import { PAYMENT_KEY_NAMES } from '../pg/registry'
import type { NamedBytes } from '../port'
import { reconcilePayment } from './reconcile'
import { readPayments } from './sync-pg'

const DAY_MS = 24 * 60 * 60 * 1000
/** A cancel of the books is the same as one of ours when the amounts are equal and the days this close. */
const SAME_CANCEL_MS = 3 * DAY_MS
const PROBLEMS_SHOWN = 200
/** Lines looked at in one slice. */
const SLICE = 100

type LineProblem = BooksReport['problems'][number]

/**
 * The merchant's own payments and cancels become the independent side of the comparison. For every payment that the file
 * speaks of, within the days that it covers, the PG's baseline is taken back by corrections and the file's cancels stand
 * in its place; what we know already is not added again, so the same file twice changes nothing.
 * Problems: those of readBooksFile, cancelled. Problems of a line are in the report.
 */
export function importBooks(
  context: CoreContext,
  personId: PersonId,
  file: NamedBytes,
): Promise<Result<BooksReport, Problem>> {
  const { ledger } = context
  return context.tasks.run('books', async (task) => {
    const read = await readBooksFile(file.bytes, {
      encoding: 'auto',
      paymentKeyNames: PAYMENT_KEY_NAMES,
      yieldNow: context.breathe,
      onProgress: (done, all) => task.progress(done, all * 2),
    })
    if (!read.ok) return read
    const { rows, refused, sha256 } = read.value
    await askForUnknown(context, rows, task.signal)
    // From here on our side changes, payment by payment: too late to be called off half-way.
    if (task.signal.aborted) return fail(problem('cancelled'))

    const problems: LineProblem[] = refused.map(({ line, problems: [first] }) => ({
      line,
      problem: first ?? problem('unexpected'),
    }))
    const groups = new Map<PaymentId, BooksRow[]>()
    const pick = pickPayments(context)
    for (const [index, row] of rows.entries()) {
      if (index % SLICE === SLICE - 1) await context.breathe()
      const found = pick(row)
      if ('code' in found) problems.push({ line: row.line, problem: found })
      else {
        const lines = groups.get(found.paymentId)
        if (lines === undefined) groups.set(found.paymentId, [row])
        else lines.push(row)
      }
    }
    const covered = coveredDays(rows)
    const sums = { added: 0, known: 0 }
    let done = 0
    for (const [paymentId, lines] of groups) {
      const taken = takeLines(context, paymentId, lines, covered)
      sums.added += taken.added
      sums.known += taken.known
      for (const each of taken.problems) problems.push(each)
      reconcilePayment(context, paymentId)
      done += 1
      task.progress(groups.size + done, groups.size * 2)
      if (done % SLICE === 0) await context.breathe()
    }
    ledger.write(() => {
      rememberImport(ledger, 'books', sha256, personId, context.nowMs())
      ledger.audit.append({
        who: personId,
        action: 'books.imported',
        subject: sha256,
        detail: { rows: rows.length, added: sums.added, known: sums.known },
      })
    })
    context.changed('drift', 'payments', 'home', 'audit')
    return ok({
      fileName: file.name,
      rowsAll: rows.length + refused.length,
      cancelsAdded: sums.added,
      cancelsKnown: sums.known,
      paymentsMatched: groups.size,
      problems: problems.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_SHOWN),
      problemsAll: problems.length,
      driftFound: ledger.read(() => openDriftPile(ledger)).count,
    })
  })
}

async function askForUnknown(context: CoreContext, rows: readonly BooksRow[], signal: AbortSignal): Promise<void> {
  const refs = new Map<string, PaymentRef>()
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === SLICE - 1) await context.breathe()
    const ref = { pgKey: row.paymentKey ?? '', orderNo: row.orderNo ?? '' }
    if (context.ledger.read(() => knowsPayment(context.ledger, ref))) continue
    if (ref.pgKey !== '') refs.set(`k:${ref.pgKey}`, { by: 'pg-key', key: ref.pgKey })
    else if (ref.orderNo !== '') refs.set(`o:${ref.orderNo}`, { by: 'order-no', orderNo: ref.orderNo })
  }
  if (refs.size === 0) return
  for (const channel of context.channels.list()) {
    // Offline the file is still read: its lines on unknown payments say so.
    const read = await readPayments(context, channel.channelId, [...refs.values()], undefined, signal)
    if (!read.ok) return
  }
}

/** The same for every line, asking the ledger once for a payment with many lines. */
function pickPayments(context: CoreContext): (row: BooksRow) => LedgerPayment | Problem {
  const known = new Map<string, LedgerPayment | Problem>()
  return (row) => {
    const name = JSON.stringify([row.paymentKey, row.orderNo])
    const picked = known.get(name) ?? pickPayment(context, row)
    known.set(name, picked)
    return picked
  }
}

/** The one payment that a line means: by key, else the order's paid or cancelled one. */
function pickPayment(context: CoreContext, row: BooksRow): LedgerPayment | Problem {
  const { ledger } = context
  const candidates = ledger
    .read(() => findCandidates(ledger, { pgKey: row.paymentKey ?? '', orderNo: row.orderNo ?? '' }))
    .filter(
      (payment) =>
        (row.paymentKey === null || payment.pgKey === row.paymentKey) &&
        (row.orderNo === null || payment.orderNo === row.orderNo),
    )
  const settled = candidates.filter((payment) => payment.status === 'paid' || payment.status === 'cancelled')
  const [only] = settled
  if (only === undefined) return problem('payment-unknown', { orderNo: row.orderNo ?? row.paymentKey ?? '' })
  if (settled.length > 1) return problem('payment-ambiguous', { count: settled.length })
  if (only.currency !== 'KRW') return problem('payment-foreign-currency', { currency: only.currency })
  return only
}

interface Days {
  readonly fromMs: number
  readonly toMs: number
}

function coveredDays(rows: readonly BooksRow[]): Days {
  // Not by spreading: a million times do not fit on the stack.
  let fromMs = Infinity
  let toMs = -Infinity
  for (const { atMs } of rows) {
    fromMs = Math.min(fromMs, atMs)
    toMs = Math.max(toMs, atMs)
  }
  return { fromMs, toMs: toMs + DAY_MS }
}

function takeLines(
  context: CoreContext,
  paymentId: PaymentId,
  lines: readonly BooksRow[],
  covered: Days,
): { readonly added: number; readonly known: number; readonly problems: readonly LineProblem[] } {
  const { ledger } = context
  return ledger.write(() => {
    const atMs = context.nowMs()
    const standing = standingEntries(entriesOf(ledger, paymentId))
    const replaced = standing.filter(
      (entry) => entry.source === 'pg-baseline' && entry.atMs >= covered.fromMs && entry.atMs <= covered.toMs,
    )
    for (const baseline of replaced) {
      correctEntry(ledger, baseline, {
        entryId: context.newId('entry'),
        paymentId,
        source: 'merchant-file',
        recordedAtMs: atMs,
      })
    }
    // A baseline outside of the file's days still stands, and a line that booked it some days later is the same cancel.
    const partners = standing.filter((entry) => !replaced.includes(entry))
    const repeats = new Map<string, number>()
    const problems: LineProblem[] = []
    let added = 0
    let known = 0
    for (const line of lines) {
      if (line.kind !== 'cancel') continue
      const identity = `${paymentId}|${line.atMs}|${line.amount}`
      const repeat = (repeats.get(identity) ?? 0) + 1
      repeats.set(identity, repeat)
      const fingerprint = createHash('sha256').update(`${identity}|${repeat}`).digest('hex')
      const partner = partners.findIndex(
        (entry) => entry.amount === line.amount && Math.abs(entry.atMs - line.atMs) <= SAME_CANCEL_MS,
      )
      if (hasFileRow(ledger, fingerprint) || partner >= 0) {
        if (partner >= 0) partners.splice(partner, 1)
        known += 1
        continue
      }
      const payment = requirePayment(ledger, paymentId)
      if (line.amount > payment.promisable) {
        problems.push({ line: line.line, problem: problem('drift-over-paid', { orderNo: payment.orderNo }) })
        continue
      }
      insertEntry(ledger, {
        entryId: context.newId('entry'),
        paymentId,
        amount: line.amount,
        atMs: line.atMs,
        source: 'merchant-file',
        cancelKey: null,
        fileFingerprint: fingerprint,
        recordedAtMs: atMs,
      })
      added += 1
    }
    return { added, known, problems }
  })
}

/** Entries that no correction has taken back. */
function standingEntries(entries: readonly Entry[]): Entry[] {
  const corrected = new Set(entries.map((entry) => entry.correctsEntryId))
  return entries.filter((entry) => entry.correctsEntryId === null && !corrected.has(entry.entryId))
}
