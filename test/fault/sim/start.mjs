import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { runInElectronNode } from '../../../scripts/run/program.mjs'
import { projectRoot } from '../../../scripts/setup/project.mjs'
import { runMain, setUp } from '../../../scripts/setup/setup.mjs'

const outDir = path.join(projectRoot, 'out/fault')

/** Bundles one entry of the simulation for Electron's own Node. */
async function bundle(name, entry) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
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

await runMain(async () => {
  const executable = await setUp()
  mkdirSync(outDir, { recursive: true })
  await bundle('sim', 'worker.ts')
  const main = await bundle('sim-main', 'main.ts')
  return runInElectronNode(executable, [main, '--bundles', outDir, ...process.argv.slice(2)])
})
