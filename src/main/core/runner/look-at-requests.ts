import type { AttemptId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { REPEAT_FROM_MS } from '../../../domain/repeat'
import { assertNever, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { attemptEvents, requireAttempt, type Attempt } from '../ledger/attempts'
import type { RequestFinding, RequestReads } from '../pg/gateway'
import { isAnother, shownBy } from './answer'
import { addEvidence, settleAttempt } from './settle'

/**
 * Asks a PG that shows no payments what became of these requests, one after another, and settles each as far as that
 * proves it. Never sends anything again: where the PG knows no such request, a person decides. Problems: those of the
 * gateway. That the PG tells nothing any more is evidence, not a problem.
 */
export async function lookAtRequests(
  context: CoreContext,
  reads: RequestReads,
  attemptIds: readonly AttemptId[],
  signal?: AbortSignal,
): Promise<Result<null, Problem>> {
  for (const attemptId of attemptIds) {
    const { encoded, intent, paymentId } = requireAttempt(context.ledger, attemptId)
    const reading = context.readings.ask()
    const found = await reads.findRequest(encoded, intent, signal)
    if (!found.ok && found.problem.code === 'pg-look-up-closed') {
      noteClosed(context, attemptId)
      continue
    }
    const answer = context.connection.watch(found)
    if (!answer.ok) return answer
    // Asked before the request had ended, it proves nothing about it.
    if (context.readings.wasAskedAfterEnd(paymentId, reading)) takeFinding(context, attemptId, answer.value)
  }
  return ok(null)
}

function takeFinding(context: CoreContext, attemptId: AttemptId, finding: RequestFinding): void {
  const attempt = requireAttempt(context.ledger, attemptId)
  if (attempt.state !== 'unknown' && attempt.state !== 'unproven' && attempt.state !== 'pending') return
  const { transcript } = finding
  switch (finding.kind) {
    case 'accepted':
      if (isAnother(context, attempt, finding.cancel)) {
        note(context, attemptId, { what: 'request-unsettled', pgMessage: null, transcript })
        return
      }
      settleAttempt(context, attemptId, {
        to: 'accepted',
        what: 'found-by-key',
        rowState: 'accepted',
        problem: null,
        pgMessage: null,
        transcript,
        ...shownBy(finding),
      })
      return
    case 'refused': {
      const { pgMessage } = finding
      if (!isProvenRefusal(context, attempt, pgMessage)) {
        note(context, attemptId, { what: 'request-refused', pgMessage, transcript })
        return
      }
      settleAttempt(context, attemptId, {
        to: 'rejected',
        what: 'refusal-confirmed',
        rowState: 'failed',
        problem: problem('pg-refused-refund', { message: pgMessage }),
        pgMessage,
        transcript,
        payment: null,
        cancel: null,
      })
      return
    }
    case 'none':
      note(context, attemptId, { what: 'request-not-found', pgMessage: null, transcript })
      return
    case 'unsettled':
      note(context, attemptId, { what: 'request-unsettled', pgMessage: finding.pgMessage, transcript })
      return
    default:
      assertNever(finding)
  }
}

/**
 * No list of clean refusals exists for such a PG, and a code may as well mean that it still works on the request. Proof is
 * the refusal that came as a whole answer to the request itself, kept by the PG in the same words, with no request under
 * way for so long that none can be any more. Everything else is evidence for a person.
 */
function isProvenRefusal(context: CoreContext, { attemptId, paymentId }: Attempt, pgMessage: string): boolean {
  const own = attemptEvents(context.ledger, attemptId).findLast((event) => event.what === 'unproven')
  return (
    own?.transcript?.httpStatus === 200 &&
    own.pgMessage === pgMessage &&
    context.readings.quietForMs(paymentId) >= REPEAT_FROM_MS
  )
}

function note(context: CoreContext, attemptId: AttemptId, evidence: Parameters<typeof addEvidence>[2]): void {
  context.ledger.write(() => addEvidence(context, attemptId, evidence))
  context.changed('rows')
}

/** Told once: it stays so. */
function noteClosed(context: CoreContext, attemptId: AttemptId): void {
  if (attemptEvents(context.ledger, attemptId).at(-1)?.what === 'look-up-closed') return
  note(context, attemptId, { what: 'look-up-closed', pgMessage: null, transcript: null })
}
