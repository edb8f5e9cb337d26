import { fields } from './run/fields.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => fields(await setUp(), process.argv.slice(2)))
