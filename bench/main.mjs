import { measureIntent } from './intent.mjs'
import { measureRun } from './run.mjs'
import { measureStart } from './start.mjs'

// Every measurement runs beside its peer, in turn, at least five times; the median of the ratios is what counts.
const measurements = { start: measureStart, run: measureRun, intent: measureIntent }
const only = process.argv[process.argv.indexOf('--only') + 1]
const chosen = Object.keys(measurements).filter((name) => !process.argv.includes('--only') || name === only)

const results = []
for (const name of chosen) {
  results.push(...(await measurements[name]()))
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ results }))
} else {
  for (const { id, what, ours, peer, ratio, goal, unit, holds, spread } of results) {
    console.log(`${id}: ${what}`)
    console.log(
      `  ours ${ours} ${unit}, peer ${peer} ${unit}, ratio ${ratio} (${spread}), goal ${goal}: ${holds ? 'holds' : 'does not hold'}`,
    )
  }
}
