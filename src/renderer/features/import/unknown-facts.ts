import type { DraftView } from '../../../contract/draft'

/** Where unknown payments of a file may come from, or the check that finds those that came since. */
export type UnknownSource = 'recheck' | 'notices' | 'sync'

/**
 * The next step of a file whose payments are unknown, null where its batch comes first: there are fine rows. The PG was
 * asked for every payment by its number, so that those of a PG which answers no such question are the likely ones.
 */
export function sourceFirst(
  { rowsUnknown, rowsFine, paymentsSince }: Pick<DraftView, 'rowsUnknown' | 'rowsFine' | 'paymentsSince'>,
  kicc: boolean,
): UnknownSource | null {
  if (rowsUnknown === 0) return null
  if (paymentsSince > 0) return 'recheck'
  if (rowsFine > 0) return null
  return kicc ? 'notices' : 'sync'
}
