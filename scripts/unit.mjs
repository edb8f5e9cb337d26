import { unit } from './run/unit.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => unit(await setUp(), process.argv.slice(2)))
