import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answerPage, contentPolicy, mayLoad, servedFileOf } from '../../../src/main/shell/served-files'

let root = ''

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'served-'))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(
    join(root, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__">',
  )
  writeFileSync(join(root, 'assets/index-B1_x.js'), 'run()')
  writeFileSync(join(folder, 'secret.json'), '{}')
})

afterEach(() => {
  rmSync(join(root, '..'), { recursive: true, force: true })
})

describe('an address of the page', () => {
  test.each(['app://refund/index.html', 'app://refund/index.html?a=1#b', 'app://refund/assets/index-B1_x.js'])(
    'names a file of the folder: %s',
    (address) => {
      expect(servedFileOf(root, address)?.startsWith(root)).toBe(true)
    },
  )

  test.each([
    'app://refund/',
    'app://refund',
    'app://refund/../secret.json',
    'app://refund/assets/../../secret.json',
    'app://refund/..%2fsecret.json',
    'app://refund/%2e%2e/secret.json',
    'app://refund/..%5csecret.json',
    'app://refund/..\\secret.json',
    'app://refund/index.html%00.js',
    'app://refund/index.html\0.js',
    'app://refund//etc/hosts.html',
    'app://refund///host/share/index.html',
    'app://refund/\\\\host\\share\\index.html',
    'app://refund/C:/index.html',
    'app://refund/.hidden.html',
    'app://refund/assets/.git/index.html',
    'app://refund/index.html/',
    'app://refund/index.exe',
    'app://refund/index',
    'app://refund.evil.example/index.html',
    'app://refund:80/index.html',
    'app://me@refund/index.html',
    'app://other/index.html',
    'APP://refund/index.html',
    'file:///etc/passwd',
    'https://refund/index.html',
    '/index.html',
    '',
  ])('is refused: %j', (address) => {
    expect(servedFileOf(root, address)).toBeNull()
  })

  test('is refused in any spelling of a way out, however it is put together', () => {
    const steps = ['..', '.', '%2e%2e', '..%2f', '..%5c', '..\\', '%00', '\0', 'assets', '//', 'ﬁ', '．．']
    for (const first of steps)
      for (const second of steps)
        for (const third of steps) {
          const file = servedFileOf(root, `app://refund/${first}/${second}/${third}/secret.json`)
          expect(file === null || file.startsWith(join(root, 'assets'))).toBe(true)
        }
  })
})

describe('an answer to the page', () => {
  test('carries the policy, and a nonce that is in the page and never comes twice', async () => {
    const first = await answerPage(root, 'GET', 'app://refund/index.html')
    const second = await answerPage(root, 'GET', 'app://refund/index.html')
    const nonceOf = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    const nonce = nonceOf(first.headers.get('Content-Security-Policy') ?? '')

    expect(first.status).toBe(200)
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(await first.text()).toBe(`<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}">`)
    expect(nonceOf(second.headers.get('Content-Security-Policy') ?? '')).not.toBe(nonce)
    expect(first.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(first.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(first.headers.get('Cache-Control')).toBe('no-store')
  })

  test('gives a script its type and its bytes as they are', async () => {
    const answer = await answerPage(root, 'GET', 'app://refund/assets/index-B1_x.js')
    expect(answer.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(await answer.text()).toBe('run()')
  })

  test.each([
    ['GET', 'app://refund/missing.js'],
    ['GET', 'app://refund/../secret.json'],
    ['GET', 'app://refund/index.html/x.html'],
    ['POST', 'app://refund/index.html'],
  ])('is 404 without a word: %s %s', async (method, address) => {
    const answer = await answerPage(root, method, address)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('')
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })
})

test('the policy lets the page talk to nobody and run only its own scripts', () => {
  expect(contentPolicy('abc').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-abc'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
})

describe('the network of the page', () => {
  test('is its own origin, with pictures that it carries itself', () => {
    expect(mayLoad('app://refund/index.html', false)).toBe(true)
    expect(mayLoad('data:image/png;base64,AA==', false)).toBe(true)
  })

  test.each([
    'https://api.iamport.kr/',
    'http://127.0.0.1:1/',
    'app://refund.evil/x',
    'app://refundx/x',
    'file:///x',
    'ws://x/',
    'data:text/html,x',
  ])('ends there: %s', (address) => {
    expect(mayLoad(address, true)).toBe(false)
  })

  test('has the developer tools in unpackaged builds only', () => {
    expect(mayLoad('devtools://devtools/x.html', true)).toBe(true)
    expect(mayLoad('devtools://devtools/x.html', false)).toBe(false)
  })
})
