import { measureStart } from './start.mjs'

// Every measurement runs beside its peer, in turn, at least five times; the median of the ratios is what counts.
const measurements = [measureStart]

const results = []
for (const measure of measurements) {
  results.push(...(await measure()))
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
