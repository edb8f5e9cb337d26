import type { AttemptId } from '../../../domain/ids'
import type { CancelFact } from '../../../domain/payment'
import { problem, type Problem } from '../../../domain/problem'
import { assertNever, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { attemptEvents, requireAttempt, type Attempt } from '../ledger/attempts'
import { claimedKeys } from '../ledger/cancels'
import type { RequestFinding, RequestReads } from '../pg/gateway'
import { isAnothers, shownBy } from './answer'
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
  const { ledger } = context
  const attempt = requireAttempt(ledger, attemptId)
  const { state } = attempt
  if (state !== 'unknown' && state !== 'unproven' && state !== 'pending') return
  const { transcript } = finding
  if (finding.kind === 'accepted' && isAnother(context, attempt, finding.cancel)) {
    note(context, attemptId, { what: 'request-unsettled', pgMessage: null, transcript })
    return
  }
  switch (finding.kind) {
    case 'accepted':
      if (isAnothers(context, requireAttempt(ledger, attemptId), finding)) {
        note(context, attemptId, { what: 'changed-otherwise', pgMessage: null, transcript })
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
    case 'refused':
      settleAttempt(context, attemptId, {
        to: 'rejected',
        what: 'refusal-confirmed',
        rowState: 'failed',
        problem: problem('pg-refused-refund', { message: finding.pgMessage }),
        pgMessage: finding.pgMessage,
        transcript,
        payment: null,
        cancel: null,
      })
      return
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

/** Clocks that differ by more are told about; by so much an effect may seem to come before its request. */
const CLOCKS_APART_MS = 2 * 60_000

/**
 * Whether the refund that the PG names is another one: KICC may answer for the last refund of the same payment and amount,
 * under the key that it was asked with. It is another one where its number was known before or stands in our ledger
 * already, and where it is older than the request.
 */
function isAnother({ ledger }: CoreContext, attempt: Attempt, { cancelKey, cancelledAtMs }: CancelFact): boolean {
  if (cancelledAtMs + CLOCKS_APART_MS < (attempt.sentAtMs ?? attempt.preparedAtMs)) return true
  if (cancelKey === null) return false
  return attempt.knownKeys?.includes(cancelKey) === true || claimedKeys(ledger, attempt.paymentId).has(cancelKey)
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
