import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  isModeOffered,
  isSandboxOff,
  isUnofficialRuntime,
  liveProblemOf,
  readOverrides,
  type Surroundings,
} from '../../../src/main/shell/surroundings'
import { everyPg } from '../../support/pg-places'

const start = (part: Partial<Surroundings>): Surroundings => ({
  isPackaged: false,
  env: {},
  argv: ['electron', '.'],
  execPath: '/opt/refund-desk/electron',
  ...part,
})

describe('the overrides', () => {
  const env = {
    REFUND_DESK_DATA_DIR: 'somewhere',
    REFUND_DESK_PG_ORIGIN_PORTONE_V1: 'http://127.0.0.1:8701',
    REFUND_DESK_PG_ORIGIN_KICC: 'http://127.0.0.1:8702',
    REFUND_DESK_CLOCK: '2026-11-21T09:00:00Z',
  }

  test('hold in an unpackaged build', () => {
    expect(readOverrides(start({ env }))).toEqual({
      dataFolder: resolve('somewhere'),
      pgOrigins: { 'portone-v1': 'http://127.0.0.1:8701', kicc: 'http://127.0.0.1:8702', 'portone-v2': null },
      clockMs: Date.UTC(2026, 10, 21, 9),
    })
  })

  test('do not exist in a packaged one, not even broken ones', () => {
    const none = { dataFolder: null, pgOrigins: everyPg(null), clockMs: null }
    expect(readOverrides(start({ isPackaged: true, env }))).toEqual(none)
    expect(
      readOverrides(start({ isPackaged: true, env: { REFUND_DESK_PG_ORIGIN_PORTONE_V1: 'https://evil.example' } })),
    ).toEqual(none)
  })

  test('count as absent when they are empty', () => {
    expect(readOverrides(start({ env: { REFUND_DESK_DATA_DIR: '', REFUND_DESK_CLOCK: '' } })).dataFolder).toBeNull()
  })

  test.each(['http://localhost:1', 'http://[::1]:8701', 'http://127.0.0.1:8701/'])('take the loopback %s', (origin) => {
    expect(readOverrides(start({ env: { REFUND_DESK_PG_ORIGIN_PORTONE_V1: origin } })).pgOrigins['portone-v1']).toBe(
      origin.replace(/\/$/, ''),
    )
  })

  test.each([
    'https://api.iamport.kr',
    'http://10.0.0.1:8701',
    'http://127.0.0.1.evil.example',
    'http://user@127.0.0.1:8701',
    'http://127.0.0.1:8701/path',
    'https://127.0.0.1:8701',
    '127.0.0.1:8701',
  ])('refuse a PG anywhere else: %s', (origin) => {
    expect(() => readOverrides(start({ env: { REFUND_DESK_PG_ORIGIN_PORTONE_V1: origin } }))).toThrow()
  })

  test('take an instant in ms, and no other text', () => {
    expect(readOverrides(start({ env: { REFUND_DESK_CLOCK: '1700000000000' } })).clockMs).toBe(1_700_000_000_000)
    expect(() => readOverrides(start({ env: { REFUND_DESK_CLOCK: 'tomorrow' } }))).toThrow('REFUND_DESK_CLOCK')
  })
})

describe('the sandbox', () => {
  test.each([['--no-sandbox'], ['-no-sandbox'], ['--no-sandbox=1']])('is off with %s', (argument) => {
    expect(isSandboxOff(start({ argv: ['electron', argument, '.'] }))).toBe(true)
  })
  test('is off when the environment says so', () => {
    expect(isSandboxOff(start({ env: { ELECTRON_DISABLE_SANDBOX: '1' } }))).toBe(true)
  })
  test.each([['--no-sandboxes'], ['no-sandbox'], ['--x=--no-sandbox']])('is on with %s', (argument) => {
    expect(isSandboxOff(start({ argv: ['electron', argument] }))).toBe(false)
  })
})

test('an unofficial runtime is known by the mark beside it, or one folder above', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runtime-'))
  mkdirSync(join(folder, 'bin'))
  expect(isUnofficialRuntime(start({ execPath: join(folder, 'bin/electron') }))).toBe(false)
  writeFileSync(join(folder, 'unofficial-repack.json'), '{}')
  expect(isUnofficialRuntime(start({ execPath: join(folder, 'bin/electron') }))).toBe(true)
  expect(isUnofficialRuntime(start({ execPath: join(folder, 'electron') }))).toBe(true)
  rmSync(folder, { recursive: true })
})

test('live mode needs the official runtime, the sandbox and a keyring, all three', () => {
  const fine = { unofficialRuntime: false, sandboxOff: false, keyring: true }
  expect(liveProblemOf(fine)).toBeNull()
  expect(liveProblemOf({ ...fine, unofficialRuntime: true })).toEqual({ code: 'live-refused-runtime' })
  expect(liveProblemOf({ ...fine, sandboxOff: true })).toEqual({ code: 'live-refused-runtime' })
  expect(liveProblemOf({ ...fine, keyring: false })).toEqual({ code: 'live-refused-keyring' })
})

test('sandbox mode is offered only where a loopback PG is named', () => {
  const none = { dataFolder: null, pgOrigins: everyPg(null), clockMs: null }
  expect(isModeOffered('sandbox', none)).toBe(false)
  expect(isModeOffered('sandbox', { ...none, pgOrigins: { ...everyPg(null), kicc: 'http://127.0.0.1:1' } })).toBe(true)
  expect(isModeOffered('practice', none)).toBe(true)
})
