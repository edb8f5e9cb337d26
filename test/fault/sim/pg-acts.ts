import type { FakePg, PgAccount, PgCancel } from './fake-pg'
import type { FakeTime } from './fake-time'
import type { Seeded } from './seeded'

/** More payments than this would hardly meet one another any more. */
const PAYMENTS_MAX = 18
const HOUR_MS = 60 * 60 * 1000
const BOUNCE_FROM_MS = 3 * HOUR_MS
/** Earlier than the next business day: a seed has hours, not days. */
const PAYOUT_FROM_MS = 2 * HOUR_MS

/** One act at the PG that the program does not cause; answers what it was. */
export function actOfPg(
  seeded: Seeded,
  time: FakeTime,
  pg: FakePg,
  quiet: boolean,
  wanted: readonly number[],
): string | null {
  const hidden = pg.accounts.flatMap((account) =>
    account.cancels
      .filter((cancel) => !cancel.gone && cancel.shownAtMs === null)
      .map((cancel) => [account, cancel] as const),
  )
  // A stale answer that shows a refund which came back meanwhile would be no fault of the program.
  const paidOut = quiet
    ? pg.accounts.flatMap((account) =>
        account.payment.mayBounce && account.payment.pg !== 'kicc'
          ? account.cancels
              .filter((cancel) => mayBounce(cancel, time.trueMs()))
              .map((cancel) => [account, cancel] as const)
          : [],
      )
    : []
  const atKicc = refundsAtKicc(pg, time.trueMs())
  const asked = atKicc.filter(([, cancel]) => !cancel.paidOut)
  const arrived = atKicc.filter(([, cancel]) => cancel.paidOut)
  const act = seeded.weighted<() => string | null>([
    [pg.accounts.length < PAYMENTS_MAX ? 1.5 : 0, () => `${pg.addPayment()} is paid`],
    [0.5, () => consoleCancel(seeded, pg, wanted)],
    [hidden.length === 0 ? 0 : 3, () => show(seeded, pg, hidden)],
    [hidden.length === 0 ? 0 : 0.7, () => vanish(seeded, pg, hidden)],
    [pg.late.length === 0 ? 0 : 4, () => workOffLate(pg, seeded.below(pg.late.length))],
    [paidOut.length === 0 ? 0 : 0.2, () => bounce(seeded, pg, paidOut)],
    [asked.length === 0 ? 0 : 2, () => settleAtKicc(seeded, pg, asked)],
    [arrived.length === 0 ? 0 : 0.4, () => sendBack(seeded, pg, arrived)],
    [
      pg.outage ? 8 : 0.35,
      () => {
        pg.outage = !pg.outage
        return pg.outage ? 'an outage begins' : 'the outage ends'
      },
    ],
  ])
  return act?.() ?? null
}

/** Refunds of ours that stand at KICC, and that their bank has had time for. */
const refundsAtKicc = (pg: FakePg, nowMs: number): Choice =>
  pg.accounts.flatMap((account) =>
    account.payment.pg === 'kicc'
      ? account.cancels
          .filter((cancel) => cancel.tag !== null && !cancel.gone && nowMs - cancel.takenAtMs > PAYOUT_FROM_MS)
          .map((cancel) => [account, cancel] as const)
      : [],
  )

/** The fate of a refund out of the settlement: paid, sent back, or rejected without a word. */
export function settleAtKicc(seeded: Seeded, pg: FakePg, asked: Choice): string {
  const [account, cancel] = seeded.pick(asked)
  const fate = seeded.weighted([
    [7, 'payOut'],
    [2, 'sendBack'],
    [1, 'reject'],
  ] as const)
  pg.kicc[fate ?? 'payOut'](account, cancel)
  return `${cancel.cancelKey} at ${account.payment.pgKey}: ${fate}`
}

function sendBack(seeded: Seeded, pg: FakePg, arrived: Choice): string {
  const [account, cancel] = seeded.pick(arrived)
  pg.kicc.sendBack(account, cancel)
  return `${cancel.cancelKey} is sent back at ${account.payment.pgKey}`
}

const mayBounce = (cancel: PgCancel, nowMs: number): boolean =>
  !cancel.gone && cancel.shownAtMs !== null && nowMs - cancel.takenAtMs > BOUNCE_FROM_MS

type Choice = readonly (readonly [PgAccount, PgCancel])[]

/** Somebody refunds at the PG's own site, often the very amount that a row of ours asks for. */
function consoleCancel(seeded: Seeded, pg: FakePg, wanted: readonly number[]): string | null {
  const account = seeded.pick(pg.accounts)
  const amount = wanted.length > 0 && seeded.chance(0.6) ? seeded.pick(wanted) : seeded.pick([1_000, 2_000, 4_000])
  const cancel = pg.consoleCancel(account, amount)
  return cancel === null ? null : `console cancel of ${amount} at ${account.payment.pgKey}`
}

function show(seeded: Seeded, pg: FakePg, hidden: Choice): string {
  const [account, cancel] = seeded.pick(hidden)
  pg.show(account, cancel)
  return `${cancel.cancelKey} shows at ${account.payment.pgKey}`
}

function vanish(seeded: Seeded, pg: FakePg, hidden: Choice): string {
  const [account, cancel] = seeded.pick(hidden)
  pg.fail(account, cancel)
  return `${cancel.cancelKey} fails after all at ${account.payment.pgKey}`
}

function bounce(seeded: Seeded, pg: FakePg, paidOut: Choice): string {
  const [account, cancel] = seeded.pick(paidOut)
  pg.fail(account, cancel)
  return `${cancel.cancelKey} comes back at ${account.payment.pgKey}`
}

/** A request whose answer nobody waits for any more is worked on at last. */
export function workOffLate(pg: FakePg, at: number): string | null {
  const [request] = pg.late.splice(at, 1)
  if (request === undefined) return null
  const verdict = pg.judge(request)
  return `late request ${request.reason.slice(0, 10)} of ${request.pgKey}: ${verdict.kind}`
}
