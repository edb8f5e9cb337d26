import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createBooks, readKiccBooks } from '../../src/practice/books'
import { aPayment, temporaryFolder, type Envelope } from './support'

const ROOT = join(import.meta.dirname, '../..')
let program = ''
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'practice-build-'))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/practice/main.ts',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'practice.mjs' } },
    },
  })
  program = join(folder, 'practice.mjs')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the program and waits for its first line. */
async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly child: ChildProcess; readonly origin: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  for await (const line of createInterface(child.stdout)) {
    const { listening } = JSON.parse(line) as { listening: number }
    return { child, origin: `http://127.0.0.1:${listening}` }
  }
  throw new Error('the program said nothing')
}

async function token(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/users/getToken`, {
    method: 'POST',
    body: new URLSearchParams({ imp_key: 'practice-key', imp_secret: 'practice-secret' }),
  })
  return String(((await answer.json()) as Envelope).response['access_token'])
}

describe('the program', () => {
  it('speaks from its books, and after a kill it still knows what it refunded', async () => {
    const books = join(temporaryFolder(), 'books.jsonl')
    const first = await start(['--books', books])
    const authorization = await token(first.origin)
    const list = (await (
      await fetch(`${first.origin}/payments/status/paid?limit=1000`, { headers: { authorization } })
    ).json()) as Envelope
    const card = list.response.list?.find(
      (payment) =>
        payment['pay_method'] === 'card' && payment['cancel_amount'] === 0 && payment['pg_provider'] === 'tosspayments',
    )
    const impUid = String(card?.['imp_uid'])
    const body = JSON.stringify({ imp_uid: impUid, amount: 1000, checksum: card?.['amount'], reason: 'R1' })
    const answer = (await (
      await fetch(`${first.origin}/payments/cancel`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      })
    ).json()) as Envelope
    expect(answer.code).toBe(0)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')

    const second = await start(['--books', books])
    const headers = { authorization: await token(second.origin) }
    const again = (await (await fetch(`${second.origin}/payments/${impUid}`, { headers })).json()) as Envelope
    expect(again.response['cancel_amount']).toBe(1000)
  })

  it('ends when its parent goes', async () => {
    const { child } = await start(['--books', join(temporaryFolder(), 'books.jsonl'), '--with-parent'])
    child.stdin?.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends on SIGTERM, also with a client on the line', async () => {
    const { child, origin } = await start(['--books', join(temporaryFolder(), 'books.jsonl')])
    await token(origin)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('takes its control key from the environment', async () => {
    const { origin } = await start(['--books', join(temporaryFolder(), 'books.jsonl')], {
      PRACTICE_PG_CONTROL_KEY: 'from-env',
    })
    expect((await fetch(`${origin}/__practice/books`, { headers: { 'x-practice-control': 'from-env' } })).status).toBe(
      200,
    )
  })

  it('writes the sample files of the day of the books, with a mark for Excel, beside a running PG', async () => {
    const target = temporaryFolder()
    const books = join(temporaryFolder(), 'books.jsonl')
    const { origin } = await start(['--books', books])
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      '--write-samples',
      target,
      '--books',
      books,
      '--today',
      '2020-01-01',
    ])
    const { samples, today } = JSON.parse(stdout) as { samples: string[]; today: string }
    expect(today).not.toBe('2020-01-01')
    expect(samples).toHaveLength(5)
    for (const file of samples)
      expect(readFileSync(file, 'utf8').startsWith('\uFEFF'), file).toBe(file.endsWith('.csv'))
    expect(await token(origin)).toMatch(/^[0-9a-f]{40}$/)
  })

  it('gives books from before KICC a shop there, once', async () => {
    const books = join(temporaryFolder(), 'books.jsonl')
    createBooks(books, { payments: [aPayment()] }).close()
    for (let starts = 0; starts < 2; starts++) {
      const { child } = await start(['--books', books])
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    expect(readKiccBooks(books).accounts()).toHaveLength(24)
  })

  it('tells how it is used when it is called wrongly', async () => {
    await expect(promisify(execFile)(process.execPath, [program, '--port', 'x'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--books'),
    })
    await expect(promisify(execFile)(process.execPath, [program, '--nonsense'])).rejects.toMatchObject({ code: 1 })
  })
})
