import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../../src/domain/problem'
import type { Result } from '../../src/domain/result'
import { PRACTICE_CHANNELS } from '../../src/main/shell/practice-shop'
import { createBooks, type Books } from '../../src/practice/books'
import type { Scenario } from '../../src/practice/scenario'
import { createPracticePg, type PracticePg, type RequestNote } from '../../src/practice/server'
import type { OpenDesk } from './desk-messages'
import { createDeskPool, DeskGone, mayAttach, startDesk, type Desk, type DeskPlace, type DeskPool } from './desk'
import type { FaultOptions, Verdict } from './fault'
import { judge, type Evidence } from './judge'
import { copyLedger, peek } from './peek'
import { approve, CHECKER, decideAtKicc, importNotices, MAKER, signIn, submitted, unwrap } from './people'
import { pgsOf, type PgChoice, type ShopPg } from './pgs'
import { csvOf, shopOf, START_MS, type Shop } from './shop'
import { everyPg } from '../support/pg-places'

export const MASTER_KEY = Buffer.alloc(32, 7)

/** How much faster time runs than the machine's: ten minutes pass in three seconds. */
export const SPEED = 200
/** After so long without any change nothing moves by itself any more: the repeat and even late look-ups are over. */
const QUIET_PROGRAM_MS = 33 * 60_000
/** Longer than a PG may ask for patience many times over. */
const PATIENCE_MAX_MS = 6 * QUIET_PROGRAM_MS
const QUIET_REAL_MS_MAX = 300_000

/** An approved batch that waits, made once for all cases with the same rows. */
interface Template {
  readonly folder: string
  readonly shop: Shop
  readonly atMs: number
}
const templates = new Map<string, Promise<Template>>()

export interface WorldOptions {
  readonly rows: number
  readonly name: string
  readonly scenario?: Scenario
  /** The desk's clock against the machine's. */
  readonly speed?: number
  /** Where the ledger lies; the world's own folder if left out. */
  readonly ledgerFolder?: string
}

/** A shop, its PG with books of its own, and a ledger with an approved batch: everything around the desk. */
export interface World {
  readonly folder: string
  readonly ledgerFile: string
  readonly shop: Shop
  /** Whose payments the shop has, as it was chosen and one by one. */
  readonly choice: PgChoice
  readonly pgs: readonly ShopPg[]
  readonly books: Books
  readonly pg: () => PracticePg
  readonly requests: () => readonly RequestNote[]
  readonly nowMs: () => number
  readonly place: DeskPlace
  /** Sets every clock forward: the PGs' at once, that of a desk where it is named, and of each that opens later. */
  advance(ms: number, desk?: Desk): Promise<void>
  /** A desk at work on the ledger; throws where it does not open. */
  start(changes?: StartChanges): Promise<Desk>
  /** The same with a process that was started before. */
  open(desk: Desk, changes?: StartChanges): Promise<Result<null, Problem>>
  /** A desk on a ledger of its own, made where there is none; null where it did not live long enough. */
  startAt(ledgerFile: string, strace?: readonly string[]): Promise<Desk | null>
  takeSpare(): Promise<Desk>
  /** Waits until nothing moves by itself any more. */
  quiet(desk: Desk): Promise<void>
  stopPg(): Promise<void>
  /** The PG again, on the same port and over the same books. */
  startPg(scenario?: Scenario): Promise<void>
  judge(more?: Partial<Evidence>): Verdict
  /**
   * Until quiet, a normal end, and the verdict. What is left at KICC is a person's, who decides it before the end; both
   * what was left and what became of it are judged.
   */
  finish(desk: Desk, more?: Partial<Evidence>): Promise<Verdict>
  close(keep: boolean): Promise<void>
}

export interface StartChanges {
  readonly pgKeys?: OpenDesk['pgKeys']
  readonly vaultMs?: number
  readonly strace?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly bundle?: string
}

export async function openWorld(options: FaultOptions, wanted: WorldOptions): Promise<World> {
  const template = await templateOf(options, wanted)
  const folder = path.join(options.folder, wanted.name.replaceAll(/[^\w-]+/g, '-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const ledgerFile = path.join(wanted.ledgerFolder ?? folder, 'ledger.db')
  copyLedger(path.join(template.folder, 'ledger.db'), ledgerFile)
  const booksFile = path.join(folder, 'books.jsonl')
  copyFileSync(path.join(template.folder, 'books.jsonl'), booksFile)
  const speed = wanted.speed ?? SPEED
  const startMs = template.atMs + 1000
  let aheadMs = 0
  const startedAtMs = performance.timeOrigin + performance.now()
  const clock = {
    nowMs: () => Math.floor(startMs + aheadMs + (performance.timeOrigin + performance.now() - startedAtMs) * speed),
  }
  const books = createBooks(booksFile, { nowMs: clock.nowMs })
  let pg = await createPracticePg({ books, clock, scenario: wanted.scenario ?? {} })
  const { origin, port } = pg
  const earlierRequests: RequestNote[] = []
  let pgRuns = true
  let starts = 0
  // Each start of the PG marks equal bodies in its own way.
  const markedOf = (note: RequestNote): RequestNote => ({ ...note, bodyMark: `${starts}:${note.bodyMark}` })
  const place: DeskPlace = { electron: options.electron, bundle: options.deskBundle }
  const pool = poolOf(place)
  const desks: Desk[] = []
  /** Untraced and of the ordinary bundle: they may serve another world afterwards. */
  const plainDesks = new Set<Desk>()
  const given = new Set<Desk>()

  const openAt = (desk: Desk, file: string, changes: StartChanges = {}): Promise<Result<null, Problem>> => {
    desks.push(desk)
    return desk.open({
      start: coreStart(file, origin, options.pg),
      masterKey: MASTER_KEY.toString('hex'),
      pgKeys: changes.pgKeys ?? 'right',
      vaultMs: changes.vaultMs ?? 0,
      startMs: startMs + aheadMs,
      startedAtMs,
      speed,
    })
  }

  const world: World = {
    folder,
    ledgerFile,
    shop: template.shop,
    choice: options.pg,
    pgs: pgsOf(options.pg),
    books,
    pg: () => pg,
    requests: () => [...earlierRequests, ...pg.requests.map(markedOf)],
    nowMs: clock.nowMs,
    place,
    async advance(ms, desk) {
      aheadMs += ms
      await desk?.shift(ms)
    },
    async start({ strace, env, bundle, ...changes } = {}) {
      const attaches = strace !== undefined && mayAttach()
      const plain = (strace === undefined || attaches) && env === undefined && bundle === undefined
      const desk = plain
        ? await pool.take()
        : await startDesk({
            ...place,
            ...(bundle === undefined ? {} : { bundle }),
            ...(strace === undefined ? {} : { strace }),
            ...(env === undefined ? {} : { env }),
          })
      if (plain && strace === undefined) plainDesks.add(desk)
      if (plain && attaches) await desk.attach(strace)
      const opened = await world.open(desk, changes)
      if (!opened.ok) {
        await desk.kill()
        throw new Error(`the desk did not open: ${JSON.stringify(opened.problem)}`)
      }
      return desk
    },
    takeSpare: () => pool.take(),
    async startAt(file, strace) {
      try {
        const attaches = strace !== undefined && mayAttach()
        const desk = strace === undefined || attaches ? await pool.take() : await startDesk({ ...place, strace })
        if (attaches) await desk.attach(strace)
        return unwrap(await openAt(desk, file)) === null ? desk : null
      } catch (error) {
        if (error instanceof DeskGone) return null
        throw error
      }
    },
    open: (desk, changes) => openAt(desk, ledgerFile, changes),
    quiet: (desk) => untilQuiet(desk, ledgerFile, folder, speed),
    async stopPg() {
      if (!pgRuns) return
      pgRuns = false
      await pg.close()
    },
    async startPg(scenario = {}) {
      earlierRequests.push(...pg.requests.map(markedOf))
      starts += 1
      pg = await createPracticePg({ books, clock, port, scenario })
      pgRuns = true
    },
    judge: (more = {}) =>
      judge({
        ledgerFile,
        scratch: folder,
        masterKey: MASTER_KEY,
        nowMs: clock.nowMs,
        rows: template.shop.rows,
        books,
        requests: world.requests(),
        said: desks.map((desk) => desk.said()).join('\n'),
        ...more,
      }),
    async finish(desk, more) {
      await world.quiet(desk)
      const left = await settledByPeople(world, desk, options.pg, more)
      await desk.close()
      if (plainDesks.delete(desk)) pool.give(desk)
      else await desk.kill()
      given.add(desk)
      return added(left, world.judge({ ...more, decided: left !== null }))
    },
    async close(keep) {
      await Promise.all(desks.filter((desk) => !desk.ended() && !given.has(desk)).map((desk) => desk.kill()))
      await world.stopPg()
      books.close()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}

/** Desks started ahead serve whichever world asks next; one pool for each bundle. */
const pools = new Map<string, DeskPool>()

function poolOf(place: DeskPlace): DeskPool {
  const known = pools.get(place.bundle) ?? createDeskPool(place)
  pools.set(place.bundle, known)
  return known
}

/** Ends the desks that nobody took. */
export async function closePools(): Promise<void> {
  await Promise.all([...pools.values()].map((pool) => pool.close()))
  pools.clear()
}

/** A world for one case: gone when the case went well, kept for reading when it did not. */
export async function inWorld(
  options: FaultOptions,
  wanted: WorldOptions,
  work: (world: World) => Promise<Verdict>,
): Promise<Verdict> {
  const world = await openWorld(options, wanted)
  let keep = true
  try {
    const verdict = await work(world)
    keep = verdict.doubled > 0 || verdict.lost > 0 || verdict.broken.length > 0
    return keep ? { ...verdict, details: [...verdict.details, `kept in ${world.folder}`] } : verdict
  } finally {
    await world.close(keep)
  }
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits for something that surely comes; throws when it does not. */
export async function until(holds: () => boolean, what: string, limitMs = 30_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`it never came: ${what}`)
    await sleep(3)
  }
}

/** Both verdicts in one; the first is null where nothing was left. */
function added(first: Verdict | null, last: Verdict): Verdict {
  if (first === null) return last
  return {
    doubled: Math.max(first.doubled, last.doubled),
    lost: Math.max(first.lost, last.lost),
    broken: [...new Set([...first.broken, ...last.broken])],
    details: [...new Set([...first.details, ...last.details])],
  }
}

/** Null where no refund over KICC is left to people; else what they found, before they decided it. */
async function settledByPeople(
  world: World,
  desk: Desk,
  pg: PgChoice,
  more: Partial<Evidence> | undefined,
): Promise<Verdict | null> {
  if (!pgsOf(pg).includes('kicc') || more?.mayWait === true) return null
  const left = peek(world.ledgerFile, world.folder)?.rows['needs-look'] ?? 0
  if (left === 0) return null
  const found = world.judge(more)
  world.pg().setScenario({})
  // What waited behind a decided refund goes on, and may come to people as well.
  for (let rounds = 0; rounds < 5 && (await decideAtKicc(desk, world.pg())) > 0; rounds += 1) await world.quiet(desk)
  return found
}

const coreStart = (ledgerFile: string, origin: string, pg: PgChoice) => ({
  mode: 'practice' as const,
  ledgerFile,
  dataFolder: path.dirname(ledgerFile),
  pgOrigins: everyPg(origin),
  proxies: everyPg(null),
  practiceChannels: pg === 'portone-v1' ? [] : PRACTICE_CHANNELS,
  clockMs: null,
  practicePeople: [MAKER, CHECKER],
})

async function untilQuiet(desk: Desk, ledgerFile: string, scratch: string, speed: number): Promise<void> {
  const begin = performance.now()
  let seen = ''
  let changedAt = begin
  let movedAt = begin
  for (;;) {
    if (desk.ended()) throw new Error(`the desk ended: ${desk.said().slice(-800)}`)
    const run = desk.run()
    const resting = run !== null && run.state !== 'running'
    if (resting || performance.now() - desk.runToldAt() > 1000) {
      const now = peek(ledgerFile, scratch)
      if (now !== null) {
        const { rows } = now
        const moving = ['waiting', 'sending', 'needs-look', 'pg-processing'].some((state) => (rows[state] ?? 0) > 0)
        if (!moving && Object.keys(rows).length > 0) return
        const text = JSON.stringify(rows)
        // A PG that asks for patience is waited for; only rest counts.
        if (text !== seen) movedAt = performance.now()
        if (text !== seen || run?.state === 'waiting-for-pg') changedAt = performance.now()
        seen = text
        // Whatever waits for a person has been left alone by now.
        if ((performance.now() - changedAt) * speed > QUIET_PROGRAM_MS) return
        // It may also have waited when its clock was set back, and does not ask the PG until its day has come.
        if ((performance.now() - movedAt) * speed > PATIENCE_MAX_MS) return
      }
    }
    if (performance.now() - begin > QUIET_REAL_MS_MAX)
      throw new Error(
        `it never became quiet: ${seen}, ${JSON.stringify(run)}, ${desk.trouble.slice(-2).join(' ').slice(0, 1500)}`,
      )
    await sleep(25)
  }
}

function templateOf(options: FaultOptions, wanted: WorldOptions): Promise<Template> {
  const key = JSON.stringify([options.folder, options.deskBundle, wanted.rows, options.pg])
  const known = templates.get(key)
  if (known !== undefined) return known
  const made = makeTemplate(options, wanted, path.join(options.folder, `template-${templates.size}`))
  templates.set(key, made)
  return made
}

/** Imports, submits and approves while the PG is away, so that every row of the ledger waits. */
async function makeTemplate(options: FaultOptions, wanted: WorldOptions, folder: string): Promise<Template> {
  mkdirSync(folder, { recursive: true })
  const shop = shopOf(wanted.rows, options.pg)
  const startedAtMs = performance.timeOrigin + performance.now()
  const clock = { nowMs: () => Math.floor(START_MS + performance.timeOrigin + performance.now() - startedAtMs) }
  const books = createBooks(path.join(folder, 'books.jsonl'), { nowMs: clock.nowMs, ...shop })
  const pg = await createPracticePg({ books, clock })
  const ledgerFile = path.join(folder, 'ledger.db')
  const desk = await startDesk({ electron: options.electron, bundle: options.deskBundle })
  try {
    const start = coreStart(ledgerFile, pg.origin, options.pg)
    const pace = { startMs: START_MS, startedAtMs, speed: 1, pgKeys: 'right', vaultMs: 0 } as const
    const opened = await desk.open({ start, masterKey: MASTER_KEY.toString('hex'), ...pace })
    if (!opened.ok) throw new Error(`no template: ${JSON.stringify(opened.problem)}`)
    const people = await signIn(desk)
    // KICC shows no payments: they come out of the merchant's log.
    await importNotices(desk, people, pg)
    const batchId = await submitted(desk, people, csvOf(shop.rows), '결함 시험')
    await pg.close()
    unwrap(await approve(desk, people, batchId))
    await desk.close()
    return { folder, shop, atMs: clock.nowMs() }
  } finally {
    await desk.kill()
    books.close()
  }
}
