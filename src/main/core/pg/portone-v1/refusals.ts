import type { CancelOutcome } from '../gateway'

export type CleanRefusal = Extract<CancelOutcome, { kind: 'rejected' }>['why']

interface KnownRefusal {
  readonly why: CleanRefusal
  readonly code: number
  readonly text: RegExp
  readonly source: string
  readonly confidence: 'high' | 'medium' | 'low'
}

/**
 * Refusals after which surely nothing happened, by envelope code and text (HTTP 200 only). PortOne publishes no table
 * of them. `low`: the text itself is not documented, but only PortOne's own check before the PG is called can say it:
 * no PG knows PortOne's field names. A refusal that is missing here costs a look-up; a wrong one could cost a refund.
 */
export const KNOWN_REFUSALS: readonly KnownRefusal[] = [
  {
    why: 'already-cancelled',
    code: 1,
    text: /^이미 전액취소된 주문입니다\.?$/,
    source: 'seen in four unrelated public clients, HTTP 200',
    confidence: 'high',
  },
  {
    why: 'no-such-payment',
    code: 1,
    text: /^취소할 결제건이 존재하지 않습니다\.?$/,
    source: 'tests of several public clients; they do not record the HTTP status',
    confidence: 'medium',
  },
  {
    why: 'balance-differs',
    code: 1,
    text: /checksum/i,
    source: 'V1 schema: a checksum that differs stops the cancel before it is carried out; the text is not documented',
    confidence: 'low',
  },
  {
    why: 'field-error',
    code: 1,
    text: /\b(imp_uid|reason|refund_holder|refund_bank|refund_account|refund_tel)\b.*(길이|필수|필요|올바르지)/,
    source: 'parameters of the V1 schema; the texts are not documented',
    confidence: 'low',
  },
]

/** PortOne's frame around a PG's own words: the request had reached the PG, so nothing in it counts as known. */
const FROM_THE_PG = /결제취소에 실패/

/** What a refusal is known to mean, or null when it proves nothing. */
export function knownRefusal(code: number, message: string): CleanRefusal | null {
  const text = message.trim()
  if (FROM_THE_PG.test(text)) return null
  return KNOWN_REFUSALS.find((known) => known.code === code && known.text.test(text))?.why ?? null
}
