import path from 'node:path'
import { build } from 'vite'
import { runInElectronNode } from '../../../scripts/run/program.mjs'
import { projectRoot } from '../../../scripts/setup/project.mjs'
import { runMain, setUp } from '../../../scripts/setup/setup.mjs'
import { SIM_GUARDS } from './guards-off.mjs'

/** The simulation alone: node test/fault/sim/start.mjs [--seed S] [--steps N] [--short] [--without GUARD]. */
const outDir = path.join(projectRoot, 'out/fault')

async function bundle(name, entry, mutations = []) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
    plugins: [mutate(name, mutations)],
    build: {
      ssr: path.join(import.meta.dirname, entry),
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  return path.join(outDir, `${name}.mjs`)
}

/** A guard that was not really switched off would prove nothing, so each text must be there, once. */
function mutate(name, mutations) {
  const left = new Set(mutations)
  return {
    name: 'mutate',
    enforce: 'pre',
    transform(code, id) {
      let text = code
      for (const mutation of mutations) {
        if (path.relative(projectRoot, id) !== path.normalize(mutation.file)) continue
        const pieces = text.split(mutation.find)
        if (pieces.length !== 2) throw new Error(`${name}: found ${pieces.length - 1} times: ${mutation.find}`)
        text = pieces.join(mutation.replace)
        left.delete(mutation)
      }
      return text === code ? null : { code: text, map: null }
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0) throw new Error(`${name}: ${left.size} replacements were not made`)
    },
  }
}

await runMain(async () => {
  const executable = await setUp()
  const args = process.argv.slice(2)
  const at = args.indexOf('--without')
  const id = at < 0 ? null : args.splice(at, 2)[1]
  const guard = SIM_GUARDS.find((each) => each.id === id)
  if (id !== null && guard === undefined) throw new Error(`no such guard: ${id}`)
  const name = id === null ? 'sim' : `sim-without-${id}`
  await bundle(name, 'worker.ts', guard?.mutations)
  const main = await bundle('sim-main', 'main.ts')
  const desk = path.join(outDir, name.replace('sim', 'desk'))
  return runInElectronNode(executable, [main, '--desk', `${desk}.mjs`, ...args])
})
