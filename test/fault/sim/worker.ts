import { runSimulation, type SimulationOptions } from './run-simulation'

/** One process of the simulation: what to run comes as JSON on the command line, the report goes out as one line of it. */
const options = JSON.parse(process.argv[2] ?? '') as SimulationOptions
const report = await runSimulation(options)
process.stdout.write(`${JSON.stringify(report)}\n`)
