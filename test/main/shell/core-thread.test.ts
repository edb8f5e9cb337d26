import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CoreStart } from '../../../src/main/core/port'
import { createCoreThread, type CoreThread } from '../../../src/main/shell/core-thread'
import { everyPg } from '../../support/pg-places'

/** A real thread that speaks the port's messages; what it does with them is told by each test. */
const THREAD = `
import { parentPort } from 'node:worker_threads'
const say = (message) => parentPort.postMessage(message)
const respond = (id, value) => say({ kind: 'response', id, result: { ok: true, value } })
let mode = ''
parentPort.on('message', (message) => {
  if (message.kind === 'start') {
    mode = message.start.mode
    BEHAVIOUR_AT_START
  }
  if (message.kind === 'answer') say(message.result.ok && message.result.value.length === 32
    ? { kind: 'ready' }
    : { kind: 'refused', problem: { code: 'ledger-key-wrong' }, offer: OFFER })
  if (message.kind === 'restore') say({ kind: 'restored', result: { ok: true, value: null } })
  if (message.kind === 'command') {
    if (message.command === 'shell.people') respond(message.id, [{ mode, input: message.input }])
    if (message.command === 'run.pause') throw new Error('a bug in the core')
    if (message.command === 'run.resume') process.exit(3)
    if (message.command === 'run.state') say({ kind: 'event', name: 'changed', payload: { topics: ['run'] } })
    if (message.command === 'shell.stop') BEHAVIOUR_AT_STOP
  }
})
`
const start: CoreStart = {
  mode: 'practice',
  ledgerFile: '/ledger.db',
  dataFolder: '/',
  pgOrigins: everyPg(null),
  proxies: everyPg(null),
  practiceChannels: [],
  clockMs: null,
  practicePeople: [],
}

let folder = ''
let deaths: unknown[] = []
let threads: CoreThread[] = []

function open(
  behaviour: { atStart?: string; atStop?: string; offer?: string; key?: Uint8Array; startTimeoutMs?: number } = {},
): CoreThread {
  const {
    atStart = "say({ kind: 'ask', id: 1, ask: 'masterKey', input: null })",
    atStop = 'respond(message.id, null)',
  } = behaviour
  const file = join(folder, `thread-${threads.length}.mjs`)
  writeFileSync(
    file,
    THREAD.replace('OFFER', behaviour.offer ?? 'null')
      .replace('BEHAVIOUR_AT_START', atStart)
      .replace('BEHAVIOUR_AT_STOP', atStop),
  )
  const thread = createCoreThread({
    file,
    answers: {
      masterKey: () => ({ ok: true, value: behaviour.key ?? new Uint8Array(32) }),
      channelSecrets: () => ({ ok: true, value: null }),
    },
    onDeath: (error) => deaths.push(error),
    startTimeoutMs: behaviour.startTimeoutMs ?? 5000,
  })
  threads.push(thread)
  return thread
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'core-thread-'))
  deaths = []
  threads = []
})
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.stop(0)))
  rmSync(folder, { recursive: true, force: true })
})

describe('the core’s thread', () => {
  test('gets its key when it asks, is ready, and answers what was asked before', async () => {
    const core = open()
    const early = core.command('shell.people', null)
    expect(await core.start(start)).toEqual({ ok: true, value: null })
    expect(await early).toEqual({ ok: true, value: [{ mode: 'practice', input: null }] })
    expect(deaths).toEqual([])
  })

  test('that refuses its ledger hands on the backup that could take its place, and restores it when asked', async () => {
    const backup = { name: 'ledger-2026-11-21.db', sizeBytes: 1, atMs: 2 }
    const core = open({ key: new Uint8Array(1), offer: JSON.stringify(backup) })
    expect(core.offer()).toBeNull()
    expect(await core.start(start)).toEqual({ ok: false, problem: { code: 'ledger-key-wrong' } })
    expect(core.offer()).toEqual(backup)
    expect(await core.restoreOffer()).toEqual({ ok: true, value: null })
    const without = open({ key: new Uint8Array(1) })
    await without.start(start)
    expect(without.offer()).toBeNull()
    expect(await without.restoreOffer()).toEqual({ ok: false, problem: { code: 'not-found' } })
  })

  test('keeps many calls apart', async () => {
    const core = open()
    await core.start(start)
    const answers = await Promise.all(Array.from({ length: 50 }, () => core.command('shell.people', null)))
    expect(answers.every((answer) => answer.ok)).toBe(true)
  })

  test('pushes its events', async () => {
    const core = open()
    const heard = new Promise((resolve) => {
      core.onEvent((name, payload) => resolve([name, payload]))
    })
    await core.start(start)
    void core.command('run.state', { session: null, input: {} })
    expect(await heard).toEqual(['changed', { topics: ['run'] }])
  })

  test('that refuses its ledger says why, at the start and to every call', async () => {
    const core = open({ key: new Uint8Array(5) })
    const early = core.command('shell.people', null)
    const refused = { ok: false, problem: { code: 'ledger-key-wrong' } }
    expect(await core.start(start)).toEqual(refused)
    expect(await early).toEqual(refused)
    expect(await core.command('shell.people', null)).toEqual(refused)
    expect(deaths).toEqual([])
  })
})

describe('a thread that dies', () => {
  const stopped = { ok: false, problem: { code: 'core-stopped' } }

  test.each([
    ['by an error', 'run.pause'],
    ['by itself', 'run.resume'],
  ] as const)('%s answers every open call, and is told once', async (_how, command) => {
    const core = open()
    await core.start(start)
    const open1 = core.command('run.state', { session: null, input: {} })
    expect(await core.command(command, { session: null, input: {} })).toEqual(stopped)
    expect(await open1).toEqual(stopped)
    expect(await core.command('shell.people', null)).toEqual(stopped)
    expect(deaths).toHaveLength(1)
  })

  test('while it loads lets the start fail', async () => {
    const core = open({ atStart: "throw new Error('no')" })
    expect(await core.start(start)).toEqual(stopped)
    expect(deaths).toHaveLength(1)
  })

  test('in silence is given up after its time', async () => {
    const core = open({ atStart: '', startTimeoutMs: 100 })
    expect(await core.start(start)).toEqual(stopped)
    expect(await core.command('shell.people', null)).toEqual(stopped)
    expect(deaths).toHaveLength(1)
  })

  test('and has no file is told as well', async () => {
    const core = createCoreThread({
      file: join(folder, 'missing.mjs'),
      answers: {
        masterKey: () => ({ ok: true, value: new Uint8Array(32) }),
        channelSecrets: () => ({ ok: true, value: null }),
      },
      onDeath: (error) => deaths.push(error),
    })
    expect(await core.start(start)).toEqual(stopped)
    expect(deaths).toHaveLength(1)
  })
})

describe('the end of the thread', () => {
  test('waits for the core’s own stop, then every call is answered', async () => {
    const core = open()
    await core.start(start)
    const waiting = core.command('run.state', { session: null, input: {} })
    await core.stop(5000)
    expect(await waiting).toEqual({ ok: false, problem: { code: 'core-stopped' } })
    expect(deaths).toEqual([])
  })

  test('does not wait for ever', async () => {
    const core = open({ atStop: '{}' })
    await core.start(start)
    const before = performance.now()
    await core.stop(150)
    expect(performance.now() - before).toBeLessThan(3000)
    expect(performance.now() - before).toBeGreaterThan(140)
    expect(deaths).toEqual([])
  })

  test('comes at once when it never started', async () => {
    const core = open()
    await core.stop(60_000)
    expect(await core.command('shell.people', null)).toEqual({ ok: false, problem: { code: 'core-stopped' } })
    expect(deaths).toEqual([])
  })
})
