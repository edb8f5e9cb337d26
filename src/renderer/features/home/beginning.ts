import type { HomeView } from '../../../contract/views'

/** How far somebody new has come on the way to the first refund; `null` once a batch was on its way to the PG. */
export interface Beginning {
  readonly synced: boolean
  readonly imported: boolean
}

/** Payments that a file made known one by one do not count as read: only a whole period shows what differs. */
export function beginningOf(home: HomeView): Beginning | null {
  const sent = [home.waiting, home.processing, home.needsLook, home.payoutFailed, home.overdue, home.failed]
  if (home.lastFinished !== null || sent.some(({ count }) => count > 0)) return null
  return {
    synced: home.lastSyncAtMs !== null,
    imported: home.drafts + home.unsubmitted.count + home.awaitingApproval.count > 0,
  }
}
