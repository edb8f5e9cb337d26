import type { Desk } from '../desk'
import { tally, type Fault, type Verdict } from '../fault'
import { effectsIn } from '../pgs'
import { approve, signIn, submitted, unwrap } from '../people'
import { randomFrom } from '../random'
import { csvOf, shopOf } from '../shop'
import { inWorld, sleep, type World } from '../world'

export const twoDesks: Fault = {
  id: 'F11',
  what: 'two desks on one ledger, an approval given twice at once',
  run(options) {
    const rounds = options.short ? 2 : 20
    const cases = Array.from({ length: rounds }, (_, index) => [
      { name: `two desks ${index}`, rows: 20, index, work: together },
      { name: `approved twice ${index}`, rows: 4, index, work: approvedTwice },
    ]).flat()
    return tally(options, cases, ({ name, rows, index, work }) =>
      inWorld(options, { rows, name }, (world) => work(world, options.seed + index)),
    )
  },
}

/** Both open at the same moment; whoever holds the ledger is killed later, and the other one tries again meanwhile. */
async function together(world: World, seed: number): Promise<Verdict> {
  const random = randomFrom(seed, 'F11')
  const [one, two] = [await world.takeSpare(), await world.takeSpare()]
  const answers = await Promise.all([world.open(one), world.open(two)])
  const broken: string[] = []
  const opened = answers.filter((answer) => answer.ok).length
  if (opened !== 1) broken.push(`${opened} desks opened the ledger`)
  for (const answer of answers) {
    if (!answer.ok && answer.problem.code !== 'ledger-in-use') broken.push(`refused as ${answer.problem.code}`)
  }
  const [holder, other] = answers[0].ok ? [one, two] : [two, one]
  await sleep(random.below(150))
  const retries = openLater(world, other)
  await holder.kill()
  await retries
  const verdict = await world.finish(other)
  return { ...verdict, broken: [...verdict.broken, ...broken] }
}

async function openLater(world: World, desk: Desk): Promise<void> {
  const end = performance.now() + 15_000
  for (;;) {
    const answer = await world.open(desk)
    if (answer.ok) return
    if (performance.now() > end) throw new Error(`it never opened: ${JSON.stringify(answer.problem)}`)
  }
}

/** A second batch on the same payments is submitted and approved by two commands at once. */
async function approvedTwice(world: World): Promise<Verdict> {
  const desk = await world.start()
  await world.quiet(desk)
  const people = await signIn(desk)
  const more = shopOf(world.shop.rows.length, world.choice).rows.filter((row) => row.amount * 2 <= 20_000)
  const batchId = await submitted(desk, people, csvOf(more), '두 번째')
  const answers = await Promise.all([approve(desk, people, batchId), approve(desk, people, batchId)])
  const broken = answers.filter((answer) => answer.ok).length === 1 ? [] : ['not exactly one approval was taken']
  await world.quiet(desk)
  const rows = unwrap(
    await desk.command('batch.rows', {
      session: people.session as never,
      input: { batchId: batchId as never, filter: 'all', offset: 0, limit: 100 },
    }),
  ).rows
  const accepted = rows.filter((row) => row.state === 'accepted').length
  await desk.close()
  await desk.kill()
  const effects = effectsIn(world.books).filter(({ ours }) => ours).length
  const wanted = world.shop.rows.length + more.length
  if (accepted !== more.length) broken.push(`${accepted} of ${more.length} rows of the second batch are accepted`)
  return { doubled: Math.max(0, effects - wanted), lost: Math.max(0, wanted - effects), broken, details: [] }
}
