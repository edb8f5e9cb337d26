import type { ChannelInput, ChannelOutput } from '../../../contract/channels'
import type { ChannelView, PersonView, Policies, Role } from '../../../contract/views'
import type { ChannelId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import type { ChannelRecord } from '../ledger/channels'
import { liveHost, secretNames } from '../pg/registry'

/** Which of a channel's keys lie in the vault; never the keys. */
export type KeysSet = (channelId: ChannelId) => Promise<readonly string[]>

async function toView(context: CoreContext, channel: ChannelRecord, keysSet: KeysSet): Promise<ChannelView> {
  const set = await keysSet(channel.channelId)
  return {
    channelId: channel.channelId,
    name: channel.name,
    pg: channel.pg,
    host: context.mode === 'live' ? liveHost(channel.pg) : '127.0.0.1',
    includeSandbox: channel.includeSandbox,
    parallel: channel.parallel,
    keys: secretNames(channel.pg).map((name) => ({ name, set: set.includes(name) })),
  }
}

export async function showChannels(context: CoreContext, keysSet: KeysSet): Promise<Result<ChannelView[], Problem>> {
  return ok(await Promise.all(context.channels.list().map((channel) => toView(context, channel, keysSet))))
}

/** Problems: not-found, name-missing. */
export async function saveChannel(
  context: CoreContext,
  who: PersonView,
  input: ChannelInput<'settings.saveChannel'>,
  keysSet: KeysSet,
): Promise<Result<ChannelView, Problem>> {
  const { ledger } = context
  if (input.name === '') return fail(problem('name-missing'))
  if (context.channels.get(input.channelId) === null) return fail(problem('not-found'))
  ledger.write(() => {
    context.channels.save(input)
    ledger.audit.append({
      who: who.personId,
      action: 'channel.saved',
      subject: input.channelId,
      detail: { includeSandbox: input.includeSandbox, parallel: input.parallel },
    })
  })
  context.changed('settings', 'audit', 'run')
  context.wakeRunner()
  const channel = context.channels.get(input.channelId)
  return channel === null ? fail(problem('not-found')) : ok(await toView(context, channel, keysSet))
}

/** Proves address, keys and clock; no money moves. Problems: not-found, those of the gateway. */
export async function testChannel(
  context: CoreContext,
  who: PersonView,
  channelId: ChannelId,
): Promise<Result<ChannelOutput<'settings.testChannel'>, Problem>> {
  const { ledger } = context
  if (context.channels.get(channelId) === null) return fail(problem('not-found'))
  const report = context.connection.watch(await context.gatewayOf(channelId).testConnection())
  ledger.write(() =>
    ledger.audit.append({ who: who.personId, action: 'channel.tested', subject: channelId, detail: { ok: report.ok } }),
  )
  if (report.ok) context.wakeRunner()
  return report
}

export function showPolicies({ settings }: CoreContext): Result<Policies, Problem> {
  return ok({ approvalLifeDays: settings.get('approvalLifeDays'), holdMinutes: settings.get('holdMinutes') })
}

/** For approvals from now on: what was signed keeps the dates that stood on the sheet. */
export function savePolicies(context: CoreContext, who: PersonView, policies: Policies): Result<Policies, Problem> {
  const { ledger, settings } = context
  ledger.write(() => {
    settings.set('approvalLifeDays', policies.approvalLifeDays)
    settings.set('holdMinutes', policies.holdMinutes)
    ledger.audit.append({
      who: who.personId,
      action: 'policies.saved',
      subject: 'run',
      detail: { approvalLifeDays: policies.approvalLifeDays, holdMinutes: policies.holdMinutes },
    })
  })
  context.changed('settings', 'audit')
  return showPolicies(context)
}

/**
 * Adds a person. Without a session only while the ledger knows nobody.
 * Problems: role-missing, sign-in-required, those of people.add.
 */
export function addPerson(
  context: CoreContext,
  who: PersonView | null,
  input: { readonly name: string; readonly pin: string; readonly roles: readonly Role[] },
): Result<PersonView, Problem> {
  if (context.people.list().length > 0) {
    if (who === null) return fail(problem('sign-in-required'))
    if (!who.roles.includes('admin')) return fail(problem('role-missing', { role: 'admin' }))
  }
  const added = context.people.add(input, {
    practice: context.mode !== 'live',
    ...(who === null ? {} : { by: who.personId }),
  })
  if (added.ok) context.changed('app', 'settings', 'audit')
  return added
}
