import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { matchTimelines, type DriftFinding, type Timelines } from '../../../domain/drift'
import { DriftCaseIdSchema, type PaymentId } from '../../../domain/ids'
import type { CancelFact, PgPayment } from '../../../domain/payment'
import type { CoreContext } from '../context'
import { entriesOf } from '../ledger/cancels'
import { casesOfPayment, insertCase, settleCase } from '../ledger/drifts'
import type { Ledger } from '../ledger/open-ledger'
import { newestSnapshot, requirePayment, type LedgerPayment, type Snapshot } from '../ledger/payments'

/** Both sides of one payment as they lie in the ledger: our entries, and the PG's newest snapshot. */
export interface Comparison {
  readonly payment: LedgerPayment
  readonly snapshot: Snapshot
  readonly timelines: Timelines
}

export function comparePayment(ledger: Ledger, paymentId: PaymentId): Comparison | null {
  const payment = requirePayment(ledger, paymentId)
  const snapshot = newestSnapshot(ledger, paymentId)
  if (snapshot === null) return null
  const pg: PgPayment = {
    ...payment,
    cancelledTotal: snapshot.cancelledTotal,
    cancels: snapshot.history,
    pgTransactionKey: null,
  }
  return {
    payment,
    snapshot,
    timelines: matchTimelines({ paid: payment.paid, ours: entriesOf(ledger, paymentId), pg }),
  }
}

/**
 * Compares one payment and brings its drift cases up to date: new findings become cases, cases that no longer hold are
 * resolved, a dismissed finding stays dismissed. A payment with an open attempt is left alone until that has ended, and
 * so is one whose cancels cannot be counted in won. Answers the number of new cases.
 */
export function reconcilePayment(context: CoreContext, paymentId: PaymentId): number {
  const { ledger } = context
  const found = ledger.write(() => {
    const comparison = comparePayment(ledger, paymentId)
    if (comparison === null || comparison.payment.openAttempt || comparison.payment.currency !== 'KRW') return 0
    const { timelines, snapshot } = comparison
    const known = casesOfPayment(ledger, paymentId)
    const findings = new Map(timelines.findings.map((finding) => [fingerprintOf(paymentId, finding), finding]))
    const atMs = context.nowMs()
    for (const open of known) {
      if (open.state === 'open' && !findings.has(open.fingerprint))
        settleCase(ledger, open.caseId, { action: 'resolved', personId: null, reason: null, atMs })
    }
    let added = 0
    for (const [fingerprint, finding] of findings) {
      if (
        known.some((each) => each.fingerprint === fingerprint && (each.state === 'open' || each.state === 'dismissed'))
      )
        continue
      const caseId = v.parse(DriftCaseIdSchema, context.newId('drift'))
      insertCase(ledger, {
        caseId,
        paymentId,
        kind: finding.kind,
        ourEntryId: finding.ours?.entryId ?? null,
        ourAmount: finding.ours?.amount ?? null,
        pgAmount: finding.theirs?.amount ?? null,
        pgCancelKey: finding.theirs === null ? null : cancelKeyOf(finding.theirs),
        pgAtMs: finding.theirs?.cancelledAtMs ?? null,
        difference: finding.difference,
        snapshotSeq: snapshot.seq,
        fingerprint,
        foundAtMs: atMs,
      })
      ledger.audit.append({
        who: 'program',
        action: 'drift.found',
        subject: caseId,
        detail: { payment: paymentId, kind: finding.kind, difference: finding.difference },
      })
      added += 1
    }
    return added
  })
  return found
}

/** The PG's name of a cancel; where it gives none, its place and amount stand in. */
export function cancelKeyOf(cancel: CancelFact): string {
  return cancel.cancelKey ?? `${cancel.pgTransactionKey ?? ''}@${cancel.cancelledAtMs}:${cancel.amount}`
}

function fingerprintOf(paymentId: PaymentId, finding: DriftFinding): string {
  const parts = [
    paymentId,
    finding.kind,
    finding.ours?.entryId ?? '',
    finding.ours?.amount ?? '',
    finding.theirs === null ? '' : cancelKeyOf(finding.theirs),
    finding.theirs?.amount ?? '',
    finding.difference,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
