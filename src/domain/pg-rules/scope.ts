import { addDays } from '../business-day'
import { problem, type Problem, type ProblemValues } from '../problem'
import { kstDate, kstDayStartMs, kstMinuteOfDay, kstMonth } from '../time'
import { holding, isKnownProvider } from './rule-book'
import type { Rule, RuleScope } from './rule'

/** When a payment was paid and when it is to be given back. */
export interface RefundTimes {
  readonly paidAtMs: number | null
  readonly nowMs: number
}

/** Whether bank, account and holder are needed, because the money cannot go back the way it came. */
export function needsAccount(scope: RuleScope, times: RefundTimes): boolean {
  if (holding(scope, 'needs-account').length > 0) return true
  return holding(scope, 'account-after-month').some(
    ({ contract }) => scope.overrides?.has(contract) === true && !isSameMonth(times),
  )
}

/** An unknown time of payment is no month at all. */
export function isSameMonth({ paidAtMs, nowMs }: RefundTimes): boolean {
  return paidAtMs !== null && kstMonth(paidAtMs) === kstMonth(nowMs)
}

export function needsPhone(scope: RuleScope): boolean {
  return holding(scope, 'needs-phone').length > 0
}

/** Whether the interface can say which parts of a split payment are given back. */
export function takesBasket(scope: RuleScope): boolean {
  return holding(scope, 'basket-needed').length > 0
}

/** The PG is known to answer "asked" and to show the cancel later. */
export function isAsynchronous(scope: RuleScope): boolean {
  return holding(scope, 'asynchronous').length > 0
}

/** The PG is known to show a cancel at once. Neither this nor `isAsynchronous` holds where nobody says. */
export function isSynchronous(scope: RuleScope): boolean {
  if (!isKnownProvider(scope.pg, scope.provider) || scope.method === 'other') return false
  return !isAsynchronous(scope) && holding(scope, 'timing-unknown').length === 0
}

type NightWindow = Extract<Rule, { readonly kind: 'night-window' }>

export function isInWindow({ fromMinute, untilMinute }: NightWindow, nowMs: number): boolean {
  const minute = kstMinuteOfDay(nowMs)
  return fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute
}

export function windowHours({ fromMinute, untilMinute }: NightWindow): { readonly from: string; readonly to: string } {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return { from: clock(fromMinute), to: clock(untilMinute) }
}

export function windowValues(rule: NightWindow, provider: string): ProblemValues {
  return { ...windowHours(rule), provider }
}

function closedBy(scope: RuleScope, nowMs: number): readonly NightWindow[] {
  return holding(scope, 'night-window').filter((rule) => isInWindow(rule, nowMs))
}

/** For the runner: rule-night-window while the PG refuses this method at this hour; the row waits, it does not fail. */
export function mayNotSendNow(scope: RuleScope, nowMs: number): Problem | null {
  const [first] = closedBy(scope, nowMs)
  return first === undefined ? null : problem('rule-night-window', windowValues(first, scope.provider))
}

/** The instant from which `mayNotSendNow` lets this method through again; null where it may be sent now. */
export function maySendFromMs(scope: RuleScope, nowMs: number): number | null {
  const opens = closedBy(scope, nowMs).map((rule) => windowEndMs(rule, nowMs))
  return opens.length === 0 ? null : Math.max(...opens)
}

function windowEndMs({ fromMinute, untilMinute }: NightWindow, nowMs: number): number {
  const today = kstDate(nowMs)
  // Before midnight a window that goes over it ends tomorrow.
  const endsTomorrow = fromMinute > untilMinute && kstMinuteOfDay(nowMs) >= fromMinute
  return kstDayStartMs(endsTomorrow ? addDays(today, 1) : today) + untilMinute * 60_000
}
