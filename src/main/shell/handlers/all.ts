import { CHANNEL_NAMES } from '../../../contract/names'
import type { CoreChannel } from '../../core/port'
import type { Handlers } from '../ipc/gate'
import { appHandlers } from './app'
import type { Desk, ShellHandlers } from './desk'
import { fileHandlers } from './files'
import { recoveryHandlers } from './recovery'
import { peopleHandlers } from './people'

/** A handler for every channel of the contract: the shell's own, and for all others the core as the page asked it. */
export function allHandlers(desk: Desk): Handlers {
  const own: ShellHandlers = {
    ...appHandlers(desk),
    ...peopleHandlers(desk),
    ...fileHandlers(desk),
    ...recoveryHandlers(desk),
  }

  const ask = async (channel: CoreChannel, input: unknown): Promise<unknown> => {
    const session = desk.session.id()
    // One name out of many cannot be matched with its own input by the compiler; the gate has checked it against the schema.
    const answer = await desk.core.command(channel, { session, input } as never)
    if (!answer.ok && answer.problem.code === 'sign-in-required' && session !== null) endSession(desk, session)
    return answer
  }
  const forwarded = Object.fromEntries(
    CHANNEL_NAMES.filter((channel) => !Object.hasOwn(own, channel)).map((channel) => [
      channel,
      (input: unknown) => ask(channel as CoreChannel, input),
    ]),
  )
  return { ...forwarded, ...own } as Handlers
}

/** The core knows this session no longer: the page must not go on showing a person. */
function endSession(desk: Desk, session: string): void {
  if (desk.session.id() !== session) return
  desk.session.close()
  desk.changed(['app'])
}
