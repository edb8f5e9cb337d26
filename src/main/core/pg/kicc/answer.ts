import type { Won } from '../../../../domain/money'
import type { CancelFact } from '../../../../domain/payment'
import { parseWith } from '../answers'
import type { CancelIntent } from '../gateway'
import { parseJson } from '../json-text'
import { scrubMessage } from '../scrub'
import type { StoredRequest } from './request'
import { AnswerSchema, type WireAnswer } from './schemas'
import { stampMs } from './stamps'

const SUCCESS = '0000'

/** KICC does not know itself how it ended. */
const IN_DOUBT: ReadonlySet<string> = new Set(['VTIM', 'VT00'])

/**
 * Where a refund stands that was taken: asked for, paid, or one of the cancel states that the Korean sample shows for
 * it. None of them is more than "accepted" here: a notification tells of the payout.
 */
const TAKEN: ReadonlySet<string> = new Set(['', 'RF01', 'RF02', 'TS02', 'TS06'])
const REJECTED = 'RF03'

/** What one answer says of our request. */
export type Said =
  | {
      readonly kind: 'taken'
      readonly cancel: CancelFact
      readonly balanceAfter: Won | null
      readonly receiptTrouble: string | null
    }
  | { readonly kind: 'in-doubt'; readonly words: string }
  /** Success and rejection at once: it proves neither. */
  | { readonly kind: 'contradiction'; readonly words: string }
  | {
      readonly kind: 'refusal'
      readonly code: string
      readonly words: string
      /** It names our key. */
      readonly named: boolean
      /** It holds what only a stored request can hold: numbers that the question did not. */
      readonly recorded: boolean
    }
  | { readonly kind: 'odd'; readonly what: string }

/** What was asked, and what an answer to it must say. */
export interface Asked {
  readonly request: StoredRequest
  readonly intent: CancelIntent
  /** Keys that the answer may name. */
  readonly keys: readonly string[]
  /** A look-up finds by the key: an answer without it is about nothing. */
  readonly mustName: boolean
  /** Values that must not be seen. */
  readonly known: readonly string[]
}

/** Neither success nor doubt. */
export const isRefusalCode = (resCd: string): boolean => resCd !== SUCCESS && !IN_DOUBT.has(resCd)

export function wireAnswerOf(text: string): WireAnswer | null {
  const json = parseJson(text)
  return json.ok ? parseWith(AnswerSchema, json.value) : null
}

/** The PG's code and words, fit for a screen. */
export function wordsOf({ resCd, resMsg, statusCode }: WireAnswer, known: readonly string[]): string {
  const status = statusCode === '' ? '' : ` (${statusCode})`
  return scrubMessage(`${resCd} ${resMsg}`.trim() + status, known)
}

/**
 * Judges an answer of HTTP 200. Answers carry no proof of their sender, so whatever they name must be ours: key,
 * merchant, payment, deposit and amount. `endedAtMs` stands in where it tells no time.
 */
export function readAnswer(text: string, asked: Asked, endedAtMs: number): Said {
  const answer = wireAnswerOf(text)
  if (answer === null) return { kind: 'odd', what: 'unreadable' }
  const foreign = foreignField(answer, asked)
  if (foreign !== null) return { kind: 'odd', what: foreign }
  const words = wordsOf(answer, asked.known)
  if (IN_DOUBT.has(answer.resCd)) return { kind: 'in-doubt', words }
  const named = answer.shopTransactionId !== null
  if (answer.resCd !== SUCCESS) {
    const { cancelPgCno, oriPgCno, statusCode } = answer
    // A code that refuses beside the number of a refund, or beside the status of one that was taken.
    if (cancelPgCno !== null || (statusCode !== '' && TAKEN.has(statusCode))) return { kind: 'contradiction', words }
    const recorded = oriPgCno !== null
    return { kind: 'refusal', code: answer.resCd, words, named, recorded }
  }
  return success(answer, asked, words, endedAtMs)
}

/** The first field that names something of someone else. */
function foreignField(answer: WireAnswer, { request, keys }: Asked): string | null {
  const { mallId, pgCno, refundInfo } = request.fields
  const { shopTransactionId, oriPgCno } = answer
  if (shopTransactionId !== null && !keys.includes(shopTransactionId)) return 'shopTransactionId'
  if (answer.mallId !== null && answer.mallId !== mallId) return 'mallId'
  // Of an account with several deposits either number is this payment's.
  if (oriPgCno !== null && oriPgCno !== pgCno && oriPgCno !== refundInfo.depositPgCno) return 'oriPgCno'
  return null
}

function success(
  answer: WireAnswer,
  { request, intent, mustName, known }: Asked,
  words: string,
  endedAtMs: number,
): Said {
  const { shopTransactionId, oriPgCno, cancelPgCno, cancelAmount, statusCode, reviseInfo } = answer
  const { depositPgCno } = request.fields.refundInfo
  const deposit = reviseInfo?.refundInfo?.depositPgCno ?? null
  if (cancelAmount !== null && cancelAmount !== intent.amount) return { kind: 'odd', what: 'cancelAmount' }
  if (depositPgCno !== undefined && deposit !== null && deposit !== depositPgCno) {
    return { kind: 'odd', what: 'depositPgCno' }
  }
  if (mustName && shopTransactionId === null) return { kind: 'odd', what: 'shopTransactionId' }
  // One of our numbers at least, and without a number of the refund both: a bare "0000" could be about anything.
  const echoes = (shopTransactionId === null ? 0 : 1) + (oriPgCno === null ? 0 : 1)
  if (echoes < (cancelPgCno === null ? 2 : 1)) return { kind: 'odd', what: 'echo' }
  // What does not name this very request could be about another refund of the same payment.
  if (shopTransactionId !== request.fields.shopTransactionId && cancelAmount === null) {
    return { kind: 'odd', what: 'cancelAmount' }
  }
  if (statusCode === REJECTED) return { kind: 'contradiction', words }
  if (!TAKEN.has(statusCode)) return { kind: 'odd', what: 'statusCode' }
  return {
    kind: 'taken',
    cancel: {
      cancelKey: cancelPgCno,
      pgTransactionKey: request.fields.pgCno,
      amount: intent.amount,
      cancelledAtMs: stampMs(answer.transactionDate) ?? stampMs(reviseInfo?.approvalDate ?? '') ?? endedAtMs,
      reason: request.fields.reviseMessage,
    },
    balanceAfter: answer.remainAmount,
    receiptTrouble: receiptTrouble(answer, known),
  }
}

/** The refund worked, its cash receipt did not: a task of its own, never a failed refund. */
function receiptTrouble({ reviseInfo }: WireAnswer, known: readonly string[]): string | null {
  const { resCd = '', resMsg = '' } = reviseInfo?.cashReceiptInfo ?? {}
  return resCd === '' || resCd === SUCCESS ? null : scrubMessage(`${resCd} ${resMsg}`.trim(), known)
}
