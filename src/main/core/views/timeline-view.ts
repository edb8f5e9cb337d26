import type { RowDetail } from '../../../contract/views'
import type { TimelinePair } from '../../../domain/drift'
import { entriesOf, type Entry } from '../ledger/cancels'
import type { Ledger } from '../ledger/open-ledger'
import { cancelKeyOf, comparePayment } from '../usecases/reconcile'
import type { PaymentId } from '../../../domain/ids'

type TimelineEntry = RowDetail['ours'][number]

/** Both columns of the comparison, oldest first, with the partner of each entry. */
export function timelinesOf(
  ledger: Ledger,
  paymentId: PaymentId,
): { readonly ours: TimelineEntry[]; readonly theirs: TimelineEntry[]; readonly snapshotAtMs: number | null } {
  const entries = entriesOf(ledger, paymentId)
  const comparison = comparePayment(ledger, paymentId)
  const pairs = comparison?.timelines.pairs ?? []
  const theirs = (comparison?.snapshot.history ?? []).toSorted((a, b) => a.cancelledAtMs - b.cancelledAtMs)
  return {
    ours: entries.map((entry) => ourEntry(entry, pairs)),
    theirs: theirs.map((cancel) => ({
      key: cancelKeyOf(cancel),
      atMs: cancel.cancelledAtMs,
      amount: cancel.amount,
      source: 'pg',
      note: cancel.reason,
      partner: pairs.find((pair) => pair.theirs === cancel)?.ours.entryId ?? null,
    })),
    snapshotAtMs: comparison?.snapshot.seenAtMs ?? null,
  }
}

function ourEntry(entry: Entry, pairs: readonly TimelinePair[]): TimelineEntry {
  const partner = pairs.find((pair) => pair.ours.entryId === entry.entryId)
  return {
    key: entry.entryId,
    atMs: entry.atMs,
    amount: entry.amount,
    source: entry.source,
    note: entry.tag ?? '',
    partner: partner === undefined ? null : cancelKeyOf(partner.theirs),
  }
}
