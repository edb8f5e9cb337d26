import fc from 'fast-check'
import * as v from 'valibot'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CHANNELS, type Channel } from '../../../../src/contract/channels'
import { CHANNEL_NAMES } from '../../../../src/contract/names'
import { PersonViewSchema, ROLES, type PersonView, type Role } from '../../../../src/contract/views'
import { fail, ok, type Answer } from '../../../../src/main/shell/answer'
import { createGate, isTrusted, type Gate, type Handlers, type Sender } from '../../../../src/main/shell/ipc/gate'
import { SAMPLE_INPUTS } from './sample-inputs'

const main: Sender = {
  page: 'main',
  isMainFrame: true,
  origin: 'app://refund',
  address: 'app://refund/index.html',
}
const secret: Sender = { ...main, page: 'secret', address: 'app://refund/secret.html' }

const strangers: readonly (readonly [string, Sender])[] = [
  ['an unknown window', { ...main, page: null }],
  ['a frame inside the page', { ...main, isMainFrame: false }],
  ['another origin', { ...main, origin: 'https://evil.example' }],
  ['a frame that is gone', { ...main, origin: '', address: '' }],
  ['another page of ours', { ...main, address: 'app://refund/secret.html' }],
  ['a page that only begins like ours', { ...main, address: 'app://refund/index.html.evil' }],
  ['another scheme', { ...main, origin: 'file://', address: 'file:///index.html' }],
  ['an opaque origin', { ...main, origin: 'null' }],
]

const someone = (roles: readonly Role[]): PersonView =>
  v.parse(PersonViewSchema, { personId: 'p1', name: '김담당', roles: [...roles] })

let called: [string, unknown][] = []
let person: PersonView | null = null
let answer: (channel: Channel) => Promise<Answer<unknown>> = async () => ok({})
const report = vi.fn(() => 'A1B2C3')
const prompts = {
  ask: vi.fn(),
  describe: vi.fn((): never | null => null),
  submit: vi.fn(async () => ok(null)),
  cancel: vi.fn(),
}

function gate(checkOutput = false): Gate {
  const handlers = Object.fromEntries(
    CHANNEL_NAMES.map((channel) => [
      channel,
      (input: unknown) => {
        called.push([channel, input])
        return answer(channel)
      },
    ]),
  ) as unknown as Handlers
  return createGate({ handlers, person: () => person, prompts, checkOutput, report })
}

beforeEach(() => {
  called = []
  person = someone(ROLES)
  answer = async () => ok({})
  vi.clearAllMocks()
})

describe('the sender', () => {
  test('is trusted at its own page, with any fragment or query', () => {
    expect(isTrusted(main, 'main')).toBe(true)
    expect(isTrusted({ ...main, address: 'app://refund/index.html?x#y' }, 'main')).toBe(true)
    expect(isTrusted(secret, 'secret')).toBe(true)
    expect(isTrusted(secret, 'main')).toBe(false)
    expect(isTrusted(main, 'secret')).toBe(false)
  })

  test.each(strangers)('is refused on every channel when it is %s', async (_who, sender) => {
    const refusing = gate()
    for (const channel of CHANNEL_NAMES) {
      expect(await refusing.call(sender, channel, SAMPLE_INPUTS[channel])).toEqual(fail('ipc-refused-sender'))
    }
    expect(called).toEqual([])
  })

  test('may not be the secret window on the page’s channels, nor the page at the secret window’s', async () => {
    expect(await gate().call(secret, 'app.state', {})).toEqual(fail('ipc-refused-sender'))
    for (const act of ['describe', 'submit', 'cancel']) {
      await expect(gate().secret(main, act, {})).rejects.toThrow('ipc-refused-sender')
    }
    expect(prompts.submit).not.toHaveBeenCalled()
    expect(prompts.cancel).not.toHaveBeenCalled()
  })
})

describe('every channel', () => {
  test.each(CHANNEL_NAMES)('%s takes its input to its handler', async (channel) => {
    expect(await gate().call(main, channel, SAMPLE_INPUTS[channel])).toEqual(ok({}))
    expect(called).toEqual([[channel, SAMPLE_INPUTS[channel]]])
  })

  test.each(CHANNEL_NAMES)('%s refuses what is not its input', async (channel) => {
    const open = gate()
    const wrong = [
      undefined,
      null,
      7,
      'x',
      ['x'],
      { ...(SAMPLE_INPUTS[channel] as object), extra: 1 },
      ...Object.keys(SAMPLE_INPUTS[channel] as object).map((key) => ({
        ...(SAMPLE_INPUTS[channel] as object),
        [key]: { $ne: null },
      })),
    ]
    for (const input of wrong) expect(await open.call(main, channel, input)).toEqual(fail('ipc-refused-input'))
    expect(called).toEqual([])
  })

  test.each(CHANNEL_NAMES)('%s asks for its session', async (channel) => {
    const need = CHANNELS[channel].session
    const call = (): Promise<Answer<unknown>> => gate().call(main, channel, SAMPLE_INPUTS[channel])
    person = null
    expect(await call()).toEqual(need === 'none' ? ok({}) : fail('sign-in-required'))
    person = someone([])
    expect(await call()).toEqual(
      need === 'none' || need === 'signed-in' ? ok({}) : fail('role-missing', { role: need }),
    )
    if (need === 'none' || need === 'signed-in') return
    person = someone(ROLES.filter((role) => role !== need))
    expect(await call()).toEqual(fail('role-missing', { role: need }))
    person = someone([need])
    expect(await call()).toEqual(ok({}))
  })

  test('that is none is refused, also names that every object has', async () => {
    for (const channel of [
      'batch.approve2',
      '',
      'toString',
      '__proto__',
      'constructor',
      'shell.approve',
      'shell.stop',
      null,
      7,
      {},
    ]) {
      expect(await gate().call(main, channel, {})).toEqual(fail('ipc-refused-input'))
    }
    expect(called).toEqual([])
  })

  test('survives whatever a compromised page sends, and always answers a problem', async () => {
    const open = gate()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CHANNEL_NAMES), fc.anything(), async (channel, input) => {
        const result = await open.call(main, channel, input)
        expect(result.ok || result.problem.code === 'ipc-refused-input').toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('does not pass on what is too large', async () => {
    const open = gate()
    const tooMany = { ...(SAMPLE_INPUTS['import.rows'] as object), limit: 501 }
    expect(await open.call(main, 'import.rows', tooMany)).toEqual(fail('ipc-refused-input'))
    const bytes = new Uint8Array(50 * 1024 * 1024 + 1)
    expect(await open.call(main, 'import.dropFile', { name: 'a', bytes })).toEqual(fail('ipc-refused-input'))
    expect(called).toEqual([])
  })
})

describe('an answer', () => {
  test('of trouble goes to the page as it is', async () => {
    answer = async () => fail('batch-empty')
    expect(await gate(true).call(main, 'batch.get', SAMPLE_INPUTS['batch.get'])).toEqual(fail('batch-empty'))
    expect(report).not.toHaveBeenCalled()
  })

  test('of a bug is a number, and the reason stays in the log', async () => {
    const bug = new Error('account 56211000123456')
    answer = async () => Promise.reject(bug)
    expect(await gate().call(main, 'run.state', {})).toEqual(fail('unexpected', { id: 'A1B2C3' }))
    answer = () => {
      throw bug
    }
    expect(await gate().call(main, 'run.state', {})).toEqual(fail('unexpected', { id: 'A1B2C3' }))
    expect(report).toHaveBeenCalledWith('run.state', bug)
  })

  test('of the wrong shape is found in unpackaged builds', async () => {
    answer = async () => ok({ state: 'running' })
    expect(await gate(true).call(main, 'run.state', {})).toMatchObject(fail('unexpected', { id: 'A1B2C3' }))
    expect((await gate(false).call(main, 'run.state', {})).ok).toBe(true)
  })
})

describe('the secret window', () => {
  const entry = { purpose: 'sign-in', personId: 'p1', pin: '1111' }

  test('submits an entry of the right shape, and nothing else', async () => {
    expect(await gate().secret(secret, 'submit', entry)).toEqual(ok(null))
    for (const wrong of [undefined, {}, { ...entry, extra: 1 }, { ...entry, pin: '' }, { ...entry, purpose: 'live' }]) {
      expect(await gate().secret(secret, 'submit', wrong)).toEqual(fail('ipc-refused-input'))
    }
    expect(prompts.submit).toHaveBeenCalledExactlyOnceWith(entry)
  })

  test('cancels', async () => {
    expect(await gate().secret(secret, 'cancel', undefined)).toBeNull()
    expect(prompts.cancel).toHaveBeenCalledOnce()
  })

  test('hears that its prompt is over, and rejects an unknown act', async () => {
    await expect(gate().secret(secret, 'describe', undefined)).rejects.toThrow('prompt-expired')
    await expect(gate().secret(secret, 'ask', undefined)).rejects.toThrow('ipc-refused-input')
  })

  test('hears a number when a bug was met', async () => {
    prompts.submit.mockRejectedValueOnce(new Error('1111'))
    expect(await gate().secret(secret, 'submit', entry)).toEqual(fail('unexpected', { id: 'A1B2C3' }))
    expect(report).toHaveBeenCalledWith('secret sign-in', expect.any(Error))
  })
})
