import type { HomeView } from '../../../../src/contract/views'
import { won } from '../../../../src/domain/money'

const none = { count: 0, amount: won(0) }

/** A ledger in which nothing was ever done. */
export const quietHome: HomeView = {
  needsLook: none,
  awaitingApproval: none,
  drift: none,
  waiting: none,
  failed: none,
  processing: none,
  overdue: none,
  payoutFailed: none,
  followUps: 0,
  missingHolidayYear: null,
  drafts: 0,
  unsubmitted: none,
  lastSyncAtMs: null,
  paymentsKnown: 0,
  lastFinished: null,
  backup: { atMs: null, problem: null },
  quarantine: null,
}
