import type { ChannelId } from '../../../../domain/ids'
import type { PgPayment } from '../../../../domain/payment'
import { tagIn } from '../../../../domain/refund-tag'
import { assert } from '../../../../domain/result'
import { answerBytesMax, brokenWhy, exchangeProblem, parseWith, retryAfterMsOf, type WholeAnswer } from '../answers'
import type { Conversation, Exchange } from '../conversation'
import type { CancelIntent, CancelOutcome, EncodedCancel, Transcript } from '../gateway'
import { scrubMessage } from '../scrub'
import { envelopeOf } from './envelope'
import { paymentOf } from './mapper'
import { knownRefusal } from './refusals'
import { PaymentSchema } from './schemas'
import { scrub } from './scrub'
import type { TokenDesk } from './token'

const METHOD = 'POST'
const PATH = '/payments/cancel'

/**
 * Below this the token is asked for again before a cancel is sent: a cancel may wait a minute at the bank, and a 401 in
 * its midst would cost a look-up. The PG moves the expiry only in the token's last minute, so an answer may still be short.
 */
const TOKEN_LIFE_MIN_MS = 90_000

export interface CancelDeps {
  readonly conversation: Conversation
  readonly tokens: TokenDesk
  readonly channelId: ChannelId
  readonly nowMs: () => number
  readonly timeoutMs: number
}

/**
 * Sends one cancel once. Everything that is not proven either way stays open: `accepted` needs our tag in the history
 * that came back, `rejected` a refusal from the table, `not-sent` that not one byte left.
 */
export async function sendCancel(
  deps: CancelDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  signal?: AbortSignal,
): Promise<CancelOutcome> {
  assertSame(encoded, intent)
  const known = [intent.account?.accountNo, intent.account?.holder, intent.account?.phone].filter(
    (word) => typeof word === 'string',
  )
  const startedAtMs = deps.nowMs()
  const transcript = (
    end: { readonly startedAtMs: number; readonly endedAtMs: number },
    httpStatus: number | null,
    response: string,
    token = '',
  ): Transcript => ({
    method: METHOD,
    path: PATH,
    startedAtMs: end.startedAtMs,
    endedAtMs: end.endedAtMs,
    httpStatus,
    request: scrub(encoded.body, known),
    response: scrub(response, [...known, token]),
  })

  const token = await deps.tokens.token(TOKEN_LIFE_MIN_MS, signal)
  if (!token.ok) {
    const unsent = transcript({ startedAtMs, endedAtMs: deps.nowMs() }, null, '')
    return { kind: 'not-sent', problem: token.problem, transcript: unsent }
  }
  const { text } = token.value
  const exchange = await deps.conversation.ask({
    method: METHOD,
    path: PATH,
    headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
    body: encoded.body,
    answerBytesMax: answerBytesMax.one,
    timeoutMs: deps.timeoutMs,
    freshSocket: true,
    signal,
  })
  if (exchange.kind === 'answer') {
    if (exchange.httpStatus === 401) deps.tokens.drop(text)
    return judge(
      exchange,
      intent,
      deps.channelId,
      [...known, text],
      transcript(exchange, exchange.httpStatus, exchange.text, text),
    )
  }
  return withoutAnswer(exchange, text, transcript)
}

/** The bytes were stored before and are sent as they are; they must be the ones of this intent. */
function assertSame(encoded: EncodedCancel, intent: CancelIntent): void {
  const body = JSON.parse(encoded.body) as Record<string, unknown>
  const same =
    body['imp_uid'] === intent.pgKey &&
    body['amount'] === intent.amount &&
    body['checksum'] === intent.checksum &&
    intent.amount > 0
  assert(same && tagIn(String(body['reason'])) === intent.tag, 'the stored request is not the one of this refund')
}

function withoutAnswer(
  exchange: Exclude<Exchange, WholeAnswer>,
  token: string,
  transcript: (end: Exchange, httpStatus: number | null, response: string, token: string) => Transcript,
): CancelOutcome {
  if (exchange.kind === 'not-sent') {
    return { kind: 'not-sent', problem: exchangeProblem(exchange), transcript: transcript(exchange, null, '', token) }
  }
  const said = transcript(exchange, exchange.httpStatus, exchange.text, token)
  return { kind: 'unknown', why: brokenWhy(exchange), transcript: said }
}

/** What a whole answer proves. */
function judge(
  answer: WholeAnswer,
  intent: CancelIntent,
  channelId: ChannelId,
  known: readonly string[],
  transcript: Transcript,
): CancelOutcome {
  const unknown: CancelOutcome = { kind: 'unknown', why: 'odd-answer', transcript }
  const { httpStatus } = answer
  const envelope = envelopeOf(answer.text)
  const message = envelope === null ? '' : scrubMessage(envelope.message, known)
  const unproven: CancelOutcome = {
    kind: 'unproven',
    pgMessage: message === '' ? `HTTP ${httpStatus}` : message,
    retryAfterMs: retryAfterMsOf(answer.headers),
    transcript,
  }
  if (httpStatus >= 400) return unproven
  if (httpStatus !== 200 || envelope === null) return unknown
  if (envelope.code !== 0) {
    // A refusal that comes with a payment contradicts itself.
    const why =
      envelope.response === undefined || envelope.response === null
        ? knownRefusal(envelope.code, envelope.message)
        : null
    return why === null ? unproven : { kind: 'rejected', why, pgMessage: message, transcript }
  }
  const wire = parseWith(PaymentSchema, envelope.response)
  if (wire === null || wire.imp_uid !== intent.pgKey) return unknown
  const payment = paymentOf(wire, channelId)
  return payment.ok ? visible(payment.value, intent, transcript) : unknown
}

/** Success is believed only when the history shows our tag with our amount, once. */
function visible(payment: PgPayment, intent: CancelIntent, transcript: Transcript): CancelOutcome {
  const [cancel, second] = payment.cancels.filter((entry) => tagIn(entry.reason) === intent.tag)
  // Without our tag a new entry could be anyone's: the PG took it, the look-ups that follow decide.
  if (cancel === undefined) return { kind: 'pending', payment, transcript }
  if (second !== undefined || cancel.amount !== intent.amount) return { kind: 'unknown', why: 'odd-answer', transcript }
  return { kind: 'accepted', payment, cancel, balanceAfter: null, receiptTrouble: null, transcript }
}
