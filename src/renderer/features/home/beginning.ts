import type { HomeView } from '../../../contract/views'

/** How far somebody new has come on the way to the first refund; `null` once a batch was on its way to the PG. */
export interface Beginning {
  readonly synced: boolean
  readonly imported: boolean
}

/** `syncing`: payments appear one by one while they are read, which is not yet the end of that step. */
export function beginningOf(home: HomeView, syncing: boolean): Beginning | null {
  if (home.lastFinished !== null || home.waiting.count > 0 || home.processing.count > 0) return null
  const synced = home.paymentsKnown > 0 && !syncing
  const begun = home.drafts + home.unsubmitted.count + home.awaitingApproval.count > 0
  return { synced, imported: synced && begun }
}
