import { build } from './run/build.mjs'
import { e2e } from './run/e2e.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => {
  const code = await build(await setUp())
  return code === 0 ? e2e(process.argv.slice(2)) : code
})
