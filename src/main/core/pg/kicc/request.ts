import { createHmac } from 'node:crypto'
import { problem, type Problem } from '../../../../domain/problem'
import { reasonWithTag } from '../../../../domain/refund-tag'
import { assert, fail, ok, type Result } from '../../../../domain/result'
import { parseWith } from '../answers'
import type { CancelIntent, ChannelSecrets, EncodedCancel, Transcript } from '../gateway'
import { parseJson } from '../json-text'
import { isFull, pgCnoOf, requestKey } from './encode'
import { StoredSchema, type Stored } from './schemas'
import { scrub } from './scrub'
import { dayText } from './stamps'

/** A stored request, read back. */
export interface StoredRequest {
  /** The very bytes. */
  readonly text: string
  readonly fields: Stored
  readonly realTime: boolean
}

const TYPES = { full: ['60 RF01', '63 10', '63 20'], part: ['62 RF01', '63 11', '63 21'] } as const

/**
 * The bytes were stored before and are sent as they are; they must be the ones of this intent. What the channel was set
 * to meanwhile changes nothing of them.
 */
export function storedRequest({ body }: EncodedCancel, intent: CancelIntent): StoredRequest {
  const json = parseJson(body)
  const fields = json.ok ? parseWith(StoredSchema, json.value) : null
  assert(fields !== null && body.endsWith('}'), 'the stored request cannot be read')
  const full = isFull(intent)
  const types: readonly string[] = full ? TYPES.full : TYPES.part
  const same =
    intent.amount > 0 &&
    fields.shopTransactionId === requestKey(intent) &&
    fields.pgCno === pgCnoOf(intent) &&
    types.includes(`${fields.reviseTypeCode} ${fields.reviseSubTypeCode}`) &&
    (fields.amount === intent.amount || (full && fields.amount === undefined)) &&
    fields.cancelReqDate === dayText(intent.requestedOn) &&
    fields.reviseMessage === reasonWithTag(intent.tag, intent.reason) &&
    fields.refundInfo.refundAccountNo === intent.account?.accountNo &&
    fields.refundInfo.refundDepositName === intent.account.holder &&
    fields.refundInfo.depositPgCno === (intent.pgTransactionKey === null ? undefined : intent.pgKey)
  assert(same, 'the stored request is not the one of this refund')
  return { text: body, fields, realTime: fields.reviseTypeCode === '63' }
}

/** Proves the sender to KICC. It covers payment and key of a request, not its amount. */
export function authValue(secretKey: string, pgCno: string, shopTransactionId: string): string {
  return createHmac('sha256', secretKey).update(`${pgCno}|${shopTransactionId}`, 'utf8').digest('hex')
}

/** The stored bytes with the proof behind them; everything before it stays as it was stored. */
export function sealed({ text, fields }: StoredRequest, secretKey: string): string {
  const proof = authValue(secretKey, fields.pgCno, fields.shopTransactionId)
  return `${text.slice(0, -1)},"msgAuthValue":${JSON.stringify(proof)}}`
}

/** Problems: those of the vault, pg-keys-missing. */
export async function secretKeyOf(
  secrets: () => Promise<Result<ChannelSecrets, Problem>>,
): Promise<Result<string, Problem>> {
  const keys = await secrets()
  if (!keys.ok) return keys
  const { secretKey } = keys.value
  return secretKey === undefined || secretKey === '' ? fail(problem('pg-keys-missing')) : ok(secretKey)
}

/** What must not be seen in anything that is kept of this refund. */
export function personalOf({ account }: CancelIntent): readonly string[] {
  return account === null
    ? []
    : [account.accountNo, account.holder, account.phone].filter((word) => typeof word === 'string')
}

/** One exchange, fit to keep. */
export function transcriptOf(
  path: string,
  request: string,
  end: {
    readonly startedAtMs: number
    readonly endedAtMs: number
    readonly httpStatus?: number | null
    readonly text?: string
  },
  known: readonly string[],
): Transcript {
  return {
    method: 'POST',
    path,
    startedAtMs: end.startedAtMs,
    endedAtMs: end.endedAtMs,
    httpStatus: end.httpStatus ?? null,
    request: scrub(request, known),
    response: scrub(end.text ?? '', known),
  }
}
