import type { BackupView } from '../../../contract/backup'
import type { PersonView } from '../../../contract/views'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { BackupKeeper } from '../backup-keeper'
import type { CoreContext } from '../context'
import { backupFolderOf, listBackups, type Backup } from '../ledger/backup'

export function viewOfBackup({ name, sizeBytes, facts }: Backup): BackupView {
  return { name, sizeBytes, atMs: facts?.atMs ?? null }
}

/** Every backup, the newest first. */
export function showBackups(context: CoreContext): Result<BackupView[], Problem> {
  return ok(listBackups(backupFolderOf(context.ledger.file)).map(viewOfBackup))
}

/** Problems: busy-already, disk-full, backup-failed, ledger-damaged. */
export async function backUpNow(context: CoreContext, keeper: BackupKeeper): Promise<Result<BackupView[], Problem>> {
  const made = await keeper.make()
  return made.ok ? showBackups(context) : made
}

/**
 * Ends this core and puts a backup in the ledger's place; the program starts anew after it. Problems: reason-missing,
 * not-found; afterwards, with the old ledger still in place: those of opening a ledger.
 */
export async function restoreNamed(
  context: CoreContext,
  who: PersonView,
  input: { readonly name: string; readonly reason: string },
  restore: (choice: { name: string; who: string; reason: string }) => Promise<Result<null, Problem>>,
): Promise<Result<null, Problem>> {
  const { ledger } = context
  if (input.reason === '') return fail(problem('reason-missing'))
  const known = listBackups(backupFolderOf(ledger.file)).find(({ name }) => name === input.name)
  if (known === undefined || known.facts === null) return fail(problem('not-found'))
  const { atMs } = known.facts
  ledger.write(() => {
    ledger.audit.append({
      who: who.personId,
      action: 'ledger.restoring',
      subject: 'ledger',
      detail: { stateAtMs: atMs },
    })
  })
  return restore({ name: input.name, who: who.personId, reason: input.reason })
}
