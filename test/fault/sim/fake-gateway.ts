import type { CancelFact, PgPayment } from '../../../src/domain/payment'
import { problem } from '../../../src/domain/problem'
import { tagIn } from '../../../src/domain/refund-tag'
import { ok } from '../../../src/domain/result'
import type { ChannelRecord } from '../../../src/main/core/ledger/channels'
import type {
  CancelIntent,
  CancelOutcome,
  EncodedCancel,
  Gateway,
  ListPage,
  LookupAnswer,
  PaymentRef,
} from '../../../src/main/core/pg/gateway'
import { encodeCancel as encodeV1 } from '../../../src/main/core/pg/portone-v1/encode'
import { encodeCancel as encodeV2, idempotencyKey } from '../../../src/main/core/pg/portone-v2/encode'
import { createFakeKiccGateway } from './fake-kicc-gateway'
import type { FakePg, PgAccount, PgRequest } from './fake-pg'
import { abandoned, answered, ask, fateOf, onItsWay, outcomesOf, type Asked, type FakeGatewayDeps } from './fake-way'

/** The gateway of one channel, as its adapter behaves at the port. */
export function createFakeGateway(deps: FakeGatewayDeps, { channelId, options }: ChannelRecord): Gateway {
  return options.pg === 'kicc'
    ? createFakeKiccGateway(deps, channelId, options)
    : createFakePortoneGateway(deps, channelId, options.pg)
}

type PortoneKind = 'portone-v1' | 'portone-v2'

function createFakePortoneGateway(
  deps: FakeGatewayDeps,
  channelId: Gateway['channelId'],
  pgKind: PortoneKind,
): Gateway {
  const { calls, pg, time } = deps
  const ours = (): readonly PgAccount[] => pg.accounts.filter(({ payment }) => payment.channelId === channelId)
  const keyOf = ({ tag }: CancelIntent): string | null => (pgKind === 'portone-v2' ? idempotencyKey(tag) : null)
  return {
    channelId,
    reads: {
      kind: 'payments',
      lookupMax: pgKind === 'portone-v2' ? 20 : 100,
      lookup: (refs, signal) =>
        ask(deps, 'lookup', refs.map(nameOf).join('+'), () => lookUp(deps, ours(), refs), signal),
      async *list(_query, signal) {
        const all = ours().length
        const half = Math.ceil(all / 2)
        for (const [from, to] of [
          [0, half],
          [half, all],
        ] as const) {
          const look = (): Asked<ListPage> => {
            const payments = ours()
              .slice(from, to)
              .map((account) => pg.view(account))
            return { value: { payments, done: to, all }, seen: payments }
          }
          const page = await ask(deps, 'list', `${channelId} ${from}-${to}`, look, signal)
          yield page
          if (!page.ok) return
        }
      },
    },
    encodeCancel: pgKind === 'portone-v2' ? (intent) => encodeV2('', intent) : encodeV1,
    sendCancel(encoded, intent) {
      deps.onCancel(encoded, intent)
      const key = keyOf(intent)
      deps.onDeparture(intent, key)
      const startedAtMs = time.nowMs()
      const request = pgKind === 'portone-v2' ? requestOfV2(encoded, intent, key) : requestOfV1(encoded)
      return onItsWay<CancelOutcome>(calls, {
        what: 'cancel',
        about: `${intent.pgKey} ${intent.tag}`,
        arrive: () => cancelArrives(deps, pgKind, request, intent, startedAtMs),
        answer(reached) {
          deps.onCancelEnded(intent.tag)
          return answered(deps, reached, startedAtMs)
        },
        abandon: (arrives) => abandoned(deps, arrives, () => void pg.late.push(request)),
      })
    },
    testConnection: async () => ok({ clockDifferenceMs: 0, tokenLifeMs: null, samplePayments: 0 }),
    close: async () => undefined,
  }
}

const nameOf = (ref: PaymentRef): string => (ref.by === 'pg-key' ? ref.key : ref.orderNo)

function lookUp(
  { seeded, pg, badness, healed }: FakeGatewayDeps,
  accounts: readonly PgAccount[],
  refs: readonly PaymentRef[],
): Asked<LookupAnswer> {
  const found: PgPayment[] = []
  const missing: PaymentRef[] = []
  for (const ref of refs) {
    const account = accounts.find(({ payment }) =>
      ref.by === 'pg-key' ? payment.pgKey === ref.key : payment.orderNo === ref.orderNo,
    )
    // Now and then a PG does not find what it showed yesterday.
    if (account === undefined || (!healed() && seeded.chance(badness / 60))) missing.push(ref)
    else found.push(pg.view(account))
  }
  return { value: { found, missing }, seen: found }
}

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const NO_KEY = { key: null, day: null, accountNo: null } as const

function requestOfV1(encoded: EncodedCancel): PgRequest {
  const body = JSON.parse(encoded.body) as Readonly<Record<string, unknown>>
  return {
    ...NO_KEY,
    pg: 'portone-v1',
    pgKey: String(body['imp_uid']),
    // Missing, null and 0 mean "everything" to a PG.
    amount: numberIn(body['amount']) === 0 ? null : numberIn(body['amount']),
    checksum: numberIn(body['checksum']),
    reason: String(body['reason']),
  }
}

function requestOfV2(encoded: EncodedCancel, { pgKey }: CancelIntent, key: string | null): PgRequest {
  const body = JSON.parse(encoded.body) as Readonly<Record<string, unknown>>
  return {
    ...NO_KEY,
    pg: 'portone-v2',
    pgKey,
    key,
    amount: numberIn(body['amount']),
    checksum: numberIn(body['currentCancellableAmount']),
    reason: String(body['reason']),
  }
}

/** What becomes of a request between the program and the PG's books; answers what the PG would say. */
function cancelArrives(
  deps: FakeGatewayDeps,
  pgKind: PortoneKind,
  request: PgRequest,
  intent: CancelIntent,
  startedAtMs: number,
): CancelOutcome {
  const { seeded, pg } = deps
  const { said, unproven, lost, unsent, status } = outcomesOf(deps, startedAtMs)
  switch (fateOf(deps, [[1, 'field-error']])) {
    case 'never-leaves':
      return unsent(problem(seeded.pick(['pg-offline', 'pg-refused-keys'] as const)))
    case 'never-arrives':
      return lost()
    case 'late':
      pg.late.push(request)
      return lost()
    case 'words':
      return unproven(pgKind === 'portone-v2' ? 'FAILED' : '한도 초과')
    case 'words-with-effect':
      pg.judge(request)
      return unproven('결제취소에 실패하였습니다. [PG 응답 지연]')
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
        transcript: said(pgKind === 'portone-v2' ? 400 : 200),
      }
    default:
      return honest(deps, pgKind, request, intent, startedAtMs)
  }
}

/** The answer of a PG that works, as the adapters judge it. */
function honest(
  deps: FakeGatewayDeps,
  pgKind: PortoneKind,
  request: PgRequest,
  intent: CancelIntent,
  startedAtMs: number,
): CancelOutcome {
  const { pg } = deps
  const { said, unproven, status } = outcomesOf(deps, startedAtMs)
  const verdict = pg.judge(request)
  if (verdict.kind === 'outstanding') return status([409])
  if (verdict.kind === 'refused')
    return { kind: 'rejected', why: verdict.why, pgMessage: verdict.why, transcript: said(200) }
  if (verdict.kind === 'refused-in-words') return pgKind === 'portone-v2' ? status([502]) : unproven(verdict.words)
  const account = pg.account(request.pgKey)
  if (account === undefined) throw new Error('a cancel was taken for a payment that the PG does not have')
  return pgKind === 'portone-v2'
    ? shownById(deps, pg, account, verdict.cancel.cancelKey, startedAtMs)
    : shownByTag(pg, account, intent, said(200))
}

/** V1: success is believed only when its history shows our tag with our amount, once. */
function shownByTag(
  pg: FakePg,
  account: PgAccount,
  { tag, amount }: CancelIntent,
  transcript: CancelOutcome['transcript'],
): CancelOutcome {
  const payment = pg.view(account)
  const [cancel, second] = payment.cancels.filter((each: CancelFact) => tagIn(each.reason) === tag)
  if (cancel === undefined) return { kind: 'pending', payment, transcript }
  if (second !== undefined || cancel.amount !== amount) return { kind: 'unknown', why: 'odd-answer', transcript }
  return { kind: 'accepted', payment, cancel, balanceAfter: null, receiptTrouble: null, transcript }
}

/** V2: the payment is read again, which may fail, and must show the cancel under the id of the answer. */
function shownById(
  deps: FakeGatewayDeps,
  pg: FakePg,
  account: PgAccount,
  cancelKey: string,
  startedAtMs: number,
): CancelOutcome {
  const transcript = outcomesOf(deps, startedAtMs).said(200)
  const payment = pg.view(account)
  const cancel = payment.cancels.find((each) => each.cancelKey === cancelKey)
  const read = deps.healed() || !deps.seeded.chance(deps.badness / 8)
  if (cancel === undefined || !read) return { kind: 'pending', payment: null, transcript }
  return { kind: 'accepted', payment, cancel, balanceAfter: null, receiptTrouble: null, transcript }
}
