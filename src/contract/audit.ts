import * as v from 'valibot'

/** What a line of the record may be about. */
export const AUDIT_ABOUT = [
  'batch',
  'row',
  'attempt',
  'drift',
  'file',
  'person',
  'channel',
  'payments',
  'notices',
  'run',
  'ledger',
  'holiday',
  'other',
] as const

const text = v.pipe(v.string(), v.maxLength(4000))

export const AuditEntrySchema = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  atMs: v.pipe(v.number(), v.integer()),
  who: text,
  action: text,
  /** As it was recorded: mostly an id. */
  subject: text,
  /** The same for people: a name, or the order number of a row, attempt or mismatch; null where there is none. */
  about: v.object({ kind: v.picklist(AUDIT_ABOUT), name: v.nullable(text) }),
  detail: text,
  hash: text,
})
export type AuditEntry = v.InferOutput<typeof AuditEntrySchema>
