import type { KiccOptions } from '../../../../domain/channel-options'
import { problem, type Problem } from '../../../../domain/problem'
import { kstDate } from '../../../../domain/time'
import { brokenWhy, exchangeProblem, retryAfterMsOf, type WholeAnswer } from '../answers'
import type { CancelIntent, CancelOutcome, EncodedCancel, Transcript } from '../gateway'
import { readAnswer, wireAnswerOf, wordsOf, type Asked } from './answer'
import { PATHS } from './fields'
import { post, type KiccDeps } from './post'
import { authValue, personalOf, sealed, secretKeyOf, storedRequest, transcriptOf, type StoredRequest } from './request'
import { dayText } from './stamps'

/** Whether it is still the Seoul day that the request names. */
export const isOfToday = ({ fields }: StoredRequest, nowMs: number): boolean =>
  dayText(kstDate(nowMs)) === fields.cancelReqDate

/** Whether the request is of the merchant whose secret this channel has now. */
export const isOfMerchant = ({ fields }: StoredRequest, { merchantId }: KiccOptions): boolean =>
  fields.mallId !== '' && fields.mallId === merchantId

/**
 * Sends one refund once, on a socket of its own, and only on the Seoul day that it names: KICC refuses another day, and
 * takes a used key as new on the next. Everything that is not proven either way stays open: `accepted` needs "0000" with
 * numbers of ours, and no refusal is known to be clean, so none is `rejected`.
 */
export async function sendCancel(
  deps: KiccDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  signal?: AbortSignal,
): Promise<CancelOutcome> {
  const request = storedRequest(encoded, intent)
  const personal = personalOf(intent)
  const startedAtMs = deps.nowMs()
  const unsent = (why: Problem): CancelOutcome => ({
    kind: 'not-sent',
    problem: why,
    transcript: transcriptOf(PATHS.revise, request.text, { startedAtMs, endedAtMs: deps.nowMs() }, personal),
  })
  if (!isOfMerchant(request, deps.settings)) return unsent(problem('pg-merchant-missing'))
  const secretKey = await secretKeyOf(deps.secrets)
  if (!secretKey.ok) return unsent(secretKey.problem)
  // Last of all, since the vault may have taken its time.
  if (!isOfToday(request, deps.nowMs())) return unsent(problem('pg-day-passed'))
  const body = sealed(request, secretKey.value)
  const exchange = await post(deps, PATHS.revise, body, signal)
  const { pgCno, shopTransactionId } = request.fields
  const known = [...personal, secretKey.value, authValue(secretKey.value, pgCno, shopTransactionId)]
  const transcript = transcriptOf(PATHS.revise, body, exchange, known)
  switch (exchange.kind) {
    case 'answer': {
      return judge(exchange, { request, intent, keys: [shopTransactionId], mustName: false, known }, transcript)
    }
    case 'broken':
      return { kind: 'unknown', why: brokenWhy(exchange), transcript }
    case 'not-sent':
      return { kind: 'not-sent', problem: exchangeProblem(exchange), transcript }
  }
}

/** What a whole answer proves. */
function judge(answer: WholeAnswer, asked: Asked, transcript: Transcript): CancelOutcome {
  const { httpStatus } = answer
  const unproven = (pgMessage: string): CancelOutcome => ({
    kind: 'unproven',
    pgMessage,
    retryAfterMs: retryAfterMsOf(answer.headers),
    transcript,
  })
  if (httpStatus >= 400) {
    const wire = wireAnswerOf(answer.text)
    return unproven(wire === null ? `HTTP ${httpStatus}` : wordsOf(wire, asked.known))
  }
  const unknown = (why: 'timeout' | 'odd-answer'): CancelOutcome => ({ kind: 'unknown', why, transcript })
  if (httpStatus !== 200) return unknown('odd-answer')
  const said = readAnswer(answer.text, asked, answer.endedAtMs)
  switch (said.kind) {
    case 'taken':
      return { ...said, kind: 'accepted', payment: null, transcript }
    case 'in-doubt':
      return unknown('timeout')
    case 'contradiction':
    case 'refusal':
      return unproven(said.words)
    case 'odd':
      return unknown('odd-answer')
  }
}
