import { addDays, type Holidays } from '../../../domain/business-day'
import type { RowId } from '../../../domain/ids'
import { PAYOUT_RULES_REVISION, payoutDueOn } from '../../../domain/pg-rules/payout-rules'
import { kstDayStartMs, type KstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import { LedgerTrouble } from '../ledger/ledger-trouble'
import type { Ledger } from '../ledger/open-ledger'
import {
  acceptedRows,
  holidayEdits,
  putPayoutDue,
  requireAcceptedRow,
  rowsCountedOver,
  type AcceptedRow,
} from '../ledger/payout-calendar'
import { ruleScopeOf } from '../rule-scope'
import { HOLIDAY_SOURCE, holidaysWith } from './holiday-table'

/** What due dates are counted by: another table or other rules of a newer program count them anew. */
const COUNTED_BY = `${HOLIDAY_SOURCE.version} ${PAYOUT_RULES_REVISION}`
/** Rows counted between two breaths. */
const SLICE_ROWS = 500

export function currentHolidays(ledger: Ledger): Holidays {
  return holidaysWith(holidayEdits(ledger))
}

function count(ledger: Ledger, row: AcceptedRow, holidays: Holidays): boolean {
  return putPayoutDue(ledger, row.rowId, payoutDueOn(ruleScopeOf(ledger, row), row.acceptedAtMs, holidays))
}

/** Stores when the money of a row should arrive, in the unit of work that accepts it. */
export function notePayoutDue(ledger: Ledger, rowId: RowId): void {
  ledger.assertWriting()
  count(ledger, requireAcceptedRow(ledger, rowId), currentHolidays(ledger))
}

/** Counts the unpaid rows again that a change of this day may move. Answers how many moved. Inside a unit of work. */
export function recountOver(ledger: Ledger, day: KstDate): number {
  ledger.assertWriting()
  const holidays = currentHolidays(ledger)
  const rows = rowsCountedOver(ledger, day, kstDayStartMs(addDays(day, 1)))
  return rows.filter((row) => count(ledger, row, holidays)).length
}

/**
 * Counts every unpaid row when the ledger was last counted by another table or other rules, or never: after a migration
 * and after an update of the program. A stop or a kill in between begins anew.
 */
export async function recountAll(context: CoreContext, stopping: () => boolean): Promise<void> {
  try {
    if (context.settings.get('payoutCountedBy') !== COUNTED_BY) await recountInSlices(context, stopping)
  } catch (error) {
    // Only a cache, which the next start counts again. What ails the ledger itself is told by whoever needs it.
    if (!(error instanceof LedgerTrouble)) context.trouble('payout dates', error)
  }
}

async function recountInSlices(context: CoreContext, stopping: () => boolean): Promise<void> {
  const { ledger, settings } = context
  let after: RowId | null = null
  while (!stopping()) {
    const last: RowId | null = ledger.write(() => {
      const holidays = currentHolidays(ledger)
      const rows = acceptedRows(ledger, after, SLICE_ROWS)
      for (const row of rows) count(ledger, row, holidays)
      if (rows.length < SLICE_ROWS) settings.set('payoutCountedBy', COUNTED_BY)
      return rows.length < SLICE_ROWS ? null : (rows.at(-1)?.rowId ?? null)
    })
    context.changed('rows', 'home')
    if (last === null) return
    after = last
    await context.breathe()
  }
}
