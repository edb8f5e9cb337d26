import { kstDay, kstDayStartMs } from '../clock'
import type { KiccRefund } from './payment'

/**
 * What the bank makes of a refund goes by the end of the account number, so that a test or a user can choose it:
 *
 * - `…9951`: the transfer turns out to be impossible; notification 51 comes later and the balance is restored.
 * - `…9903`: a D+1 refund is rejected on its day (RF03), which is never notified; the balance is restored.
 * - `…9913`: the account is not its holder's. KICC's own check (63/10, 63/11) refuses it at once; whoever says that he
 *   checked himself (63/20, 63/21), or refunds by settlement, gets notification 51 later.
 */
const BOUNCES = '9951'
const REJECTED = '9903'
const NOT_THE_HOLDERS = '9913'

export const failsAccountCheck = (accountNo: string): boolean => accountNo.endsWith(NOT_THE_HOLDERS)

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** D+1 refunds are paid out at ten in the morning. */
const PAYOUT_MS = 10 * HOUR_MS
/** How long after a real-time refund the bank finds out that it cannot transfer. */
const BOUNCE_MS = HOUR_MS / 2

export interface Fate {
  readonly fate: KiccRefund['fate']
  readonly dueAtMs: number
}

export function fateOf(typeCode: string, accountNo: string, nowMs: number, holidays: readonly string[]): Fate {
  const bounces = accountNo.endsWith(BOUNCES) || failsAccountCheck(accountNo)
  if (typeCode === '63')
    return bounces ? { fate: 'bounced', dueAtMs: nowMs + BOUNCE_MS } : { fate: 'paid', dueAtMs: nowMs }
  const fate = bounces ? 'bounced' : accountNo.endsWith(REJECTED) ? 'rejected' : 'paid'
  return { fate, dueAtMs: kstDayStartMs(nextBusinessDay(kstDay(nowMs), holidays)) + PAYOUT_MS }
}

/** The first day after `day` that is no weekend and no holiday, all as `YYYY-MM-DD`. */
export function nextBusinessDay(day: string, holidays: readonly string[]): string {
  const next = kstDay(kstDayStartMs(day) + DAY_MS)
  const weekday = new Date(`${next}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 || holidays.includes(next) ? nextBusinessDay(next, holidays) : next
}
