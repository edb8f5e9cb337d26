import { randomUUID } from 'node:crypto'
import { requestLookUpEndsMs } from '../../../../domain/look-deadline'
import { problem, type Problem } from '../../../../domain/problem'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import { kstDate, kstDayStartMs, kstMinuteText, type KstDate } from '../../../../domain/time'
import { exchangeProblem, parseWith, statusProblem, type WholeAnswer } from '../answers'
import type { Exchange } from '../conversation'
import type { CancelIntent, EncodedCancel, RequestFinding, Transcript } from '../gateway'
import { parseJson } from '../json-text'
import { isRefusalCode, readAnswer, wireAnswerOf, type Asked, type Said } from './answer'
import { PATHS } from './fields'
import { post, type KiccDeps } from './post'
import { authValue, personalOf, secretKeyOf, storedRequest, transcriptOf, type StoredRequest } from './request'
import { isOfMerchant, isOfToday } from './revise'
import { QuestionSchema } from './schemas'
import { dayText } from './stamps'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Codes that mean "no such request". KICC does not publish its own: until KICC or a test names them, an unknown code is
 * `unsettled`, never `none`. These two are the practice PG's, for the look-up and for the flagged question.
 */
const NOT_FOUND_CODES: ReadonlySet<string> = new Set(['PR42', 'PR31'])

interface Heard {
  readonly said: Said
  readonly transcript: Transcript
}

/**
 * Asks what became of a request, by its key and its original day. Moves no money. A real-time refund that the look-up
 * does not settle is asked about a second time with the flag that KICC prescribes for it, on its own day only. Success
 * is believed only with our numbers in the answer; a refusal only where it surely is the stored one of our request.
 * Problems: pg-look-up-closed, pg-merchant-missing, pg-keys-missing, pg-offline, pg-timeout, pg-busy, pg-odd-answer,
 * cancelled.
 */
export async function findRequest(
  deps: KiccDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  signal?: AbortSignal,
): Promise<Result<RequestFinding, Problem>> {
  const request = storedRequest(encoded, intent)
  const endsMs = requestLookUpEndsMs('kicc', intent.requestedOn)
  if (endsMs !== null && deps.nowMs() >= endsMs)
    return fail(problem('pg-look-up-closed', { until: kstMinuteText(endsMs) }))
  if (request.fields.mallId === '') return fail(problem('pg-merchant-missing'))
  const looked = await lookUp(deps, request, intent, signal)
  if (!looked.ok) return looked
  if (!request.realTime || looked.value.kind === 'accepted') return looked
  const heard = await askFlagged(deps, request, intent, signal)
  if (!heard.ok) return heard
  return heard.value === null ? looked : flaggedFinding(heard.value, looked.value)
}

/** A request that left in the last seconds of its day may stand under the next one at KICC. */
function daysOf(requestedOn: KstDate, nowMs: number): readonly KstDate[] {
  const next = kstDate(kstDayStartMs(requestedOn) + DAY_MS)
  return kstDate(nowMs) < next ? [requestedOn] : [requestedOn, next]
}

async function lookUp(
  deps: KiccDeps,
  request: StoredRequest,
  intent: CancelIntent,
  signal: AbortSignal | undefined,
): Promise<Result<RequestFinding, Problem>> {
  const { mallId, shopTransactionId } = request.fields
  const known = personalOf(intent)
  const ask = async (day: KstDate): Promise<Result<Heard, Problem>> => {
    const body = JSON.stringify({ mallId, shopTransactionId, transactionDate: dayText(day) })
    const answer = await retrieve(deps, body, signal)
    if (!answer.ok) return answer
    const asked: Asked = { request, intent, keys: [shopTransactionId], mustName: true, known }
    return hearing(answer.value, PATHS.retrieve, body, asked)
  }
  let first: RequestFinding | undefined
  for (const day of daysOf(intent.requestedOn, deps.nowMs())) {
    const heard = await ask(day)
    if (!heard.ok) return heard
    const { said, transcript } = heard.value
    if (said.kind === 'taken') return ok({ ...said, kind: 'accepted', payment: null, transcript })
    if (said.kind === 'odd') return fail(problem('pg-odd-answer', { what: said.what }))
    if (said.kind !== 'refusal') return ok({ kind: 'unsettled', pgMessage: said.words, transcript })
    if (NOT_FOUND_CODES.has(said.code)) {
      if (said.recorded) return ok({ kind: 'unsettled', pgMessage: said.words, transcript })
      first ??= { kind: 'none', transcript }
      continue
    }
    const stored = await isStored(deps, said, day, mallId, () => ask(day), signal)
    if (!stored.ok) return stored
    if (stored.value) return ok({ kind: 'refused', pgMessage: said.words, transcript })
    // An unlisted code may mean "not found" for this day: the next one may have it.
    if (first === undefined || first.kind === 'none') first = { kind: 'unsettled', pgMessage: said.words, transcript }
  }
  assert(first !== undefined, 'a look-up asks for one day at least')
  return ok(first)
}

/**
 * Whether a code is the stored refusal of our request, rather than a word about the look-up itself ("not found", "out of
 * order"), which KICC does not tell apart in a published way. Proof is a number of the stored request, or a comparison: a
 * key that nobody has used gets another code, and ours gets the same again. An answer that does not name our key is none.
 */
async function isStored(
  deps: KiccDeps,
  refusal: Extract<Said, { kind: 'refusal' }>,
  day: KstDate,
  mallId: string,
  askAgain: () => Promise<Result<Heard, Problem>>,
  signal: AbortSignal | undefined,
): Promise<Result<boolean, Problem>> {
  if (!refusal.named) return ok(false)
  if (refusal.recorded) return ok(true)
  const body = JSON.stringify({ mallId, shopTransactionId: randomUUID(), transactionDate: dayText(day) })
  const answer = await retrieve(deps, body, signal)
  if (!answer.ok) return answer
  const stranger = wireAnswerOf(answer.value.text)
  if (stranger === null || stranger.resCd === refusal.code || !isRefusalCode(stranger.resCd)) return ok(false)
  const again = await askAgain()
  if (!again.ok) return again
  const { said } = again.value
  return ok(said.kind === 'refusal' && said.named && said.code === refusal.code)
}

/** Problems: those of an exchange, and of every status but 200. */
async function retrieve(
  deps: KiccDeps,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Result<WholeAnswer, Problem>> {
  return wholeAnswer(await post(deps, PATHS.retrieve, body, signal))
}

function hearing(answer: WholeAnswer, path: string, body: string, asked: Asked): Result<Heard, Problem> {
  return ok({
    said: readAnswer(answer.text, asked, answer.endedAtMs),
    transcript: transcriptOf(path, body, answer, asked.known),
  })
}

let lastQuestionNo = 0

/** Never the same twice, also after a new start: a used key is answered with an error. */
function questionKey(shopTransactionId: string, nowMs: number): string {
  lastQuestionNo = Math.max(lastQuestionNo + 1, nowMs)
  return `${shopTransactionId}-Q${lastQuestionNo}`
}

/** The stored request as a question; null when its day or its merchant is over, since then it must not be asked. */
async function askFlagged(
  deps: KiccDeps,
  request: StoredRequest,
  intent: CancelIntent,
  signal: AbortSignal | undefined,
): Promise<Result<Heard | null, Problem>> {
  if (!isOfMerchant(request, deps.settings) || !isOfToday(request, deps.nowMs())) return ok(null)
  const secretKey = await secretKeyOf(deps.secrets)
  if (!secretKey.ok) return secretKey
  if (!isOfToday(request, deps.nowMs())) return ok(null)
  const { pgCno, shopTransactionId } = request.fields
  const key = deps.settings.flaggedQueryKey === 'new' ? questionKey(shopTransactionId, deps.nowMs()) : shopTransactionId
  const proof = authValue(secretKey.value, pgCno, key)
  const body = JSON.stringify({
    ...(JSON.parse(request.text) as Record<string, unknown>),
    shopTransactionId: key,
    refundQueryFlag: 'Y',
    msgAuthValue: proof,
  })
  const answer = await postQuestion(deps, body, signal)
  if (!answer.ok) return answer
  const known = [...personalOf(intent), secretKey.value, proof]
  return hearing(answer.value, PATHS.revise, body, {
    request,
    intent,
    keys: [key, shopTransactionId],
    mustName: false,
    known,
  })
}

/**
 * The only way from here to the address that moves money. The very bytes are read again right before they leave: without
 * the flag they would be a refund. Problems: as of a look-up.
 */
export async function postQuestion(
  deps: Pick<KiccDeps, 'conversation' | 'timeouts'>,
  body: string,
  signal?: AbortSignal,
): Promise<Result<WholeAnswer, Problem>> {
  const json = parseJson(body)
  assert(json.ok && parseWith(QuestionSchema, json.value) !== null, 'a question without its flag must not leave')
  return wholeAnswer(await post(deps, PATHS.revise, body, signal))
}

function wholeAnswer(exchange: Exchange): Result<WholeAnswer, Problem> {
  if (exchange.kind !== 'answer') return fail(exchangeProblem(exchange))
  return exchange.httpStatus === 200 ? ok(exchange) : fail(statusProblem(exchange))
}

const OF_ANOTHER: ReadonlySet<string> = new Set(['depositPgCno', 'cancelAmount'])

/**
 * Only success settles it. A used key, a refusal and words that nobody has listed prove nothing of the refund itself; and
 * where the look-up knew nothing while the question is refused, it is open, not absent.
 */
function flaggedFinding({ said, transcript }: Heard, looked: RequestFinding): Result<RequestFinding, Problem> {
  switch (said.kind) {
    case 'taken':
      return ok({ ...said, kind: 'accepted', payment: null, transcript })
    case 'odd':
      // It says what became of another refund of the same transaction, which a person may have to look further for.
      return OF_ANOTHER.has(said.what)
        ? ok({ kind: 'unsettled', pgMessage: '', transcript })
        : fail(problem('pg-odd-answer', { what: said.what }))
    case 'in-doubt':
    case 'contradiction':
      return ok({ kind: 'unsettled', pgMessage: said.words, transcript })
    case 'refusal':
      // Of a request that KICC shows as refused, a refused question says nothing new.
      return NOT_FOUND_CODES.has(said.code) || looked.kind === 'refused'
        ? ok(looked)
        : ok({ kind: 'unsettled', pgMessage: said.words, transcript })
  }
}
