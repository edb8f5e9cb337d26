import * as v from 'valibot'

function idSchema<const B extends string>(brand: B) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(80), v.brand(brand))
}

export const PersonIdSchema = idSchema('PersonId')
export type PersonId = v.InferOutput<typeof PersonIdSchema>

export const ChannelIdSchema = idSchema('ChannelId')
/** One merchant account at one PG, with its keys and its rules. */
export type ChannelId = v.InferOutput<typeof ChannelIdSchema>

export const PaymentIdSchema = idSchema('PaymentId')
/** Our id of a payment: `<channelId>:<the PG's payment key>`. */
export type PaymentId = v.InferOutput<typeof PaymentIdSchema>

export const DraftIdSchema = idSchema('DraftId')
export type DraftId = v.InferOutput<typeof DraftIdSchema>

export const BatchIdSchema = idSchema('BatchId')
export type BatchId = v.InferOutput<typeof BatchIdSchema>

export const RowIdSchema = idSchema('RowId')
/** One refund row of one batch. */
export type RowId = v.InferOutput<typeof RowIdSchema>

export const AttemptIdSchema = idSchema('AttemptId')
export type AttemptId = v.InferOutput<typeof AttemptIdSchema>

export const DriftCaseIdSchema = idSchema('DriftCaseId')
export type DriftCaseId = v.InferOutput<typeof DriftCaseIdSchema>

export const SessionIdSchema = idSchema('SessionId')
export type SessionId = v.InferOutput<typeof SessionIdSchema>

export const paymentIdOf = (channelId: ChannelId, pgKey: string): PaymentId =>
  v.parse(PaymentIdSchema, `${channelId}:${pgKey}`)
