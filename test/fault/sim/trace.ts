/** What happened, line by line. The whole is kept as a hash only; the newest lines are there for whoever looks. */
export interface Trace {
  tell(line: string): void
  readonly hash: () => string
  readonly last: () => readonly string[]
}

const LINES_KEPT = Number(process.env['SIM_LINES'] ?? 50)

export function createTrace(): Trace {
  const lines: string[] = []
  // Two FNV-1a hashes side by side: cheap enough for a million steps, and nobody attacks them.
  let one = 0x811c9dc5
  let other = 0x01234567
  return {
    tell(line) {
      for (let at = 0; at < line.length; at += 1) {
        const code = line.charCodeAt(at)
        one = Math.imul(one ^ code, 0x01000193)
        other = Math.imul(other ^ code, 0x01000193) ^ (other >>> 15)
      }
      lines.push(line)
      if (lines.length > 2 * LINES_KEPT) lines.splice(0, lines.length - LINES_KEPT)
    },
    hash: () => [one, other].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join(''),
    last: () => lines.slice(-LINES_KEPT),
  }
}
