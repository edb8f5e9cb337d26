import { describe, expect, test, vi } from 'vitest'
import type { RunState } from '../../../src/contract/views'
import { createQuit, STOP_BOUND_MS } from '../../../src/main/shell/quit'

const runState = (state: RunState['state']): RunState => ({ state }) as RunState

function open(state: RunState['state'] | null, saysYes = true) {
  const asks = vi.fn(async () => saysYes)
  const stop = vi.fn(async () => undefined)
  const exit = vi.fn()
  const quit = createQuit({ run: () => (state === null ? null : runState(state)), asks, stop, exit })
  return { quit, asks, stop, exit }
}

describe('leaving the program', () => {
  test.each([null, 'idle', 'paused'] as const)('asks nothing when the run is %s', async (state) => {
    const { quit, asks } = open(state)
    expect(await quit.mayQuit()).toBe(true)
    expect(asks).not.toHaveBeenCalled()
  })

  test.each(['running', 'waiting-for-pg'] as const)('asks when the run is %s, and the answer holds', async (state) => {
    expect(await open(state, true).quit.mayQuit()).toBe(true)
    expect(await open(state, false).quit.mayQuit()).toBe(false)
  })

  test('asks once however often the window is closed', async () => {
    const { quit, asks } = open('running')
    await Promise.all([quit.mayQuit(), quit.mayQuit()])
    expect(asks).toHaveBeenCalledTimes(1)
  })

  test('stops in order within its bound, then exits, once', async () => {
    const { quit, stop, exit } = open('running')
    quit.end()
    quit.end()
    await vi.waitFor(() => expect(exit).toHaveBeenCalled())
    expect(stop).toHaveBeenCalledExactlyOnceWith(STOP_BOUND_MS)
    expect(exit).toHaveBeenCalledExactlyOnceWith(false)
    expect(await quit.mayQuit()).toBe(true)
  })

  test('starts anew when that was asked for, also while it is ending', async () => {
    const { quit, exit } = open(null)
    quit.end()
    quit.end(true)
    await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(true))
  })

  test('exits even when stopping fails', async () => {
    const exit = vi.fn()
    createQuit({
      run: () => null,
      asks: async () => true,
      stop: async () => Promise.reject(new Error('x')),
      exit,
    }).end()
    await vi.waitFor(() => expect(exit).toHaveBeenCalledOnce())
  })
})
