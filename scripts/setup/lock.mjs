const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/**
 * Entries for optional packages that a package of the lock names but the lock does not hold. A registry that carries
 * one platform only leaves such holes, and `npm ci` refuses a lock with holes on every platform. The entries have no
 * integrity, since their content was never seen: npm skips them here and fetches them by version elsewhere.
 */
export function missingOptionalPackages(lock) {
  const missing = {}
  for (const [place, holder] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(holder.optionalDependencies ?? {})) {
      const nested = `${place}/node_modules/${name}`
      const top = `node_modules/${name}`
      if (lock.packages[nested] === undefined && lock.packages[top] === undefined) {
        missing[top] = { version, ...platformOf(name), ...(holder.dev ? { dev: true } : {}), optional: true }
      }
    }
  }
  return missing
}

// Platform packages are named after their platform; the fields keep npm from fetching them elsewhere.
function platformOf(name) {
  const words = name.split('/').at(-1).split('-')
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  const libc = { gnu: 'glibc', musl: 'musl' }[words.at(-1)]
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os === 'linux' && libc ? { libc: [libc] } : {}),
  }
}
