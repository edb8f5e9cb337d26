import { checkTypes } from './run/checks.mjs'
import { runMain } from './setup/setup.mjs'

await runMain(checkTypes)
