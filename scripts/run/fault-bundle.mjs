import path from 'node:path'
import { projectRoot } from '../setup/project.mjs'

const outDir = path.join(projectRoot, 'out/fault')

/**
 * Bundles a program of the fault campaign for Electron's own Node. `mutations` change the sources on their way into the
 * bundle, never on the disk: each replaces one exact text, and a text that is not found, or twice, is an error, since a
 * guard that was not really switched off would be proven by nothing.
 */
export async function bundleForFaults(name, entry, mutations = []) {
  // Loaded late: the set-up that brings it runs after this file was read.
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
    plugins: [mutate(name, mutations)],
    build: {
      ssr: path.join(projectRoot, entry),
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  return path.join(outDir, `${name}.mjs`)
}

function mutate(name, mutations) {
  const applied = new Set()
  return {
    name: 'mutate',
    enforce: 'pre',
    transform(code, id) {
      let text = code
      for (const mutation of mutations) {
        if (path.relative(projectRoot, id).replaceAll('\\', '/') !== mutation.file) {
          continue
        }
        const pieces = text.split(mutation.find)
        if (pieces.length !== 2) {
          throw new Error(
            `${name}: found ${pieces.length - 1} times instead of once in ${mutation.file}: ${mutation.find}`,
          )
        }
        text = pieces.join(mutation.replace)
        applied.add(mutation)
      }
      return text === code ? null : { code: text, map: null }
    },
    buildEnd(error) {
      const missed = mutations.filter((mutation) => !applied.has(mutation))
      if (error === undefined && missed.length > 0) {
        throw new Error(`${name}: not part of the bundle: ${missed.map(({ file }) => file).join(', ')}`)
      }
    },
  }
}
