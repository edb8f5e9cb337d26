import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SecretSubmitSchema, type SecretPrompt, type SecretSubmit } from '../../../src/contract/secret'
import { fail, ok, type Answer } from '../../../src/main/shell/answer'
import { createSecretPrompts, PROMPT_LIFE_MS, type SecretPrompts } from '../../../src/main/shell/secret-prompt'

const prompt: Extract<SecretPrompt, { purpose: 'sign-in' }> = {
  purpose: 'sign-in',
  language: 'ko',
  theme: 'light',
  mode: 'practice',
  people: [],
  practicePins: [],
}
const entry = v.parse(SecretSubmitSchema, { purpose: 'sign-in', personId: 'p1', pin: '1111' })
const otherEntry: SecretSubmit = v.parse(SecretSubmitSchema, { purpose: 'add-person', name: '김', pin: '1111' })

interface Window {
  closed: boolean
  focused: number
  closeByHand: () => void
}
let windows: Window[] = []
let prompts: SecretPrompts

beforeEach(() => {
  vi.useFakeTimers()
  windows = []
  prompts = createSecretPrompts({
    nowMs: Date.now,
    openWindow: () => {
      const listeners: (() => void)[] = []
      const window: Window = { closed: false, focused: 0, closeByHand: () => undefined }
      const close = (): void => {
        if (window.closed) return
        window.closed = true
        for (const listener of listeners) listener()
      }
      window.closeByHand = close
      windows.push(window)
      return {
        close,
        focus: () => {
          window.focused += 1
        },
        onClosed: (listener) => void listeners.push(listener),
      }
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An act that answers when the test says so. */
function slowAct(): { act: () => Promise<Answer<string>>; answer: (answer: Answer<string>) => void } {
  let settle: (answer: Answer<string>) => void = () => undefined
  const done = new Promise<Answer<string>>((resolve) => {
    settle = resolve
  })
  return { act: () => done, answer: (answer) => settle(answer) }
}

describe('a prompt', () => {
  test('ends with what the act made of the entry, and its window closes', async () => {
    const asked = prompts.ask(prompt, async ({ pin }) => ok(`read ${pin}`))
    expect(prompts.describe()).toBe(prompt)
    expect(await prompts.submit(entry)).toEqual({ ok: true, value: null })
    expect(await asked).toEqual({ ok: true, value: 'read 1111' })
    expect(windows[0]?.closed).toBe(true)
    expect(prompts.describe()).toBeNull()
  })

  test('stays open on a problem, and the next entry may be right', async () => {
    const answers: Answer<string>[] = [fail('pin-wrong'), ok('in')]
    const asked = prompts.ask(prompt, async () => answers.shift() ?? fail('unexpected'))
    expect(await prompts.submit(entry)).toEqual(fail('pin-wrong'))
    expect(windows[0]?.closed).toBe(false)
    await prompts.submit(entry)
    expect(await asked).toEqual(ok('in'))
  })

  test('is the only one: a second is refused and the first comes to the front', async () => {
    void prompts.ask(prompt, async () => ok(''))
    expect(await prompts.ask(prompt, async () => ok(''))).toEqual(fail('busy-already'))
    expect(windows).toHaveLength(1)
    expect(windows[0]?.focused).toBe(1)
  })

  test('takes no entry for another purpose, and no entry when none is open', async () => {
    expect(await prompts.submit(entry)).toEqual(fail('prompt-expired'))
    const act = vi.fn(async () => ok(''))
    void prompts.ask(prompt, act)
    expect(await prompts.submit(otherEntry)).toEqual(fail('ipc-refused-input'))
    expect(act).not.toHaveBeenCalled()
  })

  test.each(['cancelled', 'closed by hand'])('that is %s ends as cancelled, and another may follow', async (how) => {
    const asked = prompts.ask(prompt, async () => ok(''))
    if (how === 'cancelled') prompts.cancel()
    else windows[0]?.closeByHand()
    expect(await asked).toEqual(fail('cancelled'))
    expect(windows[0]?.closed).toBe(true)
    void prompts.ask(prompt, async () => ok(''))
    expect(windows).toHaveLength(2)
  })
})

describe('the five minutes of a prompt', () => {
  test('end it, and not a moment earlier', async () => {
    const asked = prompts.ask(prompt, async () => ok(''))
    await vi.advanceTimersByTimeAsync(PROMPT_LIFE_MS - 1)
    expect(windows[0]?.closed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await asked).toEqual(fail('prompt-expired'))
    expect(windows[0]?.closed).toBe(true)
  })

  test('count while the computer sleeps, when no timer runs', async () => {
    const act = vi.fn(async () => ok(''))
    const asked = prompts.ask(prompt, act)
    vi.setSystemTime(Date.now() + PROMPT_LIFE_MS + 1)
    expect(await prompts.submit(entry)).toEqual(fail('prompt-expired'))
    expect(await asked).toEqual(fail('prompt-expired'))
    expect(act).not.toHaveBeenCalled()
  })

  test('are not lengthened by a clock that was turned back', async () => {
    const asked = prompts.ask(prompt, async () => ok(''))
    vi.setSystemTime(Date.now() - 1)
    expect(await prompts.submit(entry)).toEqual(fail('prompt-expired'))
    expect(await asked).toEqual(fail('prompt-expired'))
  })
})

describe('while the core is deciding', () => {
  test.each(['closed', 'expired', 'cancelled'])('a window that is %s cannot hide that it was done', async (how) => {
    const slow = slowAct()
    const asked = prompts.ask(prompt, slow.act)
    const submitted = prompts.submit(entry)
    if (how === 'closed') windows[0]?.closeByHand()
    if (how === 'cancelled') prompts.cancel()
    if (how === 'expired') await vi.advanceTimersByTimeAsync(PROMPT_LIFE_MS)
    slow.answer(ok('approved'))
    expect(await submitted).toEqual(ok(null))
    expect(await asked).toEqual(ok('approved'))
  })

  test('a window that was closed ends as cancelled when it was not done', async () => {
    const slow = slowAct()
    const asked = prompts.ask(prompt, slow.act)
    const submitted = prompts.submit(entry)
    windows[0]?.closeByHand()
    slow.answer(fail('pin-wrong'))
    expect(await submitted).toEqual(fail('pin-wrong'))
    expect(await asked).toEqual(fail('cancelled'))
  })

  test('a second entry is refused', async () => {
    const slow = slowAct()
    void prompts.ask(prompt, slow.act)
    void prompts.submit(entry)
    expect(await prompts.submit(entry)).toEqual(fail('busy-already'))
    slow.answer(ok(''))
  })

  test('a bug leaves the window usable', async () => {
    let calls = 0
    const asked = prompts.ask(prompt, async () => {
      calls += 1
      if (calls === 1) throw new Error('a bug')
      return ok('in')
    })
    await expect(prompts.submit(entry)).rejects.toThrow('a bug')
    await prompts.submit(entry)
    expect(await asked).toEqual(ok('in'))
  })
})
