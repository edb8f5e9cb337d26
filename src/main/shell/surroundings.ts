import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Mode } from '../../contract/views'
import { PG_KINDS, type PgKind } from '../../contract/pg'
import type { Problem } from './answer'

/** What the program was started with: the only reading of environment and command line. */
export interface Surroundings {
  readonly isPackaged: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly argv: readonly string[]
  readonly execPath: string
}

/** Overrides of unpackaged builds; in a packaged one each of them is null whatever the environment says. */
export interface Overrides {
  readonly dataFolder: string | null
  /** Loopback origins of PGs that somebody else started. */
  readonly pgOrigins: Readonly<Record<PgKind, string | null>>
  /** Instant to count from, UTC ms. */
  readonly clockMs: number | null
}

const ORIGIN_NAMES = {
  'portone-v1': 'REFUND_DESK_PG_ORIGIN_PORTONE_V1',
  kicc: 'REFUND_DESK_PG_ORIGIN_KICC',
  'portone-v2': 'REFUND_DESK_PG_ORIGIN_PORTONE_V2',
} as const satisfies Record<PgKind, string>

/** One value for each PG. */
export function ofEachPg<T>(make: (pg: PgKind) => T): Record<PgKind, T> {
  return Object.fromEntries(PG_KINDS.map((pg) => [pg, make(pg)])) as Record<PgKind, T>
}

/** Whether somebody else started a PG that this program is to speak to. */
export function hasPgOrigin({ pgOrigins }: Overrides): boolean {
  return PG_KINDS.some((pg) => pgOrigins[pg] !== null)
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Reads the overrides. Throws on one that cannot be meant: guessing here could point real refunds at the wrong place. */
export function readOverrides({ isPackaged, env }: Surroundings): Overrides {
  if (isPackaged) return { dataFolder: null, pgOrigins: ofEachPg(() => null), clockMs: null }
  const folder = env['REFUND_DESK_DATA_DIR']
  const clock = env['REFUND_DESK_CLOCK']
  return {
    dataFolder: isSet(folder) ? absolute(folder) : null,
    pgOrigins: ofEachPg((pg) => {
      const name = ORIGIN_NAMES[pg]
      const origin = env[name]
      return isSet(origin) ? loopbackOrigin(name, origin) : null
    }),
    clockMs: isSet(clock) ? instant(clock) : null,
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}

function absolute(folder: string): string {
  return isAbsolute(folder) ? folder : resolve(folder)
}

function loopbackOrigin(name: string, text: string): string {
  const url = new URL(text)
  if (url.protocol !== 'http:' || !LOOPBACK_HOSTS.has(url.hostname) || `${url.origin}/` !== url.href) {
    throw new Error(`${name} must be a loopback origin such as http://127.0.0.1:8701`)
  }
  return url.origin
}

/** UTC ms as digits, or a date as ISO 8601. */
function instant(text: string): number {
  const atMs = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isSafeInteger(atMs)) throw new Error('REFUND_DESK_CLOCK must be UTC milliseconds or an ISO 8601 instant')
  return atMs
}

/** Written by the set-up beside an Electron that is not the official build. */
const REPACK_MARKER = 'unofficial-repack.json'

export function isUnofficialRuntime({ execPath }: Surroundings): boolean {
  const folder = dirname(execPath)
  return [folder, dirname(folder)].some((place) => existsSync(join(place, REPACK_MARKER)))
}

/** Whether Chromium was told to run without its sandbox (as it must be for root). */
export function isSandboxOff({ argv, env }: Surroundings): boolean {
  return argv.some((one) => /^--?no-sandbox(=|$)/.test(one)) || isSet(env['ELECTRON_DISABLE_SANDBOX'])
}

/**
 * Why live mode cannot be entered here, null where it can.
 * Problems: live-refused-runtime (an unofficial build, or no sandbox), live-refused-keyring.
 */
export function liveProblemOf(facts: {
  readonly unofficialRuntime: boolean
  readonly sandboxOff: boolean
  readonly keyring: boolean
}): Problem | null {
  if (facts.unofficialRuntime || facts.sandboxOff) return { code: 'live-refused-runtime' }
  return facts.keyring ? null : { code: 'live-refused-keyring' }
}

/** Sandbox mode speaks to a PG that somebody else started on this machine; only unpackaged builds have one. */
export function isModeOffered(mode: Mode, overrides: Overrides): boolean {
  return mode !== 'sandbox' || hasPgOrigin(overrides)
}
