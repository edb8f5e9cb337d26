import type { PersonView, Role } from '../../contract/views'
import type { ChannelId, SessionId } from '../../domain/ids'
import { problem, type Problem } from '../../domain/problem'
import { fail, ok, type Result } from '../../domain/result'
import type { CoreContext } from './context'
import { secretNames } from './pg/registry'
import type { CommandInput, CommandOutput, CoreCommand } from './port'
import type { Runner } from './runner/runner'
import { approveBatch, describeApproval, rejectBatch } from './usecases/approve-batch'
import { backUpNow, restoreNamed, showBackups } from './usecases/backups'
import { checkBatch } from './usecases/check-batch'
import { exportFailedRows, exportResult } from './usecases/export-result'
import { saveHoliday, showHolidays } from './usecases/holidays'
import { finishFollowUp, showFollowUps } from './usecases/follow-ups'
import { importBooks } from './usecases/import-books'
import { importNotices } from './usecases/import-notices'
import { importRefundFile, rereadDraft } from './usecases/import-refund-file'
import { decideNotSent, decideOurs, lookAtRow, showRow } from './usecases/look-at-row'
import { createBatch, submitBatch, withdrawBatch } from './usecases/prepare-batch'
import { compareQuarantined, liftQuarantine } from './usecases/quarantine'
import { recordPayout, recordPayoutFailure } from './usecases/record-payout'
import { overrideRule, showRules } from './usecases/rules'
import {
  addChannel,
  addPerson,
  saveChannel,
  savePolicies,
  showChannels,
  showPolicies,
  testChannel,
  type KeysSet,
} from './usecases/settings'
import { adoptDrift, dismissDrift, showDrift, showDrifts } from './usecases/settle-drift'
import { showAudit } from './usecases/show-audit'
import { showBatch, showBatches, showBatchRows, showOverdueRows, showRowsNeedingLook } from './usecases/show-batches'
import { discardDraft, showDraft, showDraftRows, showDrafts } from './usecases/show-draft'
import { showHome, showPayment, showPayments } from './usecases/show-overview'
import { syncPg } from './usecases/sync-pg'
import { templateFile } from './usecases/template-file'

type Handler<C extends CoreCommand> = (
  input: CommandInput<C>,
) => Promise<Result<CommandOutput<C>, Problem>> | Result<CommandOutput<C>, Problem>
export type Commands = { readonly [C in CoreCommand]: Handler<C> }

export interface CommandDeps {
  readonly stop: () => Promise<void>
  readonly forgetGateway: (channelId: ChannelId) => void
  readonly keysSet: KeysSet
  /** Ends this core and puts a backup in the ledger's place. */
  readonly restore: (choice: {
    readonly name: string
    readonly who: string
    readonly reason: string
  }) => Promise<Result<null, Problem>>
}

/** Every command of the port with its use case. The session's role is checked here once more, apart from the page's gate. */
export function createCommands(context: CoreContext, runner: Runner, deps: CommandDeps): Commands {
  const { sessions, people, ledger } = context
  const as = <T>(
    session: SessionId | null,
    role: Role | 'signed-in',
    work: (who: PersonView) => T | Result<never, Problem>,
  ): T | Result<never, Problem> => {
    const who = sessions.need(session, role)
    return who.ok ? work(who.value) : who
  }
  return {
    'home.today': ({ session }) => as(session, 'signed-in', () => showHome(context)),

    'import.drafts': ({ session }) => as(session, 'signed-in', () => showDrafts(context)),
    'import.draft': ({ session, input }) => as(session, 'signed-in', () => showDraft(context, input.draftId)),
    'import.rows': ({ session, input }) => as(session, 'signed-in', () => showDraftRows(context, input)),
    'import.reread': ({ session, input }) =>
      as(session, 'maker', (who) => rereadDraft(context, who.personId, input.draftId, input.encoding)),
    'import.discard': ({ session, input }) =>
      as(session, 'maker', (who) => discardDraft(context, who.personId, input.draftId)),

    'batch.create': ({ session, input }) => as(session, 'maker', (who) => createBatch(context, who, input)),
    'batch.list': ({ session, input }) => as(session, 'signed-in', () => showBatches(context, input)),
    'batch.get': ({ session, input }) => as(session, 'signed-in', () => showBatch(context, input.batchId)),
    'batch.rows': ({ session, input }) => as(session, 'signed-in', () => showBatchRows(context, input)),
    'batch.check': ({ session, input }) =>
      as(session, 'signed-in', (who) => checkBatch(context, who.personId, input.batchId)),
    'batch.submit': ({ session, input }) =>
      as(session, 'maker', (who) => submitBatch(context, who, input.batchId, input.withoutBlocked)),
    'batch.withdraw': ({ session, input }) =>
      as(session, 'signed-in', (who) => withdrawBatch(context, who, input.batchId, input.reason)),
    'batch.reject': ({ session, input }) =>
      as(session, 'checker', (who) => rejectBatch(context, who, input.batchId, input.reason)),

    'run.state': ({ session }) => as(session, 'signed-in', () => ok(runner.state())),
    'run.pause': ({ session }) =>
      as(session, 'signed-in', (who) => {
        runner.pause(who.personId)
        return ok(runner.state())
      }),
    'run.resume': ({ session }) =>
      as(session, 'signed-in', (who) => {
        runner.resume(who.personId)
        return ok(runner.state())
      }),

    'row.get': ({ session, input }) => as(session, 'signed-in', () => showRow(context, input.rowId)),
    'row.look': ({ session, input }) =>
      as(session, 'signed-in', (who) => lookAtRow(context, who.personId, input.rowId)),
    'row.decideNotSent': ({ session, input }) =>
      as(session, 'checker', (who) => decideNotSent(context, who, input.rowId, input.reason)),
    'row.decideOurs': ({ session, input }) =>
      as(session, 'checker', (who) => decideOurs(context, who, input.rowId, input.reason)),
    'row.confirmPayout': ({ session, input }) =>
      as(session, 'signed-in', (who) => recordPayout(context, who, input.rowId, input.reason)),
    'row.payoutFailed': ({ session, input }) =>
      as(session, 'checker', (who) => recordPayoutFailure(context, who, input.rowId, input.reason)),
    'row.needingLook': ({ session, input }) => as(session, 'signed-in', () => showRowsNeedingLook(context, input)),
    'row.overdue': ({ session, input }) => as(session, 'signed-in', () => showOverdueRows(context, input)),

    'followUp.list': ({ session, input }) => as(session, 'signed-in', () => showFollowUps(context, input)),
    'followUp.done': ({ session, input }) => as(session, 'signed-in', (who) => finishFollowUp(context, who, input)),

    'sync.start': ({ session, input }) => as(session, 'signed-in', (who) => syncPg(context, who.personId, input.days)),
    'drift.list': ({ session, input }) => as(session, 'signed-in', () => showDrifts(context, input)),
    'drift.get': ({ session, input }) => as(session, 'signed-in', () => showDrift(context, input.caseId)),
    'drift.adopt': ({ session, input }) =>
      as(session, 'signed-in', (who) => adoptDrift(context, who, input.caseId, input.reason)),
    'drift.dismiss': ({ session, input }) =>
      as(session, 'signed-in', (who) => dismissDrift(context, who, input.caseId, input.reason)),

    'payment.search': ({ session, input }) => as(session, 'signed-in', () => showPayments(context, input)),
    'payment.get': ({ session, input }) => as(session, 'signed-in', () => showPayment(context, input.paymentId)),

    'audit.list': ({ session, input }) => as(session, 'signed-in', () => showAudit(context, input)),
    'audit.verify': ({ session }) => as(session, 'signed-in', () => ok(ledger.read(() => ledger.audit.verify()))),

    'settings.channels': ({ session }) => as(session, 'signed-in', () => showChannels(context, deps.keysSet)),
    'settings.addChannel': ({ session, input }) =>
      as(session, 'admin', (who) => addChannel(context, who, input, deps.keysSet)),
    'settings.rules': ({ session, input }) => as(session, 'signed-in', () => showRules(context, input.channelId)),
    'settings.overrideRule': ({ session, input }) => as(session, 'admin', (who) => overrideRule(context, who, input)),
    'settings.saveChannel': ({ session, input }) =>
      as(session, 'admin', async (who) => {
        const saved = await saveChannel(context, who, input, deps.keysSet)
        deps.forgetGateway(input.channelId)
        return saved
      }),
    'settings.policies': ({ session }) => as(session, 'signed-in', () => showPolicies(context)),
    'settings.savePolicies': ({ session, input }) => as(session, 'admin', (who) => savePolicies(context, who, input)),
    'settings.testChannel': ({ session, input }) =>
      as(session, 'signed-in', (who) => testChannel(context, who, input.channelId)),

    'settings.holidays': ({ session }) => as(session, 'signed-in', () => showHolidays(context)),
    'settings.saveHoliday': ({ session, input }) => as(session, 'admin', (who) => saveHoliday(context, who, input)),
    'backup.list': ({ session }) => as(session, 'signed-in', () => showBackups(context)),
    'backup.make': ({ session }) => as(session, 'signed-in', () => backUpNow(context, context.backups)),
    'quarantine.compare': ({ session }) => as(session, 'signed-in', (who) => compareQuarantined(context, who)),
    'quarantine.end': ({ session, input }) =>
      as(session, 'checker', (who) => {
        const lifted = liftQuarantine(context, who, input.reason)
        return lifted.ok ? ok({}) : lifted
      }),

    'task.cancel': ({ session, input }) =>
      as(session, 'signed-in', () => (context.tasks.cancel(input.taskId) ? ok({}) : fail(problem('not-found')))),

    'shell.people': () => ok(people.list()),
    'shell.openSession': async ({ personId, pin }) => {
      const verified = await people.verifyPin(personId, pin)
      if (!verified.ok) return verified
      ledger.write(() =>
        ledger.audit.append({ who: personId, action: 'session.opened', subject: personId, detail: {} }),
      )
      return ok({ session: sessions.open(personId), person: verified.value })
    },
    'shell.closeSession': ({ session }) => {
      sessions.close(session)
      return ok(null)
    },
    'shell.sessionPerson': ({ session }) => ok(sessions.person(session)),
    'shell.importFile': ({ session, file }) =>
      as(session, 'maker', (who) => importRefundFile(context, who.personId, file)),
    'shell.importBooks': ({ session, file }) =>
      as(session, 'signed-in', (who) => importBooks(context, who.personId, file)),
    'shell.importNotices': ({ session, file }) => as(session, 'signed-in', (who) => importNotices(context, who, file)),
    'shell.resultFile': ({ session, batchId }) =>
      as(session, 'signed-in', (who) => exportResult(context, who, batchId)),
    'shell.failedRowsFile': ({ session, batchId, reason }) =>
      as(session, 'maker', (who) => exportFailedRows(context, who, batchId, reason)),
    'shell.templateFile': ({ session, which }) => as(session, 'signed-in', () => templateFile(which)),
    'shell.approvalDigest': ({ session, batchId }) =>
      as(session, 'signed-in', () => describeApproval(context, batchId)),
    'shell.approve': (input) => approveBatch(context, input),
    'shell.addPerson': ({ session, ...person }) => addPerson(context, sessions.person(session), person),
    'shell.channelKeys': ({ channelId }) => {
      const channel = context.channels.get(channelId)
      return channel === null
        ? fail(problem('not-found'))
        : ok({ name: channel.name, keyNames: secretNames(channel.options.pg) })
    },
    'shell.keysChanged': ({ session, channelId }) =>
      as(session, 'admin', (who) => {
        deps.forgetGateway(channelId)
        ledger.write(() =>
          ledger.audit.append({ who: who.personId, action: 'channel.keys-changed', subject: channelId, detail: {} }),
        )
        context.changed('settings', 'audit')
        context.wakeRunner()
        return ok(null)
      }),
    'shell.restore': ({ session, ...choice }) =>
      as(session, 'admin', (who) => restoreNamed(context, who, choice, deps.restore)),
    'shell.stop': async () => {
      await deps.stop()
      return ok(null)
    },
  }
}
