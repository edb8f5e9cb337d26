import type { PgPayment } from '../../../../domain/payment'
import { tagIn } from '../../../../domain/refund-tag'
import { assert } from '../../../../domain/result'
import { answerBytesMax, brokenWhy, exchangeProblem, parseWith, retryAfterMsOf, type WholeAnswer } from '../answers'
import type { Conversation } from '../conversation'
import type { CancelIntent, CancelOutcome, EncodedCancel, Transcript } from '../gateway'
import { parseJson } from '../json-text'
import { scrubMessage } from '../scrub'
import { idempotencyKey } from './encode'
import { askOne, type LookupOptions } from './lookup'
import { knownRefusal } from './refusals'
import { CancelAnswerSchema, ErrorSchema, type WireCancellation, type WireError } from './schemas'
import { scrub } from './scrub'
import { authorizationOf, type AskSecret } from './secret'

const METHOD = 'POST'

export interface CancelDeps {
  readonly conversation: Conversation
  readonly askSecret: AskSecret
  /** How the payment is read after a success, test payments included. */
  readonly lookup: LookupOptions
  readonly nowMs: () => number
  readonly timeoutMs: number
}

/** What is known of one cancel besides its answer. */
interface Sent {
  readonly intent: CancelIntent
  /** Values that must not be seen in a transcript. */
  readonly known: readonly string[]
  readonly transcript: Transcript
}

/**
 * Sends one cancel once. Everything that is not proven either way stays open: `accepted` needs the cancel in the payment's
 * history under the id that the answer gave it, `rejected` a refusal from the table, `not-sent` that not one byte left.
 */
export async function sendCancel(
  deps: CancelDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  signal?: AbortSignal,
): Promise<CancelOutcome> {
  assertSame(encoded, intent)
  const path = `/payments/${encodeURIComponent(intent.pgKey)}/cancel`
  const { account } = intent
  const personal = [account?.accountNo, account?.holder, account?.phone].filter((word) => typeof word === 'string')
  const startedAtMs = deps.nowMs()

  const secret = await deps.askSecret()
  if (!secret.ok) {
    const request = scrub(encoded.body, personal)
    const endedAtMs = deps.nowMs()
    const transcript = { method: METHOD, path, startedAtMs, endedAtMs, httpStatus: null, request, response: '' }
    return { kind: 'not-sent', problem: secret.problem, transcript }
  }
  const exchange = await deps.conversation.ask({
    method: METHOD,
    path,
    headers: {
      authorization: authorizationOf(secret.value),
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey(intent.tag),
    },
    body: encoded.body,
    answerBytesMax: answerBytesMax.one,
    timeoutMs: deps.timeoutMs,
    freshSocket: true,
    signal,
  })
  const known = [...personal, secret.value]
  const transcript: Transcript = {
    method: METHOD,
    path,
    startedAtMs: exchange.startedAtMs,
    endedAtMs: exchange.endedAtMs,
    httpStatus: exchange.kind === 'not-sent' ? null : exchange.httpStatus,
    request: scrub(encoded.body, known),
    response: exchange.kind === 'not-sent' ? '' : scrub(exchange.text, known),
  }
  if (exchange.kind === 'not-sent') return { kind: 'not-sent', problem: exchangeProblem(exchange), transcript }
  if (exchange.kind === 'broken') return { kind: 'unknown', why: brokenWhy(exchange), transcript }
  return judge(deps, exchange, { intent, known, transcript }, signal)
}

/** The bytes were stored before and are sent as they are; they must be the ones of this intent. */
function assertSame(encoded: EncodedCancel, intent: CancelIntent): void {
  const body = JSON.parse(encoded.body) as Record<string, unknown>
  const same =
    body['amount'] === intent.amount && body['currentCancellableAmount'] === intent.checksum && intent.amount > 0
  assert(same && tagIn(String(body['reason'])) === intent.tag, 'the stored request is not the one of this refund')
}

/** What a whole answer proves. A success without a cancellation, or with another one, proves nothing. */
async function judge(
  deps: CancelDeps,
  answer: WholeAnswer,
  sent: Sent,
  signal: AbortSignal | undefined,
): Promise<CancelOutcome> {
  const json = parseJson(answer.text)
  if (answer.httpStatus >= 400) {
    return refusalOf(answer, json.ok ? parseWith(ErrorSchema, json.value) : null, sent)
  }
  const { intent, transcript } = sent
  const unknown: CancelOutcome = { kind: 'unknown', why: 'odd-answer', transcript }
  const success = answer.httpStatus === 200 && json.ok ? parseWith(CancelAnswerSchema, json.value) : null
  if (success === null || !isOurs(success.cancellation, intent)) return unknown
  const { cancellation } = success
  switch (cancellation.status) {
    case 'SUCCEEDED':
      return proven(deps, cancellation, sent, signal)
    case 'REQUESTED':
      return { kind: 'pending', payment: null, transcript }
    case 'FAILED':
      // HTTP 200, and the PG did not do it: the payment read again decides.
      return { kind: 'unproven', pgMessage: 'FAILED', retryAfterMs: null, transcript }
    default:
      return unknown
  }
}

/** The amount is ours, and the text is not that of another attempt; a PG may have replaced it. */
function isOurs({ totalAmount, reason }: WireCancellation, { amount, tag }: CancelIntent): boolean {
  return totalAmount === amount && (tagIn(reason) ?? tag) === tag
}

function refusalOf(answer: WholeAnswer, error: WireError | null, { known, transcript }: Sent): CancelOutcome {
  const { httpStatus } = answer
  const message = error === null ? '' : scrubMessage(wordsOf(error), known)
  const pgMessage = message === '' ? `HTTP ${httpStatus}` : message
  // A refusal that comes with a cancellation contradicts itself.
  const isWhole = error !== null && (error.cancellation === undefined || error.cancellation === null)
  const why = isWhole ? knownRefusal(httpStatus, error.type) : null
  return why === null
    ? { kind: 'unproven', pgMessage, retryAfterMs: retryAfterMsOf(answer.headers), transcript }
    : { kind: 'rejected', why, pgMessage, transcript }
}

/** A PG's own words first, then PortOne's, then the name of the error. */
function wordsOf({ type, message, pgCode, pgMessage }: WireError): string {
  if (pgMessage !== '') return pgCode === '' ? pgMessage : `${pgMessage} (${pgCode})`
  return message === '' ? type : message
}

/**
 * The answer says that it is done; the history must say so too before anyone calls it that. The reading may fail or come
 * too early: then the look-ups that follow find it by its tag.
 */
async function proven(
  { lookup }: CancelDeps,
  cancellation: WireCancellation,
  { intent, transcript }: Sent,
  signal: AbortSignal | undefined,
): Promise<CancelOutcome> {
  const read = await askOne(lookup, intent.pgKey, signal)
  const payment: PgPayment | null = read.ok ? read.value : null
  const cancel = payment?.cancels.find(({ cancelKey }) => cancelKey === cancellation.id)
  if (payment === null || cancel === undefined || cancel.amount !== intent.amount) {
    return { kind: 'pending', payment: null, transcript }
  }
  return { kind: 'accepted', payment, cancel, balanceAfter: null, receiptTrouble: null, transcript }
}
