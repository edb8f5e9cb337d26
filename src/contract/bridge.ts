import type { Problem } from '../domain/problem'
import type { Result } from '../domain/result'
import type { Channel, ChannelInput, ChannelOutput } from './channels'
import type { EventName, EventPayload } from './events'
import type { SecretPrompt, SecretSubmit } from './secret'

/** `window.refundDesk` of the page: a fixed list of functions, one for each channel, and one for each event. */
export type RefundDeskBridge = {
  readonly call: { readonly [C in Channel]: (input: ChannelInput<C>) => Promise<Result<ChannelOutput<C>, Problem>> }
  /** Answers the function that ends the subscription. */
  readonly on: { readonly [E in EventName]: (listener: (payload: EventPayload<E>) => void) => () => void }
}

/** `window.refundDeskSecret` of the secret window. */
export interface SecretBridge {
  readonly describe: () => Promise<SecretPrompt>
  readonly submit: (input: SecretSubmit) => Promise<Result<null, Problem>>
  readonly cancel: () => Promise<void>
}
