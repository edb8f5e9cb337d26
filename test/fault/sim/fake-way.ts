import { problem, type Problem } from '../../../src/domain/problem'
import type { PgPayment } from '../../../src/domain/payment'
import { fail, ok, type Result } from '../../../src/domain/result'
import type { CancelIntent, CancelOutcome, EncodedCancel, Transcript } from '../../../src/main/core/pg/gateway'
import type { Call, Calls } from './calls'
import type { FakePg } from './fake-pg'
import type { FakeTime } from './fake-time'
import type { Seeded } from './seeded'

export interface FakeGatewayDeps {
  readonly seeded: Seeded
  readonly time: FakeTime
  readonly pg: FakePg
  readonly calls: Calls
  /** How often something goes wrong on the way, 0..1. */
  readonly badness: number
  /** Nothing goes wrong any more: the seed's end. */
  readonly healed: () => boolean
  /** The program hands a request over to be sent. */
  readonly onCancel: (encoded: EncodedCancel, intent: CancelIntent) => void
  /** The moment at which a request leaves the program, with the key that the PG tells requests apart by. */
  readonly onDeparture: (intent: CancelIntent, key: string | null) => void
  /** What a reading showed, at the moment at which the program learns it. */
  readonly onRead: (payments: readonly PgPayment[], asked: number) => void
  /** A number for a question that is asked now. */
  readonly asking: () => number
  /** The program learns how its request ended. */
  readonly onCancelEnded: (tag: string) => void
}

interface OnTheWay<T> {
  readonly what: Call['what']
  readonly about: string
  /** At the other end, once. */
  readonly arrive: () => T
  /** Back at the program. */
  readonly answer?: (reached: T) => T
  readonly signal?: AbortSignal | undefined
  /** The program died with this under way. */
  readonly abandon?: (arrives: () => void) => void
}

/** Puts something on its way; the simulation decides when it arrives and when its answer is back. */
export function onItsWay<T>(
  calls: Calls,
  { what, about, arrive, answer = (reached) => reached, signal, abandon }: OnTheWay<T>,
): Promise<T> {
  return new Promise((resolve) => {
    let reached: T
    const call: Call = {
      what,
      about,
      stage: 'leaving',
      arrive() {
        reached = arrive()
        call.stage = 'answering'
      },
      answer() {
        calls.remove(call)
        signal?.removeEventListener('abort', broken)
        resolve(answer(reached))
      },
      abandon: () => abandon?.(() => call.arrive()),
    }
    const broken = (): void => {
      calls.remove(call)
      if (call.stage === 'leaving') reached = arrive()
      resolve(answer(reached))
    }
    signal?.addEventListener('abort', broken, { once: true })
    calls.add(call)
  })
}

export interface Asked<T> {
  readonly value: T
  readonly seen: readonly PgPayment[]
}

/** A question that moves no money. */
export async function ask<T>(
  deps: FakeGatewayDeps,
  what: Call['what'],
  about: string,
  look: () => Asked<T>,
  signal?: AbortSignal,
): Promise<Result<T, Problem>> {
  const asked = deps.asking()
  const answer = await onItsWay<Result<Asked<T>, Problem>>(deps.calls, {
    what,
    about,
    arrive: () => readTrouble(deps) ?? ok(look()),
    answer(reached) {
      if (signal?.aborted === true) return fail(problem('cancelled'))
      return reached.ok && !deps.healed() && deps.seeded.chance(deps.badness / 8)
        ? fail(problem('pg-timeout'))
        : reached
    },
    signal,
  })
  if (!answer.ok) return answer
  deps.onRead(answer.value.seen, asked)
  return ok(answer.value.value)
}

function readTrouble({ seeded, pg, badness, healed }: FakeGatewayDeps): Result<never, Problem> | null {
  if (healed()) return null
  if (pg.outage) return fail(problem(seeded.chance(0.8) ? 'pg-offline' : 'pg-timeout'))
  if (!seeded.chance(badness / 3)) return null
  const code = seeded.pick(['pg-offline', 'pg-timeout', 'pg-busy', 'pg-odd-answer', 'pg-refused-keys'] as const)
  return fail(code === 'pg-busy' ? problem(code, { seconds: seeded.pick([0, 1, 2, 30, 600, 86_400]) }) : problem(code))
}

/** An answer to a cancel may be lost on its way back, or spoiled by something in between. */
export function answered(deps: FakeGatewayDeps, reached: CancelOutcome, startedAtMs: number): CancelOutcome {
  const { seeded, badness, healed, time } = deps
  if (reached.kind === 'not-sent' || reached.kind === 'unknown' || healed() || !seeded.chance(badness / 2))
    return reached
  const why = seeded.pick(['timeout', 'connection-lost', 'odd-answer'] as const)
  return { kind: 'unknown', why, transcript: transcriptOf(time, startedAtMs, why === 'odd-answer' ? 200 : null) }
}

export function transcriptOf(time: FakeTime, startedAtMs: number, httpStatus: number | null): Transcript {
  return {
    method: 'POST',
    path: '/cancel',
    startedAtMs,
    endedAtMs: time.nowMs(),
    httpStatus,
    request: '',
    response: '',
  }
}

/** Retry-After as PGs send it, ms: none, soon, in the past, and beyond reason. */
const RETRY_AFTERS_MS: readonly (number | null)[] = [null, null, 1_000, 2_000, 30_000, 0, 86_400_000]

export type Fate =
  | 'arrives'
  | 'never-leaves'
  | 'never-arrives'
  | 'late'
  | 'words'
  | 'words-with-effect'
  | 'status'
  | 'status-with-effect'
  | 'status-late'
  | 'field-error'
  /** KICC: it has the request and does not know the result itself. */
  | 'in-doubt'
  | 'in-doubt-with-effect'

/** What becomes of a cancel between the program and the PG's books. */
export function fateOf(
  { seeded, pg, badness, healed }: FakeGatewayDeps,
  others: readonly (readonly [number, Fate])[],
): Fate {
  if (healed()) return 'arrives'
  if (pg.outage)
    return (
      seeded.weighted<Fate>([
        [6, 'never-leaves'],
        [2, 'never-arrives'],
        [1, 'late'],
        [2, 'status'],
      ]) ?? 'never-leaves'
    )
  if (!seeded.chance(badness)) return 'arrives'
  return (
    seeded.weighted<Fate>([
      [4, 'never-leaves'],
      [7, 'never-arrives'],
      [6, 'late'],
      [2, 'words'],
      [2, 'words-with-effect'],
      [3, 'status'],
      [3, 'status-with-effect'],
      [2, 'status-late'],
      ...others,
    ]) ?? 'arrives'
  )
}

/** Outcomes that every PG has, as the adapters tell them. */
export function outcomesOf({ seeded, time }: FakeGatewayDeps, startedAtMs: number) {
  const said = (httpStatus: number | null): Transcript => transcriptOf(time, startedAtMs, httpStatus)
  const unproven = (pgMessage: string): CancelOutcome => ({
    kind: 'unproven',
    pgMessage,
    retryAfterMs: null,
    transcript: said(200),
  })
  return {
    said,
    unproven,
    lost: (): CancelOutcome => ({
      kind: 'unknown',
      why: seeded.pick(['timeout', 'connection-lost'] as const),
      transcript: said(null),
    }),
    unsent: (found: Problem): CancelOutcome => ({ kind: 'not-sent', problem: found, transcript: said(null) }),
    status(codes: readonly number[]): CancelOutcome {
      const httpStatus = seeded.pick(codes)
      const retryAfterMs = httpStatus === 401 ? null : seeded.pick(RETRY_AFTERS_MS)
      return { kind: 'unproven', pgMessage: `HTTP ${httpStatus}`, retryAfterMs, transcript: said(httpStatus) }
    },
  }
}

/** The program died with a cancel on the wire: it is gone, arrives all the same, or arrives late. */
export function abandoned({ seeded }: FakeGatewayDeps, arrives: () => void, arrivesLate: () => void): void {
  seeded.weighted<() => void>([
    [4, () => undefined],
    [3, arrives],
    [3, arrivesLate],
  ])?.()
}
