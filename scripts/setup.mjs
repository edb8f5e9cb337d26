import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => {
  await setUp()
})
