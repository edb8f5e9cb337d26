import * as v from 'valibot'
import { WON_MAX, won } from '../../../../domain/money'

/** Fields that the tables call required are missing in the samples and the other way round; empty counts as missing. */
const EmptySchema = v.pipe(
  v.union([v.undefined(), v.null(), v.literal('')]),
  v.transform(() => null),
)

/** A key: text only, since a number of 20 digits would have lost some. */
const KeySchema = v.optional(v.union([EmptySchema, v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,60}$/))]), null)

/** Whole won, as a number or as digits in text: the table says number, the sample shows text. */
const AmountSchema = v.optional(
  v.union([
    EmptySchema,
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,13}$/), v.transform(Number))]),
      v.integer(),
      v.minValue(0),
      v.maxValue(WON_MAX),
      v.transform(won),
    ),
  ]),
  null,
)

/** Texts that nothing depends on: an odd one is empty. */
const TextSchema = v.fallback(v.nullish(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), ''), '')

/** What money depends on is read strictly: text or nothing. */
const StatusSchema = v.nullish(v.string(), '')

/**
 * An answer to either question. `resCd` decides about money, so it is read strictly: text and nothing alike. `v.object`
 * drops every other key.
 */
export const AnswerSchema = v.object({
  resCd: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,20}$/)),
  resMsg: TextSchema,
  shopTransactionId: KeySchema,
  mallId: KeySchema,
  oriPgCno: KeySchema,
  cancelPgCno: KeySchema,
  cancelAmount: AmountSchema,
  remainAmount: AmountSchema,
  transactionDate: TextSchema,
  statusCode: StatusSchema,
  reviseInfo: v.nullish(
    v.object({
      approvalDate: TextSchema,
      refundInfo: v.nullish(v.object({ depositPgCno: KeySchema })),
      cashReceiptInfo: v.nullish(v.object({ resCd: TextSchema, resMsg: TextSchema })),
    }),
  ),
})
export type WireAnswer = v.InferOutput<typeof AnswerSchema>

/** What of a stored request must be read before it is sent or asked about. */
export const StoredSchema = v.object({
  mallId: v.string(),
  shopTransactionId: v.string(),
  pgCno: v.string(),
  reviseTypeCode: v.picklist(['60', '62', '63']),
  reviseSubTypeCode: v.picklist(['RF01', '10', '11', '20', '21']),
  amount: v.optional(v.number()),
  cancelReqDate: v.pipe(v.string(), v.regex(/^\d{8}$/)),
  reviseMessage: v.string(),
  refundInfo: v.object({
    refundAccountNo: v.string(),
    refundDepositName: v.string(),
    depositPgCno: v.optional(v.string()),
  }),
  // Both are added when a request is sent; a stored one that has them is none of ours.
  msgAuthValue: v.optional(v.never()),
  refundQueryFlag: v.optional(v.never()),
})
export type Stored = v.InferOutput<typeof StoredSchema>

/** A question about a real-time refund: it carries the flag, or it is a refund. */
export const QuestionSchema = v.object({ reviseTypeCode: v.literal('63'), refundQueryFlag: v.literal('Y') })
