import { parseArgs } from 'node:util'
import { randomInt } from 'node:crypto'
import { simulation } from './sim'

/** The simulation alone: fresh seeds, or from the seed named. Started by start.mjs. */
const { values } = parseArgs({
  options: {
    desk: { type: 'string' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    short: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '2' },
  },
})
const startedAtMs = performance.now()
const { tried, survived, doubled, lost, notes } = await simulation.run({
  seed: values.seed === undefined ? randomInt(2 ** 40) : Number(values.seed),
  short: values.short,
  deskBundle: values.desk ?? '',
  electron: process.execPath,
  lanes: Number(values.lanes),
  ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
})
const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
process.stdout.write(
  `${simulation.id} ${simulation.what}: tried ${tried}, survived ${survived}, doubled ${doubled}, lost ${lost} (${seconds} s)\n`,
)
for (const note of notes) process.stdout.write(`    ${note}\n`)
process.exitCode = survived === tried && tried > 0 ? 0 : 1
