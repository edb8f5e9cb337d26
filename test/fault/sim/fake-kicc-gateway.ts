import type { KiccOptions } from '../../../src/domain/channel-options'
import { requestLookUpEndsMs } from '../../../src/domain/look-deadline'
import { won } from '../../../src/domain/money'
import type { CancelFact } from '../../../src/domain/payment'
import { problem } from '../../../src/domain/problem'
import { fail, ok } from '../../../src/domain/result'
import type {
  AcceptedCancel,
  CancelIntent,
  CancelOutcome,
  EncodedCancel,
  Gateway,
  RequestFinding,
} from '../../../src/main/core/pg/gateway'
import { encodeCancel } from '../../../src/main/core/pg/kicc/encode'
import { storedRequest, type StoredRequest } from '../../../src/main/core/pg/kicc/request'
import { isOfMerchant, isOfToday } from '../../../src/main/core/pg/kicc/revise'
import type { PgCancel, PgRequest } from './fake-pg'
import { abandoned, answered, ask, fateOf, onItsWay, outcomesOf, transcriptOf, type FakeGatewayDeps } from './fake-way'
import { DAY_MS, seoulDay } from './seoul'

/** KICC as its adapter shows it at the port: the adapter's own encoder, and its own guards before a request leaves. */
export function createFakeKiccGateway(
  deps: FakeGatewayDeps,
  channelId: Gateway['channelId'],
  settings: KiccOptions,
): Gateway {
  const { calls, time, seeded } = deps
  const nothing = { value: { clockDifferenceMs: 0, tokenLifeMs: null, samplePayments: 0 }, seen: [] } as const
  return {
    channelId,
    reads: {
      kind: 'requests',
      async findRequest(encoded, intent, signal) {
        const stored = storedRequest(encoded, intent)
        const endsMs = requestLookUpEndsMs('kicc', intent.requestedOn)
        if (endsMs !== null && time.nowMs() >= endsMs) return fail(problem('pg-look-up-closed'))
        const look = () => ({ value: find(deps, stored, intent), seen: [] })
        return ask(deps, 'question', `${intent.pgKey} ${intent.tag}`, look, signal)
      },
    },
    encodeCancel: (intent) => encodeCancel(intent, settings, null),
    async sendCancel(encoded, intent) {
      deps.onCancel(encoded, intent)
      const stored = storedRequest(encoded, intent)
      const about = `${intent.pgKey} ${intent.tag}`
      if (!isOfMerchant(stored, settings)) return unsent(deps, intent, 'pg-merchant-missing')
      // The vault may take its time, over midnight as well.
      if (seeded.chance(0.3)) await onItsWay(calls, { what: 'vault', about, arrive: () => null })
      if (!isOfToday(stored, time.nowMs())) return unsent(deps, intent, 'pg-day-passed')
      deps.onDeparture(intent, stored.fields.shopTransactionId)
      return leave(deps, encoded, intent, stored)
    },
    testConnection: async (signal) => {
      const tested = await ask(deps, 'test', channelId, () => nothing, signal)
      return tested.ok ? ok(nothing.value) : tested
    },
    close: async () => undefined,
  }
}

function unsent(
  deps: FakeGatewayDeps,
  { tag }: CancelIntent,
  code: 'pg-merchant-missing' | 'pg-day-passed',
): CancelOutcome {
  deps.onCancelEnded(tag)
  return outcomesOf(deps, deps.time.nowMs()).unsent(problem(code))
}

function leave(
  deps: FakeGatewayDeps,
  encoded: EncodedCancel,
  intent: CancelIntent,
  stored: StoredRequest,
): Promise<CancelOutcome> {
  const { calls, pg, time } = deps
  const startedAtMs = time.nowMs()
  const request = requestOf(encoded)
  return onItsWay<CancelOutcome>(calls, {
    what: 'cancel',
    about: `${intent.pgKey} ${intent.tag}`,
    arrive: () => cancelArrives(deps, request, intent, stored, startedAtMs),
    answer(reached) {
      deps.onCancelEnded(intent.tag)
      return answered(deps, reached, startedAtMs)
    },
    abandon: (arrives) => abandoned(deps, arrives, () => void pg.late.push(request)),
  })
}

function requestOf({ body }: EncodedCancel): PgRequest {
  const fields = JSON.parse(body) as Readonly<Record<string, unknown>>
  const info = fields['refundInfo'] as Readonly<Record<string, unknown>>
  return {
    pg: 'kicc',
    // The deposit, where the payment's number is that of the account.
    pgKey: String(info['depositPgCno'] ?? fields['pgCno']),
    amount: typeof fields['amount'] === 'number' ? fields['amount'] : null,
    checksum: null,
    reason: String(fields['reviseMessage']),
    key: String(fields['shopTransactionId']),
    day: String(fields['cancelReqDate']),
    accountNo: String(info['refundAccountNo']),
  }
}

function accepted(
  { seeded, healed }: FakeGatewayDeps,
  cancel: PgCancel,
  { pgCno, reviseMessage }: StoredRequest['fields'],
): Omit<AcceptedCancel, 'transcript'> {
  const fact: CancelFact = {
    // Now and then an answer lacks what the tables call required.
    cancelKey: !healed() && seeded.chance(0.02) ? null : cancel.cancelKey,
    pgTransactionKey: pgCno,
    amount: won(cancel.amount),
    cancelledAtMs: Math.floor(cancel.takenAtMs / 1000) * 1000,
    reason: reviseMessage,
  }
  return {
    kind: 'accepted',
    payment: null,
    cancel: fact,
    balanceAfter: seeded.chance(0.7) ? won(cancel.balanceAfter) : null,
    receiptTrouble: seeded.chance(0.03) ? '현금영수증 취소 실패' : null,
  }
}

/** What becomes of a request between the program and KICC's books; no refusal of KICC is known to be clean. */
function cancelArrives(
  deps: FakeGatewayDeps,
  request: PgRequest,
  intent: CancelIntent,
  { fields }: StoredRequest,
  startedAtMs: number,
): CancelOutcome {
  const { seeded, pg } = deps
  const { said, unproven, lost, unsent: neverLeft, status } = outcomesOf(deps, startedAtMs)
  const registered = (): void => {
    const record = pg.kicc.receive(request)
    if (!('kind' in record)) pg.late.push({ ...request, record })
  }
  const doubt: CancelOutcome = { kind: 'unknown', why: 'timeout', transcript: said(200) }
  const fate = fateOf(deps, [
    [4, 'in-doubt'],
    [3, 'in-doubt-with-effect'],
  ])
  switch (fate) {
    case 'never-leaves':
      return neverLeft(problem(seeded.pick(['pg-offline', 'pg-timeout'] as const)))
    case 'never-arrives':
      return lost()
    case 'late':
      if (seeded.chance(0.5)) registered()
      else pg.late.push(request)
      return lost()
    case 'in-doubt':
      registered()
      return doubt
    case 'in-doubt-with-effect':
      pg.judge(request)
      return doubt
    case 'words': {
      const record = pg.kicc.receive(request)
      if (!('kind' in record)) record.state = 'refused'
      return unproven('8999 계좌 확인 실패')
    }
    case 'words-with-effect':
      pg.judge(request)
      return unproven('9999 처리 중 오류')
    case 'status':
      return status([401, 429, 429, 500, 502, 503])
    case 'status-with-effect':
      pg.judge(request)
      return status([429, 500, 502, 503])
    case 'status-late':
      pg.late.push(request)
      return status([429, 500, 502, 503])
    default: {
      const verdict = pg.judge(request)
      if (verdict.kind === 'taken') {
        const { cancel } = verdict
        return cancel.amount === intent.amount
          ? { ...accepted(deps, cancel, fields), transcript: said(200) }
          : { kind: 'unknown', why: 'odd-answer', transcript: said(200) }
      }
      return unproven(verdict.kind === 'refused-in-words' ? verdict.words : verdict.kind)
    }
  }
}

/** What KICC answers about a request, by its key and its day; after midnight the adapter asks for the next day as well. */
function find(deps: FakeGatewayDeps, { fields }: StoredRequest, intent: CancelIntent): RequestFinding {
  const { seeded, pg, time, badness, healed } = deps
  const transcript = transcriptOf(time, time.nowMs(), 200)
  const unsettled = (pgMessage: string): RequestFinding => ({ kind: 'unsettled', pgMessage, transcript })
  const { shopTransactionId: key, cancelReqDate: day } = fields
  const next = seoulDay(Date.parse(`${intent.requestedOn}T00:00:00+09:00`) + DAY_MS)
  for (const each of seoulDay(time.nowMs()) < next ? [day] : [day, next]) {
    const record = pg.kicc.find(key, each)
    if (record === null) continue
    // Whether KICC says that it is too late, or that it knows nothing, nobody has written down.
    if (record === 'closed') return seeded.chance(0.5) ? unsettled('9101 조회 기간 초과') : { kind: 'none', transcript }
    if (record.state === 'working' || (!healed() && seeded.chance(badness / 4))) return unsettled('VT00 처리 중')
    if (record.state === 'refused') return { kind: 'refused', pgMessage: '8999 거절', transcript }
    const { cancel } = record
    if (cancel === null) throw new Error('a taken request has its cancel')
    // Success and rejection at once, or the state from before the rejection.
    if (cancel.rejected && seeded.chance(0.5)) return unsettled('0000 (RF03)')
    return { ...accepted(deps, cancel, fields), transcript }
  }
  return { kind: 'none', transcript }
}
