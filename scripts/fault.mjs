import { fault } from './run/fault.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => fault(await setUp({ tracer: true }), process.argv.slice(2)))
