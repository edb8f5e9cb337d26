import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { numbered, tally, type Fault, type FaultOptions } from '../fault'
import { copyLedger } from '../peek'
import { CANCEL_PATHS, effectsIn } from '../pgs'
import { randomFrom, type Random } from '../random'
import { inWorld, sleep, until, type World } from '../world'

const ROWS = 20

interface Damage {
  readonly name: string
  /** Nothing of the ledger is left that could be opened. */
  readonly hopeless: boolean
  readonly strike: (file: string, random: Random) => void
}

const overwrite = (file: string, at: number, bytes: Buffer): void => {
  const content = readFileSync(file)
  bytes.copy(content, Math.min(at, Math.max(0, content.length - bytes.length)))
  writeFileSync(file, content)
}
const noise = (random: Random, size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, () => random.below(256)))
const sizeOf = (file: string): number => (existsSync(file) ? readFileSync(file).length : 0)

const DAMAGES: readonly Damage[] = [
  { name: 'header', hopeless: true, strike: (file, random) => overwrite(file, 0, noise(random, 100)) },
  { name: 'zero length', hopeless: true, strike: (file) => truncateSync(file, 0) },
  { name: 'foreign file', hopeless: true, strike: (file) => writeFileSync(file, '주문번호,환불금액\r\n'.repeat(3000)) },
  {
    name: 'cut',
    hopeless: false,
    strike: (file, random) => truncateSync(file, 4096 + random.below(sizeOf(file) - 4096)),
  },
  {
    name: 'a page',
    hopeless: false,
    strike: (file, random) => overwrite(file, 4096 * (1 + random.below(sizeOf(file) / 4096 - 1)), noise(random, 4096)),
  },
  {
    name: 'some bytes',
    hopeless: false,
    strike: (file, random) => overwrite(file, 100 + random.below(sizeOf(file) - 200), noise(random, 16)),
  },
  {
    name: 'one bit',
    hopeless: false,
    strike: (file, random) => {
      const content = readFileSync(file)
      const at = 100 + random.below(content.length - 100)
      content[at] = (content[at] ?? 0) ^ (1 << random.below(8))
      writeFileSync(file, content)
    },
  },
  {
    name: 'the log',
    hopeless: false,
    strike: (file, random) => {
      const log = `${file}-wal`
      if (sizeOf(log) > 64) overwrite(log, random.below(sizeOf(log) - 32), noise(random, 32))
      else appendFileSync(log, noise(random, 5000))
    },
  },
  {
    name: 'a log of another time',
    hopeless: false,
    strike: (file) => {
      const old = `${file}.other-wal`
      if (existsSync(old)) copyFileSync(old, `${file}-wal`)
    },
  },
]

/**
 * A damaged ledger may be refused, or stop, or do what was approved; it may never pay anything else. What the desk still
 * sends is held against what was approved before the damage, not against what the ledger says now.
 */
export const damagedFiles: Fault = {
  id: 'F14',
  what: 'damaged and foreign ledger files',
  async run(options) {
    const midRun = await crashImage(options)
    const cases = numbered(options.short ? DAMAGES.length * 2 : 306)
    let [refused, stopped, unharmed] = [0, 0, 0]
    return tally(
      options,
      cases,
      ({ name, index }) =>
        inWorld(options, { rows: ROWS, name }, async (world) => {
          const random = randomFrom(options.seed, 'F14', index)
          const damage = DAMAGES[index % DAMAGES.length]
          if (damage === undefined) throw new RangeError('no damage')
          // Every other file was in use when its program died, and has a log beside it.
          if (index % 2 === 1) {
            rmSync(`${world.ledgerFile}.other-wal`, { force: true })
            copyLedger(midRun.ledgerFile, world.ledgerFile)
          }
          if (existsSync(`${midRun.ledgerFile}-wal`))
            copyFileSync(`${midRun.ledgerFile}-wal`, `${world.ledgerFile}.other-wal`)
          damage.strike(world.ledgerFile, random)
          const desk = await world.takeSpare()
          const opened = await world.open(desk)
          const broken: string[] = []
          if (!opened.ok) {
            refused += 1
            await sleep(20)
            if (world.requests().length > 0) broken.push(`${damage.name}: refused, and the PG was asked all the same`)
          } else {
            if (damage.hopeless) broken.push(`${damage.name}: it was opened`)
            await until(() => ['idle', 'paused'].includes(desk.run()?.state ?? '') || desk.ended(), 'an end', 20_000)
            await sleep(100)
            if (desk.run()?.state === 'paused') stopped += 1
            else unharmed += 1
          }
          await desk.kill()
          return {
            doubled: overpaid(world),
            lost: 0,
            broken: broken.map((text) => `${damage.name}: ${text}`),
            details: [],
          }
        }),
      () => [`refused ${refused}, stopped in the run ${stopped}, ran on ${unharmed}`],
    )
  },
}

/** Effects that nobody approved: another amount, another payment, or more often. */
function overpaid(world: World): number {
  const left = world.shop.rows.map((row) => `${row.pgKey} ${row.amount}`)
  let doubled = 0
  for (const { pgKey, amount, ours } of effectsIn(world.books)) {
    const place = left.indexOf(`${pgKey} ${amount}`)
    if (ours && place < 0) doubled += 1
    if (place >= 0) left.splice(place, 1)
  }
  return doubled
}

/** A ledger whose desk was killed early in the run, with its log; the PG of that run is forgotten. */
async function crashImage(options: FaultOptions): Promise<{ readonly ledgerFile: string }> {
  const folder = path.join(options.folder, 'image')
  mkdirSync(folder, { recursive: true })
  const ledgerFile = path.join(folder, 'ledger.db')
  await inWorld(options, { rows: ROWS, name: 'crash image' }, async (world) => {
    world.pg().setScenario({ rules: world.pgs.map((pg) => ({ kind: 'hold', path: CANCEL_PATHS[pg], count: 0 })) })
    const desk = await world.start()
    await until(() => world.pg().holds.held.length > 0, 'a held cancel')
    await desk.kill()
    copyLedger(world.ledgerFile, ledgerFile)
    return { doubled: 0, lost: 0, broken: [], details: [] }
  })
  return { ledgerFile }
}
