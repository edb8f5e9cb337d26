import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { CHANNELS } from '../../src/contract/channels'
import { EVENTS } from '../../src/contract/events'

const electron = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  listeners: [] as ((event: unknown, name: string, payload: unknown) => void)[],
  invoke: vi.fn(async (..._given: unknown[]) => 'answered'),
}))
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => {
      electron.exposed[name] = api
    },
  },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (_channel: string, listener: never) => electron.listeners.push(listener),
    off: (_channel: string, listener: never) => {
      electron.listeners.splice(electron.listeners.indexOf(listener), 1)
    },
  },
}))

interface Exposed {
  readonly call: Readonly<Record<string, (input: unknown, ...more: unknown[]) => Promise<unknown>>>
  readonly on: Readonly<Record<string, (listener: (...heard: unknown[]) => void) => () => void>>
}
let page: Exposed
let secret: Readonly<Record<string, (input?: unknown) => Promise<unknown>>>

beforeAll(async () => {
  await import('../../src/preload/index')
  await import('../../src/preload/secret')
  page = electron.exposed['refundDesk'] as Exposed
  secret = electron.exposed['refundDeskSecret'] as typeof secret
})
beforeEach(() => {
  electron.invoke.mockClear()
})

describe('the page’s bridge', () => {
  test('has a function for each channel and each event of the contract, and nothing else', () => {
    expect(Object.keys(electron.exposed)).toEqual(['refundDesk', 'refundDeskSecret'])
    expect(Object.keys(page)).toEqual(['call', 'on'])
    expect(Object.keys(page.call).toSorted()).toEqual(Object.keys(CHANNELS).toSorted())
    expect(Object.keys(page.on).toSorted()).toEqual(Object.keys(EVENTS).toSorted())
  })

  test('calls its own channel with one input, whatever else it is given', async () => {
    for (const [channel, call] of Object.entries(page.call)) {
      electron.invoke.mockClear()
      expect(await call({ a: 1 }, 'batch.approve', 'more')).toBe('answered')
      expect(electron.invoke).toHaveBeenCalledExactlyOnceWith('refund-desk:call', channel, { a: 1 })
    }
  })

  test('hears the payload of its event without Electron’s own, until it stops', () => {
    const heard = vi.fn()
    const stop = page.on['run']?.(heard)
    const say = (name: string, payload: unknown): void => {
      for (const listener of electron.listeners) listener({ sender: 'electron' }, name, payload)
    }
    say('run', { state: 'idle' })
    say('changed', { topics: [] })
    expect(heard.mock.calls).toEqual([[{ state: 'idle' }]])
    stop?.()
    say('run', { state: 'running' })
    expect(heard).toHaveBeenCalledOnce()
    expect(electron.listeners).toEqual([])
  })
})

test('the secret window’s bridge has its three acts', async () => {
  expect(Object.keys(secret)).toEqual(['describe', 'submit', 'cancel'])
  await secret['describe']?.()
  await secret['submit']?.({ purpose: 'sign-in' })
  expect(await secret['cancel']?.()).toBeUndefined()
  expect(electron.invoke.mock.calls).toEqual([
    ['refund-desk:secret', 'describe', undefined],
    ['refund-desk:secret', 'submit', { purpose: 'sign-in' }],
    ['refund-desk:secret', 'cancel', undefined],
  ])
})
