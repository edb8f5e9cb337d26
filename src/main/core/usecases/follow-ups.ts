import type { ChannelInput } from '../../../contract/channels'
import type { FollowUpView } from '../../../contract/pg'
import type { PersonView } from '../../../contract/views'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import { countOpenFollowUps, endFollowUp, findOpenFollowUp, openFollowUps } from '../ledger/follow-ups'
import { requireRow } from '../ledger/refund-rows'
import { viewRow } from '../views/row-view'

/** Tasks that refunds left behind, oldest first. */
export function showFollowUps(
  context: CoreContext,
  input: ChannelInput<'followUp.list'>,
): Result<{ total: number; rows: FollowUpView[] }, Problem> {
  const { ledger } = context
  return ledger.read(() => {
    const rows = openFollowUps(ledger, input.offset, input.limit)
    return ok({
      total: countOpenFollowUps(ledger),
      rows: rows.map(({ rowId, ...rest }) => ({ ...rest, row: viewRow(context, requireRow(ledger, rowId)) })),
    })
  })
}

/** A named person states that such a task is done. Problems: not-found, reason-missing. */
export function finishFollowUp(
  context: CoreContext,
  who: PersonView,
  { followUpId, reason }: ChannelInput<'followUp.done'>,
): Result<Record<string, never>, Problem> {
  const { ledger } = context
  if (reason === '') return fail(problem('reason-missing'))
  const result = ledger.write((): Result<null, Problem> => {
    const followUp = findOpenFollowUp(ledger, followUpId)
    if (followUp === null) return fail(problem('not-found'))
    endFollowUp(ledger, followUpId, who.personId, reason, context.nowMs())
    ledger.audit.append({ who: who.personId, action: 'followup.done', subject: followUp.rowId, detail: {} })
    return ok(null)
  })
  if (!result.ok) return result
  context.changed('rows', 'home', 'audit')
  return ok({})
}
