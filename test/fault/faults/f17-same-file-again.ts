import { numbered, tally, type Fault, type Verdict } from '../fault'
import { approve, signIn, submitted } from '../people'
import { effectsIn, overdrawn } from '../pgs'
import { randomFrom, type Random } from '../random'
import { csvOf, type ShopRow } from '../shop'
import { inWorld, type World } from '../world'

const ROWS = 12

interface Again {
  readonly name: string
  readonly of: (rows: readonly ShopRow[], random: Random) => readonly ShopRow[]
}

const AGAIN: readonly Again[] = [
  { name: 'the same file', of: (rows) => rows },
  { name: 'in another order', of: (rows) => rows.toReversed() },
  { name: 'some of its rows', of: (rows, random) => rows.filter(() => random.chance(0.5)).concat(rows.slice(0, 1)) },
  {
    name: 'one row changed',
    of: (rows) => rows.map((row, place) => (place === 2 ? { ...row, cells: row.cells.with(7, '다른 사유') } : row)),
  },
  { name: 'twice in one file', of: (rows) => [...rows.slice(0, 3), ...rows.slice(0, 3)] },
]

/**
 * The same refunds come again while the first batch runs. The program must say so before a batch is made; only a person
 * who says that it is meant goes on, and then never beyond what the payment holds.
 */
export const sameFileAgain: Fault = {
  id: 'F17',
  what: 'the same refunds are imported again in mid-run',
  run(options) {
    const cases = numbered(options.short ? AGAIN.length : AGAIN.length * 5)
    return tally(options, cases, ({ name, index }) =>
      inWorld(options, { rows: ROWS, name }, async (world) => {
        const again = AGAIN[index % AGAIN.length]
        if (again === undefined) throw new RangeError('no such file')
        const rows = again.of(world.shop.rows, randomFrom(options.seed, 'F17', index))
        const verdict = await importedAgain(world, rows)
        return { ...verdict, broken: verdict.broken.map((text) => `${again.name}: ${text}`) }
      }),
    )
  },
}

async function importedAgain(world: World, rows: readonly ShopRow[]): Promise<Verdict> {
  const broken: string[] = []
  const desk = await world.start()
  const people = await signIn(desk)
  const session = people.session as never
  const draft = await desk.importText({ session, file: { name: '다른 이름.csv', text: csvOf(rows) } })
  if (!draft.ok) throw new Error(`not imported: ${draft.problem.code}`)
  const unasked = await desk.command('batch.create', {
    session,
    input: { draftId: draft.value.draftId, name: '다시', duplicatesIntended: false },
  })
  // Refused as a duplicate, or no row of it can be paid any more.
  if (unasked.ok) broken.push('a batch of duplicates was made without a word')
  else if (unasked.problem.code !== 'duplicates-unconfirmed' && unasked.problem.code !== 'batch-empty') {
    broken.push(`refused as ${unasked.problem.code}`)
  }
  await world.quiet(desk)
  // Meant all the same: what the payments still hold may be approved, nothing beyond.
  const batchId = await submitted(desk, people, csvOf(rows), '뜻한 중복').catch(() => null)
  if (batchId !== null) await approve(desk, people, batchId)
  await world.quiet(desk)
  await desk.close()
  await desk.kill()
  let doubled = overdrawn(world.books).length
  const effects = effectsIn(world.books).filter(({ ours }) => ours).length
  const approvedMost = world.shop.rows.length + rows.length
  if (effects > approvedMost) doubled += effects - approvedMost
  return { doubled, lost: effects < world.shop.rows.length ? 1 : 0, broken, details: [] }
}
