import type { SecretPrompt } from '../../../contract/secret'
import { fail, ok, type Answer } from '../answer'
import { PRACTICE_PEOPLE } from '../practice-shop'
import type { Desk, ShellHandlers } from './desk'

type PeopleHandlers = Pick<
  ShellHandlers,
  'session.signIn' | 'session.signOut' | 'batch.approve' | 'settings.addPerson' | 'settings.enterKeys'
>

/** What every prompt of the secret window begins with. */
function frameOf(desk: Desk): Pick<SecretPrompt, 'language' | 'theme' | 'mode'> {
  const { language, theme } = desk.preferences.current()
  return { language, theme, mode: desk.mode }
}

/** The sample people's PINs stand in the practice shop's secret window, and nowhere else. */
function practicePinsFor(desk: Desk, people: readonly { readonly name: string }[]): { name: string; pin: string }[] {
  if (desk.mode !== 'practice') return []
  return PRACTICE_PEOPLE.filter(({ name }) => people.some((person) => person.name === name)).map(({ name, pin }) => ({
    name,
    pin,
  }))
}

/** Everything that goes through the secret window: who signs in, who approves, who is new, which keys hold. */
export function peopleHandlers(desk: Desk): PeopleHandlers {
  return {
    'session.signIn': async () => {
      const people = await desk.core.command('shell.people', null)
      if (!people.ok) return people
      if (people.value.length === 0) return fail('not-found')
      const prompt = {
        ...frameOf(desk),
        purpose: 'sign-in' as const,
        people: [...people.value],
        practicePins: practicePinsFor(desk, people.value),
      }
      const signedIn = await desk.prompts.ask(prompt, ({ personId, pin }) =>
        desk.core.command('shell.openSession', { personId, pin }),
      )
      if (!signedIn.ok) return signedIn
      const before = desk.session.id()
      desk.session.open(signedIn.value)
      if (before !== null) await desk.core.command('shell.closeSession', { session: before })
      desk.changed(['app'])
      return ok(signedIn.value.person)
    },

    'session.signOut': async () => {
      const session = desk.session.id()
      desk.session.close()
      desk.changed(['app'])
      if (session !== null) await desk.core.command('shell.closeSession', { session })
      return ok({})
    },

    'batch.approve': async ({ batchId }) => {
      const shown = await desk.core.command('shell.approvalDigest', { session: desk.session.id(), batchId })
      if (!shown.ok) return shown
      const { digest, checkers } = shown.value
      const prompt = {
        ...frameOf(desk),
        purpose: 'approve' as const,
        digest,
        checkers: [...checkers],
        practicePins: practicePinsFor(desk, checkers),
      }
      return desk.prompts.ask(prompt, async ({ personId, pin, contentHash }) => {
        // Only what this window showed can be signed in it.
        if (contentHash !== digest.contentHash) return fail('content-changed')
        return desk.core.command('shell.approve', { batchId, personId, pin, contentHash })
      })
    },

    'settings.addPerson': async ({ roles }) => {
      const people = await desk.core.command('shell.people', null)
      if (!people.ok) return people
      const first = people.value.length === 0
      const refused = first ? null : adminRefusal(desk)
      if (refused !== null) return refused
      const prompt = { ...frameOf(desk), purpose: 'add-person' as const, roles: [...roles], first }
      const added = await desk.prompts.ask(prompt, ({ name, pin }) =>
        desk.core.command('shell.addPerson', { session: desk.session.id(), name, pin, roles }),
      )
      if (added.ok) desk.changed(['app', 'settings'])
      return added
    },

    'settings.enterKeys': async ({ channelId }) => {
      // The practice PG has one pair of keys, and knows no other.
      if (desk.mode === 'practice') return fail('not-in-this-mode')
      const channel = await desk.core.command('shell.channelKeys', { channelId })
      if (!channel.ok) return channel
      const { name, keyNames } = channel.value
      const prompt = { ...frameOf(desk), purpose: 'enter-keys' as const, channelName: name, keyNames: [...keyNames] }
      const saved = await desk.prompts.ask(prompt, async ({ keys }): Promise<Answer<null>> => {
        const given = Object.keys(keys)
        if (given.length !== keyNames.length || !keyNames.every((key) => given.includes(key))) {
          return fail('ipc-refused-input')
        }
        const kept = desk.vault.saveChannelSecrets(channelId, keys)
        return kept.ok ? desk.core.command('shell.keysChanged', { session: desk.session.id(), channelId }) : kept
      })
      if (!saved.ok) return saved
      desk.changed(['settings'])
      const channels = await desk.core.command('settings.channels', { session: desk.session.id(), input: {} })
      if (!channels.ok) return channels
      const view = channels.value.find((one) => one.channelId === channelId)
      return view === undefined ? fail('not-found') : ok(view)
    },
  }
}

/** Its channel is open to everybody for the sake of the very first person; from the second on an admin adds people. */
function adminRefusal(desk: Desk): Answer<never> | null {
  const signedIn = desk.session.current()
  if (signedIn === null) return fail('sign-in-required')
  return signedIn.person.roles.includes('admin') ? null : fail('role-missing', { role: 'admin' })
}
