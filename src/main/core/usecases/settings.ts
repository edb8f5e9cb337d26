import * as v from 'valibot'
import type { ChannelInput, ChannelOutput } from '../../../contract/channels'
import type { ChannelView, PersonView, Policies, Role } from '../../../contract/views'
import { FIRST_OPTIONS, type ChannelOptions } from '../../../domain/channel-options'
import { ChannelIdSchema, type ChannelId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { assertNever, fail, ok, type Result } from '../../../domain/result'
import type { CoreContext } from '../context'
import type { ChannelRecord } from '../ledger/channels'
import { providersOfChannel } from '../ledger/payments'
import { hostOf, secretNames } from '../pg/registry'

/** Which of a channel's keys lie in the vault; never the keys. */
export type KeysSet = (channelId: ChannelId) => Promise<readonly string[]>

async function toView(context: CoreContext, channel: ChannelRecord, keysSet: KeysSet): Promise<ChannelView> {
  const set = await keysSet(channel.channelId)
  return {
    channelId: channel.channelId,
    name: channel.name,
    pg: channel.options.pg,
    host: context.mode === 'live' ? hostOf(channel.options) : '127.0.0.1',
    options: channel.options,
    parallel: channel.parallel,
    keys: secretNames(channel.options.pg).map((name) => ({ name, set: set.includes(name) })),
  }
}

export async function showChannels(context: CoreContext, keysSet: KeysSet): Promise<Result<ChannelView[], Problem>> {
  return ok(await Promise.all(context.channels.list().map((channel) => toView(context, channel, keysSet))))
}

const CHANNELS_MAX = 50

/** A further merchant account, with nothing ordered and no keys. Problems: name-missing, channel-name-taken, channels-full. */
export async function addChannel(
  context: CoreContext,
  who: PersonView,
  { pg, name }: ChannelInput<'settings.addChannel'>,
  keysSet: KeysSet,
): Promise<Result<ChannelView, Problem>> {
  const { ledger, channels } = context
  if (name === '') return fail(problem('name-missing'))
  const known = channels.list()
  if (known.some((each) => each.name === name)) return fail(problem('channel-name-taken'))
  if (known.length >= CHANNELS_MAX) return fail(problem('channels-full', { max: CHANNELS_MAX }))
  const channelId = v.parse(ChannelIdSchema, context.newId('channel'))
  const channel: ChannelRecord = { channelId, name, options: FIRST_OPTIONS[pg], parallel: 2 }
  ledger.write(() => {
    channels.add(channel)
    ledger.audit.append({ who: who.personId, action: 'channel.added', subject: channelId, detail: { pg } })
  })
  context.changed('settings', 'audit', 'run')
  context.wakeRunner()
  return ok(await toView(context, channel, keysSet))
}

/**
 * Problems: not-found, name-missing, channel-name-taken, unexpected (another PG), merchant-taken (two channels of one merchant
 * number: a notification would not know its channel), channel-has-payments.
 */
export async function saveChannel(
  context: CoreContext,
  who: PersonView,
  input: ChannelInput<'settings.saveChannel'>,
  keysSet: KeysSet,
): Promise<Result<ChannelView, Problem>> {
  const { ledger, channels } = context
  if (input.name === '') return fail(problem('name-missing'))
  const before = channels.get(input.channelId)
  if (before === null) return fail(problem('not-found'))
  if (before.options.pg !== input.options.pg) return fail(problem('unexpected'))
  const others = channels.list().filter(({ channelId }) => channelId !== input.channelId)
  if (others.some(({ name }) => name === input.name)) return fail(problem('channel-name-taken'))
  const merchant = merchantOf(input.options)
  const twin = merchant === '' ? undefined : others.find(({ options }) => merchantOf(options) === merchant)
  if (twin !== undefined) return fail(problem('merchant-taken', { channel: twin.name }))
  // The same payments would come in a second time, as others.
  if (shopOf(before.options) !== shopOf(input.options) && providersOfChannel(ledger, input.channelId).length > 0) {
    return fail(problem('channel-has-payments'))
  }
  ledger.write(() => {
    channels.save(input)
    ledger.audit.append({
      who: who.personId,
      action: 'channel.saved',
      subject: input.channelId,
      detail: { options: changedOptions(before.options, input.options), parallel: input.parallel },
    })
  })
  context.changed('settings', 'audit', 'run')
  context.wakeRunner()
  return ok(await toView(context, input, keysSet))
}

function merchantOf(options: ChannelOptions): string {
  return options.pg === 'kicc' ? options.merchantId : ''
}

/** Which shop's payments a channel holds; empty where the keys alone say. */
function shopOf(options: ChannelOptions): string {
  switch (options.pg) {
    case 'portone-v1':
      return ''
    case 'kicc':
      return `${options.host} ${options.merchantId}`
    case 'portone-v2':
      return options.storeId
    default:
      return assertNever(options)
  }
}

/** The options that differ from before, as the log keeps them; empty where none does. */
function changedOptions(before: ChannelOptions, after: ChannelOptions): string {
  const old = new Map(Object.entries(before))
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(old.get(name)) !== JSON.stringify(value),
  )
  // A sign-in name is told to have changed, and not what it is.
  return changed.map(([name, value]) => (name === 'operatorId' ? name : `${name}: ${String(value)}`)).join(', ')
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
    const { approvalLifeDays, holdMinutes } = policies
    ledger.audit.append({
      who: who.personId,
      action: 'policies.saved',
      subject: 'run',
      detail: { approvalLifeDays, holdMinutes },
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
