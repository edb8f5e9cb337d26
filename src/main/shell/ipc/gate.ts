import * as v from 'valibot'
import {
  CHANNELS,
  type Channel,
  type ChannelInput,
  type ChannelOutput,
  type SessionNeed,
} from '../../../contract/channels'
import { SecretSubmitSchema, type SecretAct, type SecretPrompt } from '../../../contract/secret'
import type { PersonView } from '../../../contract/views'
import { assertNever, fail, type Answer } from '../answer'
import type { SecretPrompts } from '../secret-prompt'
import { PAGE_ORIGIN } from '../served-files'

export type PageKind = 'main' | 'secret'

/** What is known of the sender of a call. */
export interface Sender {
  /** Which of our windows these web contents belong to, null for a stranger. */
  readonly page: PageKind | null
  readonly isMainFrame: boolean
  /** Origin and address of the frame, empty where the frame is gone. */
  readonly origin: string
  readonly address: string
}

const ADDRESS: Readonly<Record<PageKind, string>> = {
  main: `${PAGE_ORIGIN}/index.html`,
  secret: `${PAGE_ORIGIN}/secret.html`,
}

/** Whether the call comes from the main frame of the right window, showing the right page of ours. */
export function isTrusted(sender: Sender, page: PageKind): boolean {
  return (
    sender.page === page &&
    sender.isMainFrame &&
    sender.origin === PAGE_ORIGIN &&
    sender.address.replace(/[?#].*$/s, '') === ADDRESS[page]
  )
}

/** One function for each channel; the shell's own, or a command of the core. */
export type Handlers = { readonly [C in Channel]: (input: ChannelInput<C>) => Promise<Answer<ChannelOutput<C>>> }

export interface GateOptions {
  readonly handlers: Handlers
  /** Who is signed in at the page. */
  readonly person: () => PersonView | null
  readonly prompts: SecretPrompts
  /** Unpackaged builds look at answers as well: a wrong one is our own mistake, and costs time to look for. */
  readonly checkOutput: boolean
  /** Writes an unexpected error to the log and answers its short id. */
  readonly report: (where: string, error: unknown) => string
}

export interface Gate {
  /** A call of the main page. Always answers; problems: ipc-refused-sender, ipc-refused-input, sign-in-required, role-missing, unexpected. */
  readonly call: (sender: Sender, channel: unknown, input: unknown) => Promise<Answer<unknown>>
  /** An act of the secret window. Throws on a stranger, since `describe` and `cancel` have no place for a problem. */
  readonly secret: (sender: Sender, act: unknown, input: unknown) => Promise<SecretPrompt | Answer<null> | null>
}

/** The one way in: known sender and main frame, known channel, input of the right shape, session, and only then the handler. */
export function createGate(options: GateOptions): Gate {
  return {
    call: async (sender, channel, input) => {
      if (!isTrusted(sender, 'main')) return fail('ipc-refused-sender')
      if (!isChannel(channel)) return fail('ipc-refused-input')
      const read = v.safeParse(CHANNELS[channel].input, input)
      if (!read.success) return fail('ipc-refused-input')
      const refused = refusalOf(CHANNELS[channel].session, options.person())
      if (refused !== null) return refused
      try {
        // The map of handlers has the channel's own types; a union of them cannot be called with a union of inputs.
        const handle = options.handlers[channel] as (input: unknown) => Promise<Answer<unknown>>
        const answer = await handle(read.output)
        if (options.checkOutput && answer.ok) v.parse(CHANNELS[channel].output, answer.value)
        return answer
      } catch (error) {
        return fail('unexpected', { id: options.report(channel, error) })
      }
    },
    secret: async (sender, act, input) => {
      if (!isTrusted(sender, 'secret')) throw new Error('ipc-refused-sender')
      if (!isSecretAct(act)) throw new Error('ipc-refused-input')
      switch (act) {
        case 'describe': {
          const prompt = options.prompts.describe()
          if (prompt === null) throw new Error('prompt-expired')
          return prompt
        }
        case 'submit': {
          const read = v.safeParse(SecretSubmitSchema, input)
          if (!read.success) return fail('ipc-refused-input')
          try {
            return await options.prompts.submit(read.output)
          } catch (error) {
            return fail('unexpected', { id: options.report(`secret ${read.output.purpose}`, error) })
          }
        }
        case 'cancel':
          options.prompts.cancel()
          return null
        default:
          return assertNever(act)
      }
    },
  }
}

function isChannel(name: unknown): name is Channel {
  return typeof name === 'string' && Object.hasOwn(CHANNELS, name)
}

function isSecretAct(name: unknown): name is SecretAct {
  return name === 'describe' || name === 'submit' || name === 'cancel'
}

/** The core checks roles once more; here a refusal costs nothing and names what is missing. */
function refusalOf(need: SessionNeed, person: PersonView | null): Answer<never> | null {
  if (need === 'none') return null
  if (person === null) return fail('sign-in-required')
  if (need === 'signed-in' || person.roles.includes(need)) return null
  return fail('role-missing', { role: need })
}
