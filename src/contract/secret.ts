import * as v from 'valibot'
import { PersonIdSchema } from '../domain/ids'
import { wonSchema } from '../domain/money'
import { PG_KINDS } from '../domain/pg'
import { LanguageSchema, ModeSchema, PersonViewSchema, ThemeSchema } from './views'

/**
 * What crosses between main and the secret window (sign-in, approval, keys, a new person). The page has no part in it.
 * The window asks once what it is for (`describe`), then submits or cancels; main closes it.
 */
const text = v.pipe(v.string(), v.maxLength(4000))

export const ApprovalDigestSchema = v.object({
  batchName: text,
  makerName: text,
  rows: v.number(),
  amount: wonSchema,
  amountInWords: text,
  contentHash: text,
  submittedAtMs: v.number(),
  /** Null when nobody asked the PG: said plainly on the screen. */
  check: v.nullable(v.object({ atMs: v.number(), willPass: v.number(), blocked: v.number(), drift: v.number() })),
  /** The merchant accounts that pay, the greatest sum first. */
  byChannel: v.array(v.object({ name: text, pg: v.picklist(PG_KINDS), rows: v.number(), amount: wonSchema })),
  byMethod: v.array(v.object({ method: text, rows: v.number(), amount: wonSchema })),
  largest: v.array(
    v.object({
      orderNo: text,
      amount: wonSchema,
      bankName: v.nullable(text),
      accountMasked: v.nullable(text),
      holderMasked: v.nullable(text),
    }),
  ),
  /** Rows refunding the whole of what is left, and rows refunding a part. */
  fullRefunds: v.number(),
  partialRefunds: v.number(),
  warnings: v.array(v.object({ what: text, rows: v.number() })),
  expiresAtMs: v.number(),
  /** Minutes after the approval until the first refund, in which the batch can still be taken back. */
  holdMinutes: v.number(),
})
export type ApprovalDigest = v.InferOutput<typeof ApprovalDigestSchema>

const frame = { language: LanguageSchema, theme: ThemeSchema, mode: ModeSchema }

export const SecretPromptSchema = v.variant('purpose', [
  /** `practicePins` tells the sample people's PINs, practice mode only. */
  v.object({
    purpose: v.literal('sign-in'),
    ...frame,
    people: v.array(PersonViewSchema),
    practicePins: v.array(v.object({ name: text, pin: text })),
  }),
  v.object({
    purpose: v.literal('approve'),
    ...frame,
    digest: ApprovalDigestSchema,
    checkers: v.array(PersonViewSchema),
    practicePins: v.array(v.object({ name: text, pin: text })),
  }),
  v.object({ purpose: v.literal('enter-keys'), ...frame, channelName: text, keyNames: v.array(text) }),
  v.object({ purpose: v.literal('add-person'), ...frame, roles: v.array(text), first: v.boolean() }),
])
export type SecretPrompt = v.InferOutput<typeof SecretPromptSchema>

const pin = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

export const SecretSubmitSchema = v.variant('purpose', [
  v.strictObject({ purpose: v.literal('sign-in'), personId: PersonIdSchema, pin }),
  /** `contentHash` is the one that the window showed: main refuses when it is not the batch's own. */
  v.strictObject({ purpose: v.literal('approve'), personId: PersonIdSchema, pin, contentHash: text }),
  v.strictObject({
    purpose: v.literal('enter-keys'),
    keys: v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.minLength(1), v.maxLength(400))),
  }),
  v.strictObject({ purpose: v.literal('add-person'), name: v.pipe(v.string(), v.trim(), v.maxLength(40)), pin }),
])
export type SecretSubmit = v.InferOutput<typeof SecretSubmitSchema>

/** Acts of the secret window's bridge. `submit` answers a `Result`; on a problem the window stays and shows it. */
export type SecretAct = 'describe' | 'submit' | 'cancel'
