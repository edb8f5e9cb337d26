import { build } from './run/build.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => build(await setUp()))
