import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPracticePg, type ChildProcess, type PracticePg } from '../../../src/main/shell/practice-pg'

/** Stands in for Electron's utility process; the test says what it says and when it ends. */
class FakeChild implements ChildProcess {
  private readonly messages: ((message: unknown) => void)[] = []
  private readonly exits: ((code: number) => void)[] = []
  killed = false
  readonly args: readonly string[]
  constructor(args: readonly string[]) {
    this.args = args
  }
  onMessage = (listener: (message: unknown) => void): void => void this.messages.push(listener)
  onExit = (listener: (code: number) => void): void => void this.exits.push(listener)
  kill = (): void => {
    this.killed = true
    this.end()
  }
  say(message: unknown): void {
    for (const listener of this.messages) listener(message)
  }
  end(): void {
    for (const listener of this.exits.splice(0)) listener(1)
  }
}

let folder = ''
let children: FakeChild[] = []
let gone = 0
let behaviour: (child: FakeChild) => void = () => undefined

const open = (): PracticePg =>
  createPracticePg({
    fork: (args) => {
      const child = new FakeChild(args)
      children.push(child)
      queueMicrotask(() => behaviour(child))
      return child
    },
    folder: join(folder, 'practice'),
    onGone: () => {
      gone += 1
    },
    listenTimeoutMs: 50,
    restartPauseMs: 5,
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-'))
  children = []
  gone = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const listen = (child: FakeChild): void => child.say({ listening: 4711 })

describe('the practice PG', () => {
  test('is started with its own books at the origin that was told before', async () => {
    behaviour = listen
    const pg = open()
    const origin = await pg.reserve()
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
    expect(await pg.reserve()).toBe(origin)
    expect(await pg.start()).toBe(true)
    const port = new URL(origin).port
    expect(children[0]?.args).toEqual(['--books', join(folder, 'practice/practice-books.jsonl'), '--port', port])
    expect(existsSync(join(folder, 'practice'))).toBe(true)
  })

  test('comes back on the same port after it died', async () => {
    behaviour = listen
    await open().start()
    children[0]?.end()
    await vi.waitFor(() => expect(children).toHaveLength(2))
    expect(children[1]?.args.slice(-2)).toEqual(['--port', '4711'])
    expect(gone).toBe(0)
  })

  test('is given up, and said once, when it dies again and again', async () => {
    behaviour = (child) => {
      listen(child)
      setTimeout(() => child.end(), 1)
    }
    await open().start()
    await vi.waitFor(() => expect(gone).toBe(1))
    expect(children).toHaveLength(6)
  })

  test('is tried twice before the start fails: one that ends, one that stays silent', async () => {
    behaviour = (child) => {
      if (children.length === 1) child.end()
    }
    expect(await open().start()).toBe(false)
    expect(children).toHaveLength(2)
    expect(children[1]?.killed).toBe(true)
    expect(gone).toBe(0)
  })

  test('stays down when it is stopped', async () => {
    behaviour = listen
    const pg = open()
    await pg.start()
    pg.stop()
    await new Promise((resolve) => {
      setTimeout(resolve, 30)
    })
    expect(children).toHaveLength(1)
    expect(children[0]?.killed).toBe(true)
  })
})

describe('the sample files', () => {
  test('are written when they are missing, once for two who ask, and found afterwards', async () => {
    behaviour = (child) => {
      const target = child.args[1] ?? ''
      mkdirSync(target, { recursive: true })
      writeFileSync(join(target, '환불요청.csv'), 'x')
      child.say({ samples: [] })
    }
    const pg = open()
    const file = { ok: true, value: join(folder, 'practice/samples/환불요청.csv') }
    expect(await Promise.all([pg.sampleFile('fine'), pg.sampleFile('fine')])).toEqual([file, file])
    expect(children).toHaveLength(1)
    expect(children[0]?.args[0]).toBe('--write-samples')
    expect(await pg.sampleFile('fine')).toEqual(file)
    expect(children).toHaveLength(1)
  })

  test('are not found when they could not be written', async () => {
    behaviour = (child) => child.end()
    expect(await open().sampleFile('books')).toEqual({ ok: false, problem: { code: 'not-found' } })
  })
})
