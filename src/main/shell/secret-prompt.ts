import type { SecretPrompt, SecretSubmit } from '../../contract/secret'
import { fail, ok, type Answer } from './answer'

/** A prompt is for the person who sits here now, not for whoever comes by later. */
export const PROMPT_LIFE_MS = 5 * 60 * 1000

export interface PromptWindow {
  readonly close: () => void
  readonly focus: () => void
  readonly onClosed: (listener: () => void) => void
}

type Purpose = SecretPrompt['purpose']
type SubmitFor<P extends Purpose> = Extract<SecretSubmit, { readonly purpose: P }>
type PromptFor<P extends Purpose> = Extract<SecretPrompt, { readonly purpose: P }>

export interface SecretPrompts {
  /**
   * Opens the secret window and answers what `act` made of the person's entry. On a problem of `act` the window stays
   * and shows it. Problems: busy-already (another prompt is open), cancelled, prompt-expired.
   */
  readonly ask: <P extends Purpose, T>(
    prompt: PromptFor<P>,
    act: (entry: SubmitFor<P>) => Promise<Answer<T>>,
  ) => Promise<Answer<T>>
  /** What the open window is for, null when none is open. */
  readonly describe: () => SecretPrompt | null
  /** Problems: those of the act, prompt-expired, busy-already, ipc-refused-input (an entry for another purpose). */
  readonly submit: (entry: SecretSubmit) => Promise<Answer<null>>
  readonly cancel: () => void
}

export interface SecretPromptsOptions {
  readonly openWindow: (prompt: SecretPrompt) => PromptWindow
  readonly nowMs: () => number
}

interface Open {
  readonly prompt: SecretPrompt
  readonly openedAtMs: number
  readonly window: PromptWindow
  readonly act: (entry: SecretSubmit) => Promise<Answer<unknown>>
  readonly end: (answer: Answer<unknown>) => void
  /** While the core is deciding, neither a closed window nor the clock may speak for it. */
  acting: boolean
  endAfterAct: Answer<never> | null
}

/** The life of the secret window: one prompt at a time, each ends in exactly one answer. */
export function createSecretPrompts({ openWindow, nowMs }: SecretPromptsOptions): SecretPrompts {
  let open: Open | null = null

  const finish = (which: Open, answer: Answer<unknown>): void => {
    if (open !== which) return
    open = null
    which.end(answer)
    which.window.close()
  }
  const leave = (which: Open, answer: Answer<never>): void => {
    if (which.acting) which.endAfterAct ??= answer
    else finish(which, answer)
  }

  return {
    ask: (prompt, act) => {
      if (open !== null) {
        open.window.focus()
        return Promise.resolve(fail('busy-already'))
      }
      return new Promise((resolve) => {
        const window = openWindow(prompt)
        const timer = setTimeout(() => leave(current, fail('prompt-expired')), PROMPT_LIFE_MS)
        const current: Open = {
          prompt,
          openedAtMs: nowMs(),
          window,
          // `submit` lets only entries of this prompt's purpose through, and `end` receives what this `act` answered.
          act: act as Open['act'],
          end: (answer) => {
            clearTimeout(timer)
            resolve(answer as Parameters<typeof resolve>[0])
          },
          acting: false,
          endAfterAct: null,
        }
        open = current
        window.onClosed(() => leave(current, fail('cancelled')))
      })
    },
    describe: () => open?.prompt ?? null,
    submit: async (entry) => {
      const current = open
      if (current === null) return fail('prompt-expired')
      if (current.acting) return fail('busy-already')
      if (entry.purpose !== current.prompt.purpose) return fail('ipc-refused-input')
      // Timers stand still while a computer sleeps; the wall clock does not.
      const ageMs = nowMs() - current.openedAtMs
      if (ageMs < 0 || ageMs > PROMPT_LIFE_MS) {
        finish(current, fail('prompt-expired'))
        return fail('prompt-expired')
      }
      current.acting = true
      let answer: Answer<unknown> | null = null
      try {
        answer = await current.act(entry)
      } finally {
        // A bug in the act must not leave the window locked, nor its caller without an answer.
        current.acting = false
        if (answer?.ok === true) finish(current, answer)
        else if (current.endAfterAct !== null) finish(current, current.endAfterAct)
      }
      return answer.ok ? ok(null) : answer
    },
    cancel: () => {
      if (open !== null) leave(open, fail('cancelled'))
    },
  }
}
