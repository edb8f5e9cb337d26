import path from 'node:path'
import { build } from './run/build.mjs'
import { programArguments, run, sandboxHint } from './run/program.mjs'
import { projectRoot } from './setup/project.mjs'
import { say } from './setup/say.mjs'
import { runMain, setUp } from './setup/setup.mjs'
import { hasDisplay } from './setup/system-libraries.mjs'

await runMain(async () => {
  const executable = await setUp()
  const code = await build(executable)
  if (code !== 0) {
    return code
  }
  if (!hasDisplay()) {
    say('there is no display here: running the demo on a virtual one')
    return run(process.execPath, [path.join(projectRoot, 'scripts/demo.mjs')])
  }
  const hint = sandboxHint(executable)
  if (hint !== null) {
    say(hint)
  }
  return run(executable, [...programArguments(), ...process.argv.slice(2)], {
    env: { ELECTRON_RUN_AS_NODE: undefined },
  })
})
