import { MAIN_CHANNEL } from '../../../src/main/core/ledger/channels'
import { problem, type Problem } from '../../../src/domain/problem'
import type { CancelFact, PgPayment } from '../../../src/domain/payment'
import { tagIn } from '../../../src/domain/refund-tag'
import { fail, ok, type Result } from '../../../src/domain/result'
import { encodeCancel } from '../../../src/main/core/pg/portone-v1/encode'
import type {
  CancelIntent,
  CancelOutcome,
  EncodedCancel,
  PaymentGateway,
  ListPage,
  LookupAnswer,
  PaymentRef,
  Transcript,
} from '../../../src/main/core/pg/gateway'
import type { Call, Calls } from './calls'
import type { FakePg, PgRequest } from './fake-pg'
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
  /** The moment at which a request leaves the program. */
  readonly onCancel: (encoded: EncodedCancel, intent: CancelIntent) => void
  /** What a reading showed, at the moment at which the program learns it. */
  readonly onRead: (payments: readonly PgPayment[], asked: number) => void
  /** A number for a question that is asked now. */
  readonly asking: () => number
  /** The program learns how its request ended. */
  readonly onCancelEnded: (tag: string) => void
}

/** Retry-After as PGs send it, ms: none, soon, in the past, and beyond reason. */
const RETRY_AFTERS_MS: readonly (number | null)[] = [null, null, 1_000, 2_000, 30_000, 0, 86_400_000]

export function createFakeGateway(deps: FakeGatewayDeps): PaymentGateway {
  const { calls, pg } = deps
  const under = <T>(
    what: Call['what'],
    about: string,
    arrive: () => T,
    late: (reached: T) => T,
    {
      signal,
      abandon,
    }: { readonly signal?: AbortSignal | undefined; readonly abandon?: (arrives: () => void) => void } = {},
  ): Promise<T> =>
    new Promise((resolve) => {
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
          resolve(late(reached))
        },
        abandon: () => abandon?.(() => call.arrive()),
      }
      const broken = (): void => {
        calls.remove(call)
        if (call.stage === 'leaving') reached = arrive()
        resolve(late(reached))
      }
      signal?.addEventListener('abort', broken, { once: true })
      calls.add(call)
    })

  const read = <T>(
    about: string,
    what: 'lookup' | 'list',
    look: () => { readonly value: T; readonly seen: readonly PgPayment[] },
    signal?: AbortSignal,
  ): Promise<Result<T, Problem>> => {
    const asked = deps.asking()
    return under<Result<{ readonly value: T; readonly seen: readonly PgPayment[] }, Problem>>(
      what,
      about,
      () => readTrouble(deps) ?? ok(look()),
      (reached) => {
        if (signal?.aborted === true) return fail(problem('cancelled'))
        return reached.ok && !deps.healed() && deps.seeded.chance(deps.badness / 8)
          ? fail(problem('pg-timeout'))
          : reached
      },
      { signal },
    ).then((answer) => {
      if (!answer.ok) return answer
      deps.onRead(answer.value.seen, asked)
      return ok(answer.value.value)
    })
  }

  return {
    channelId: MAIN_CHANNEL.channelId,
    reads: {
      kind: 'payments',
      lookupMax: 100,
      lookup: (refs, signal) => read(refs.map(nameOf).join('+'), 'lookup', () => lookUp(deps, refs), signal),
      async *list(_query, signal) {
        const all = pg.accounts.length
        const half = Math.ceil(all / 2)
        for (const [from, to] of [
          [0, half],
          [half, all],
        ] as const) {
          const page = await read<ListPage>(
            `${from}-${to}`,
            'list',
            () => {
              const payments = pg.accounts.slice(from, to).map((account) => pg.view(account))
              return { value: { payments, done: to, all }, seen: payments }
            },
            signal,
          )
          yield page
          if (!page.ok) return
        }
      },
    },
    encodeCancel,
    sendCancel(encoded, intent) {
      deps.onCancel(encoded, intent)
      const startedAtMs = deps.time.nowMs()
      return under<CancelOutcome>(
        'cancel',
        `${intent.pgKey} ${intent.tag}`,
        () => cancelOnItsWay(deps, encoded, intent, startedAtMs),
        (reached) => {
          deps.onCancelEnded(intent.tag)
          return cancelAnswered(deps, reached, startedAtMs)
        },
        {
          abandon: (arrives) =>
            deps.seeded.weighted<() => void>([
              [4, () => undefined],
              [3, arrives],
              [3, () => void pg.late.push(requestOf(encoded))],
            ])?.(),
        },
      )
    },
    testConnection: async () => ok({ clockDifferenceMs: 0, tokenLifeMs: null, samplePayments: 0 }),
    close: async () => undefined,
  }
}

const nameOf = (ref: PaymentRef): string => (ref.by === 'pg-key' ? ref.key : ref.orderNo)

function readTrouble({ seeded, pg, badness, healed }: FakeGatewayDeps): Result<never, Problem> | null {
  if (healed()) return null
  if (pg.outage) return fail(problem(seeded.chance(0.8) ? 'pg-offline' : 'pg-timeout'))
  if (!seeded.chance(badness / 3)) return null
  const code = seeded.pick(['pg-offline', 'pg-timeout', 'pg-busy', 'pg-odd-answer', 'pg-refused-keys'] as const)
  return fail(code === 'pg-busy' ? problem(code, { seconds: seeded.pick([0, 1, 2, 30, 600, 86_400]) }) : problem(code))
}

function lookUp(
  { seeded, pg, badness, healed }: FakeGatewayDeps,
  refs: readonly PaymentRef[],
): { readonly value: LookupAnswer; readonly seen: readonly PgPayment[] } {
  const found: PgPayment[] = []
  const missing: PaymentRef[] = []
  for (const ref of refs) {
    const account = pg.accounts.find(({ payment }) =>
      ref.by === 'pg-key' ? payment.pgKey === ref.key : payment.orderNo === ref.orderNo,
    )
    // Now and then a PG does not find what it showed yesterday.
    if (account === undefined || (!healed() && seeded.chance(badness / 60))) missing.push(ref)
    else found.push(pg.view(account))
  }
  return { value: { found, missing }, seen: found }
}

function requestOf(encoded: EncodedCancel): PgRequest {
  const body = JSON.parse(encoded.body) as Readonly<Record<string, unknown>>
  return {
    pgKey: String(body['imp_uid']),
    // Missing, null and 0 mean "everything" to a PG.
    amount: typeof body['amount'] === 'number' ? body['amount'] : 0,
    checksum: typeof body['checksum'] === 'number' ? body['checksum'] : null,
    reason: String(body['reason']),
  }
}

type Fate =
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

function fateOf({ seeded, pg, badness, healed }: FakeGatewayDeps): Fate {
  if (healed()) return 'arrives'
  if (pg.outage)
    return (
      seeded.weighted([
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
      [1, 'field-error'],
    ]) ?? 'arrives'
  )
}

/** What becomes of a request between the program and the PG's books; answers what the PG would say. */
function cancelOnItsWay(
  deps: FakeGatewayDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  startedAtMs: number,
): CancelOutcome {
  const { seeded, pg } = deps
  const request = requestOf(encoded)
  const said = (httpStatus: number | null): Transcript => transcriptOf(deps.time, startedAtMs, httpStatus)
  const lost = (): CancelOutcome => ({
    kind: 'unknown',
    why: seeded.pick(['timeout', 'connection-lost'] as const),
    transcript: said(null),
  })
  const words = (text: string): CancelOutcome => ({
    kind: 'unproven',
    pgMessage: text,
    retryAfterMs: null,
    transcript: said(200),
  })
  const status = (codes: readonly number[]): CancelOutcome => {
    const httpStatus = seeded.pick(codes)
    const retryAfterMs = httpStatus === 401 ? null : seeded.pick(RETRY_AFTERS_MS)
    return { kind: 'unproven', pgMessage: `HTTP ${httpStatus}`, retryAfterMs, transcript: said(httpStatus) }
  }
  switch (fateOf(deps)) {
    case 'arrives':
      return honest(pg, request, intent, said(200))
    case 'never-leaves':
      return {
        kind: 'not-sent',
        problem: problem(seeded.pick(['pg-offline', 'pg-refused-keys'] as const)),
        transcript: said(null),
      }
    case 'never-arrives':
      return lost()
    case 'late':
      pg.late.push(request)
      return lost()
    case 'words':
      return words('한도 초과')
    case 'words-with-effect':
      pg.judge(request)
      return words('결제취소에 실패하였습니다. [PG 응답 지연]')
    case 'status':
      return status([401, 429, 429, 500, 502, 503])
    case 'status-with-effect':
      pg.judge(request)
      return status([429, 500, 502, 503])
    case 'status-late':
      pg.late.push(request)
      return status([429, 500, 502, 503])
    case 'field-error':
      return {
        kind: 'rejected',
        why: 'field-error',
        pgMessage: 'reason 값의 길이가 올바르지 않습니다.',
        transcript: said(200),
      }
  }
}

/** The answer of a PG that works: success is believed only when its history shows our tag with our amount, once. */
function honest(pg: FakePg, request: PgRequest, intent: CancelIntent, transcript: Transcript): CancelOutcome {
  const verdict = pg.judge(request)
  if (verdict.kind === 'refused') return { kind: 'rejected', why: verdict.why, pgMessage: verdict.why, transcript }
  if (verdict.kind === 'refused-in-words')
    return { kind: 'unproven', pgMessage: verdict.words, retryAfterMs: null, transcript }
  const account = pg.account(request.pgKey)
  if (account === undefined) throw new Error('a cancel was taken for a payment that the PG does not have')
  const payment = pg.view(account)
  const [cancel, second] = payment.cancels.filter((each: CancelFact) => tagIn(each.reason) === intent.tag)
  if (cancel === undefined) return { kind: 'pending', payment, transcript }
  if (second !== undefined || cancel.amount !== intent.amount) return { kind: 'unknown', why: 'odd-answer', transcript }
  return { kind: 'accepted', payment, cancel, balanceAfter: null, receiptTrouble: null, transcript }
}

/** An answer may be lost on its way back, or spoiled by something in between. */
function cancelAnswered(deps: FakeGatewayDeps, reached: CancelOutcome, startedAtMs: number): CancelOutcome {
  const { seeded, badness, healed, time } = deps
  if (reached.kind === 'not-sent' || reached.kind === 'unknown' || healed() || !seeded.chance(badness / 2))
    return reached
  const why = seeded.pick(['timeout', 'connection-lost', 'odd-answer'] as const)
  return { kind: 'unknown', why, transcript: transcriptOf(time, startedAtMs, why === 'odd-answer' ? 200 : null) }
}

function transcriptOf(time: FakeTime, startedAtMs: number, httpStatus: number | null): Transcript {
  return {
    method: 'POST',
    path: '/payments/cancel',
    startedAtMs,
    endedAtMs: time.nowMs(),
    httpStatus,
    request: '',
    response: '',
  }
}
