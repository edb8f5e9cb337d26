import * as v from 'valibot'
import { BackupViewSchema } from './backup'
import { PreferencesSchema, ProblemSchema } from './views'

/** Why the ledger cannot be opened, and the newest sound backup that could take its place. */
export const RecoveryViewSchema = v.object({
  problem: ProblemSchema,
  ledgerFile: v.pipe(v.string(), v.maxLength(4000)),
  backup: BackupViewSchema,
  preferences: PreferencesSchema,
})
export type RecoveryView = v.InferOutput<typeof RecoveryViewSchema>
