import { beforeEach, describe, expect, test, vi } from 'vitest'

/** Electron itself is not there in tests: what the shell hands to it is recorded, and called as Electron would. */
const electron = vi.hoisted(() => {
  const handlers: Record<string, (...given: never[]) => unknown> = {}
  const keep =
    (name: string) =>
    (...given: unknown[]): void => {
      const listener = given.at(-1)
      handlers[typeof given[0] === 'string' ? `${name} ${given[0]}` : name] = listener as never
    }
  return {
    handlers,
    app: { on: keep('app') },
    ipcMain: { handle: keep('ipc') },
    session: {
      defaultSession: {
        setPermissionRequestHandler: keep('permission request'),
        setPermissionCheckHandler: keep('permission check'),
        setDevicePermissionHandler: keep('device'),
        on: keep('session'),
        webRequest: { onBeforeRequest: keep('request') },
      },
    },
  }
})
vi.mock('electron', () => electron)

const { lockDown } = await import('../../../src/main/shell/permissions')
const { registerIpc } = await import('../../../src/main/shell/ipc/register')

const hand = (name: string): ((...given: unknown[]) => unknown) => {
  const handler = electron.handlers[name]
  if (handler === undefined) throw new Error(`nothing was set for ${name}`)
  return handler as never
}

beforeEach(() => {
  for (const name of Object.keys(electron.handlers)) delete electron.handlers[name]
})

describe('a page', () => {
  beforeEach(() => lockDown({ withDevTools: false }))

  test.each([
    ['clipboard-sanitized-write', true],
    ['clipboard-read', false],
    ['media', false],
    ['geolocation', false],
    ['notifications', false],
    ['openExternal', false],
    ['fullscreen', false],
    ['display-capture', false],
    ['unknown', false],
  ])('asking for %s gets %s', (permission, allowed) => {
    const answer = vi.fn()
    hand('permission request')(null, permission, answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith(allowed)
    expect(hand('permission check')(null, permission)).toBe(allowed)
  })

  test('gets no device and no download', () => {
    expect(hand('device')({})).toBe(false)
    const event = { preventDefault: vi.fn() }
    hand('session will-download')(event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  test('reaches its own files and nobody else', () => {
    const cancelled = (url: string): boolean => {
      const answer = vi.fn()
      hand('request')({ url }, answer)
      return answer.mock.calls[0]?.[0].cancel as boolean
    }
    expect(cancelled('app://refund/index.html')).toBe(false)
    expect(cancelled('https://example.com/')).toBe(true)
    expect(cancelled('devtools://devtools/x')).toBe(true)
  })

  test('goes nowhere and opens nothing', () => {
    const listeners: Record<string, (event: { preventDefault: () => void }) => void> = {}
    let open: () => unknown = () => null
    hand('app web-contents-created')(null, {
      on: (name: string, listener: never) => {
        listeners[name] = listener
      },
      setWindowOpenHandler: (handler: () => unknown) => {
        open = handler
      },
    })
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { preventDefault: vi.fn() }
      listeners[name]?.(event)
      expect(event.preventDefault, name).toHaveBeenCalledOnce()
    }
    expect(open()).toEqual({ action: 'deny' })
  })
})

describe('the ways in', () => {
  const frame = { origin: 'app://refund', url: 'app://refund/index.html' }
  const gate = { call: vi.fn(async () => 'called'), secret: vi.fn(async () => 'secret') }

  beforeEach(() => {
    vi.clearAllMocks()
    registerIpc(gate as never, (contents) => ((contents as unknown) === sender ? 'main' : null))
  })
  const sender = { mainFrame: frame }

  test('are two, and both pass the gate with what is known of the sender', async () => {
    expect(Object.keys(electron.handlers)).toEqual(['ipc refund-desk:call', 'ipc refund-desk:secret'])
    const known = { page: 'main', isMainFrame: true, origin: 'app://refund', address: 'app://refund/index.html' }
    await hand('ipc refund-desk:call')({ sender, senderFrame: frame }, 'app.state', { a: 1 })
    expect(gate.call).toHaveBeenCalledExactlyOnceWith(known, 'app.state', { a: 1 })
    await hand('ipc refund-desk:secret')({ sender, senderFrame: frame }, 'cancel', undefined)
    expect(gate.secret).toHaveBeenCalledExactlyOnceWith(known, 'cancel', undefined)
  })

  test('tell a frame inside a page, a frame that is gone, and a stranger from the page', async () => {
    const call = hand('ipc refund-desk:call')
    await call({ sender, senderFrame: { ...frame } }, 'app.state', {})
    await call({ sender, senderFrame: null }, 'app.state', {})
    await call({ sender: { mainFrame: frame }, senderFrame: frame }, 'app.state', {})
    expect(gate.call.mock.calls.map(([known]: unknown[]) => known)).toEqual([
      { page: 'main', isMainFrame: false, origin: 'app://refund', address: 'app://refund/index.html' },
      { page: 'main', isMainFrame: false, origin: '', address: '' },
      { page: null, isMainFrame: true, origin: 'app://refund', address: 'app://refund/index.html' },
    ])
  })
})
