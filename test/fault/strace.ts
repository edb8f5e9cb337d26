import { readFileSync } from 'node:fs'

/**
 * What SQLite calls here to write and to make durable, found by tracing a run: pages and log frames by pwrite64, the
 * end of a log by ftruncate, durability by fsync or, where it was built so, fdatasync.
 */
const WRITES = ['pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'unlink']

/** Counted over the ledger's own files only, where these are named. */
export function traceWrites(log: string, files: readonly string[] = []): string[] {
  return ['-f', '-qq', '-o', log, '-e', `trace=${WRITES.join(',')}`, ...files.flatMap((file) => ['-P', file])]
}

/** Injects at the nth of these calls; `when` is strace's own: `5` the fifth, `5+` from the fifth on. */
export function inject(calls: readonly string[], what: string, when: string): string[] {
  return calls.flatMap((call) => ['-e', `inject=${call}:${what}:when=${when}`])
}

export const filesOf = (ledgerFile: string): readonly string[] => [ledgerFile, `${ledgerFile}-wal`]

/** How often each call stands in a log of `traceWrites`. */
export function callsIn(log: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const call = /^\d+\s+(\w+)\(/.exec(line)?.[1]
    if (call !== undefined) counts[call] = (counts[call] ?? 0) + 1
  }
  return counts
}

/** Every write to any file or socket with all of its bytes, hexadecimal, and the names of what was written to. */
export function traceEverySend(log: string): string[] {
  const calls = [...WRITES, 'write', 'writev', 'sendto', 'sendmsg']
  return ['-f', '-qq', '-y', '-xx', '-s', '200000', '-o', log, '-e', `trace=${calls.join(',')}`]
}
