import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openLedger, verifyLedger } from '../../../src/main/core/ledger/open-ledger'
import { tally, type Fault, type Verdict } from '../fault'
import { randomFrom, type Random } from '../random'
import { filesOf, traceEverySend } from '../strace'
import { inWorld, MASTER_KEY } from '../world'

const ROWS = 12

/** What a traced run did to its files, and what it said to the PG, in order. */
type Step =
  | { readonly kind: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly file: number; readonly size: number }
  | { readonly kind: 'sync'; readonly file: number }
  | { readonly kind: 'sent'; readonly tag: string }

/**
 * The power goes between any two steps of a run: what was synced is there, of the writes since then each may be there,
 * half there, damaged or missing. The ledger must open, hold a prefix of the commits, and know every tag that was sent.
 */
export const powerCut: Fault = {
  id: 'F03',
  what: 'power cuts with the unsynced tail dropped, cut or flipped',
  needsStrace: true,
  async run(options) {
    let steps: Step[] = []
    let before: Buffer[] = []
    await inWorld(options, { rows: ROWS, name: 'traced' }, async (world) => {
      before = filesOf(world.ledgerFile).map((file) => readOrEmpty(file))
      const log = path.join(world.folder, 'calls')
      const verdict = await world.finish(await world.start({ strace: traceEverySend(log) }))
      steps = stepsIn(readFileSync(log, 'latin1'), filesOf(world.ledgerFile))
      return verdict
    })
    const sent = steps.filter((step) => step.kind === 'sent').length
    if (sent < ROWS) throw new Error(`the trace shows ${sent} cancels of ${ROWS}`)
    const cuts = steps.flatMap((step, place) => (step.kind === 'sync' || step.kind === 'sent' ? [place] : []))
    const chosen = options.short ? cuts.filter((_, place) => place % 8 === 0) : cuts
    const each = options.short ? 4 : 40
    const cases = chosen.map((place) => ({ name: `step ${place}`, place, weight: each }))
    const disk = new Replay(before, steps)
    return tally(
      { ...options, lanes: 1 },
      cases,
      ({ name, place }) => {
        const random = randomFrom(options.seed, 'F03', place)
        disk.goTo(place)
        const folder = path.join(options.folder, name.replace(' ', '-'))
        mkdirSync(folder, { recursive: true })
        const broken = Array.from({ length: each }, () => afterCut(disk, random, folder)).flat()
        if (broken.length === 0) rmSync(folder, { recursive: true })
        return Promise.resolve({ doubled: 0, lost: 0, broken, details: [] } satisfies Verdict)
      },
      () => [`${cuts.length} syncs and sends in a run of ${ROWS} rows`],
    )
  },
}

/** The disk of the traced run at one step. */
class Replay {
  private place = 0
  private synced: Buffer[]
  private unsynced: { file: number; apply: (content: Buffer, random: Random | null) => Buffer }[] = []
  readonly sent: string[] = []

  constructor(
    before: readonly Buffer[],
    private readonly steps: readonly Step[],
  ) {
    this.synced = [...before]
  }

  /** Up to and without this step; only forward. */
  goTo(place: number): void {
    for (; this.place < place; this.place += 1) {
      const step = this.steps[this.place]
      if (step === undefined) return
      if (step.kind === 'sent') this.sent.push(step.tag)
      else if (step.kind === 'sync') this.sync(step.file)
      else this.unsynced.push({ file: step.file, apply: (content, random) => applied(content, step, random) })
    }
  }

  private sync(file: number): void {
    for (const one of this.unsynced) {
      if (one.file === file) this.synced[file] = one.apply(this.synced[file] ?? Buffer.alloc(0), null)
    }
    this.unsynced = this.unsynced.filter((one) => one.file !== file)
  }

  /** One way in which the disk may look after the power is back. */
  after(random: Random): Buffer[] {
    const files = [...this.synced]
    const manner = random.below(3)
    const kept = random.below(this.unsynced.length + 1)
    this.unsynced.forEach((one, place) => {
      // A prefix, any choice, or all of them; the last one of a prefix may be torn.
      const there = manner === 0 ? place < kept : manner === 1 ? random.chance(0.5) : true
      if (!there) return
      const torn = (manner === 0 && place === kept - 1) || random.chance(0.2)
      files[one.file] = one.apply(files[one.file] ?? Buffer.alloc(0), torn ? random : null)
    })
    return files
  }
}

/** With random numbers the write is torn: cut at any byte, or with a byte flipped. */
function applied(content: Buffer, step: Extract<Step, { kind: 'write' | 'cut' }>, random: Random | null): Buffer {
  if (step.kind === 'cut') {
    return Buffer.concat([content.subarray(0, step.size), Buffer.alloc(Math.max(0, step.size - content.length))])
  }
  let { bytes } = step
  if (random !== null && random.chance(0.5)) bytes = bytes.subarray(0, random.below(bytes.length + 1))
  else if (random !== null && bytes.length > 0) {
    bytes = Buffer.from(bytes)
    const place = random.below(bytes.length)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << random.below(8))
  }
  const size = Math.max(content.length, step.at + bytes.length)
  const whole = Buffer.concat([content, Buffer.alloc(size - content.length)])
  bytes.copy(whole, step.at)
  return whole
}

function afterCut(disk: Replay, random: Random, folder: string): string[] {
  const file = path.join(folder, 'ledger.db')
  for (const [place, content] of disk.after(random).entries()) {
    const name = filesOf(file)[place] ?? file
    if (content.length === 0 && place > 0) rmSync(name, { force: true })
    else writeFileSync(name, content)
  }
  const opened = openLedger({ file, mode: 'practice', masterKey: MASTER_KEY, nowMs: Date.now })
  if (!opened.ok) return [`it does not open: ${JSON.stringify(opened.problem)}`]
  const ledger = opened.value
  try {
    const broken: string[] = []
    const audit = verifyLedger(ledger)
    if (!audit.intact) broken.push(`the audit chain breaks at ${audit.brokenAtSeq}`)
    const known = new Set(ledger.db.prepare('SELECT tag FROM attempt WHERE sent_count > 0').pluck().all())
    const unknown = disk.sent.filter((tag) => !known.has(tag))
    if (unknown.length > 0) broken.push(`sent without a durable intent: ${unknown.join(', ')}`)
    return broken
  } finally {
    ledger.close()
  }
}

function readOrEmpty(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Reads strace's lines, whose texts are hexadecimal throughout (`-xx -y`). */
function stepsIn(log: string, files: readonly string[]): Step[] {
  const steps: Step[] = []
  for (const line of log.split('\n')) {
    const call = /^\d+\s+(\w+)\((?:\d+<([^>]*)>|)/.exec(line)
    const name = call?.[1]
    const file = files.indexOf(bytesOf(call?.[2] ?? '').toString())
    const text = /"((?:\\x[0-9a-f]{2})*)"/.exec(line.slice(line.indexOf('>,')))?.[1] ?? ''
    if (name === 'pwrite64' && file >= 0) {
      // Another thread's call may stand between a call and its result.
      const at = /, (\d+), (\d+)(?:\)\s+= \d+| <unfinished)/.exec(line)
      const bytes = bytesOf(text)
      if (at === null || Number(at[1]) !== bytes.length)
        throw new Error(`a write that was cut in the trace: ${line.slice(0, 80)}`)
      steps.push({ kind: 'write', file, at: Number(at[2]), bytes })
    } else if ((name === 'fsync' || name === 'fdatasync') && file >= 0) steps.push({ kind: 'sync', file })
    else if (name === 'ftruncate' && file >= 0) {
      steps.push({ kind: 'cut', file, size: Number(/, (\d+)\)/.exec(line)?.[1] ?? 0) })
    } else if (name === 'write' || name === 'writev' || name === 'sendto' || name === 'sendmsg') {
      const said = [...line.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)]
        .map((match) => bytesOf(match[1] ?? '').toString())
        .join('')
      const tag = /"(?:reason|reviseMessage)":"(RD[0-9A-Z]{8})/.exec(said)?.[1]
      if (tag !== undefined) steps.push({ kind: 'sent', tag })
    }
  }
  return steps
}

const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
