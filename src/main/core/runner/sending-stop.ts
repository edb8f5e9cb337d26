import { problem, type Problem } from '../../../domain/problem'
import { kstDate, type KstDate } from '../../../domain/time'
import type { CoreContext } from '../context'
import { batchesUnderWay } from '../ledger/batches'
import { LedgerTrouble } from '../ledger/ledger-trouble'
import { verifyLedger, type Ledger } from '../ledger/open-ledger'
import { openQuarantine } from '../ledger/quarantine'
import { contentHashOf } from '../usecases/prepare-batch'

/**
 * Why nothing may be sent now, null when it may: asked before a row is paid, before a repeat, and once more where a row is
 * judged and inside the unit of work that commits a sending. Problems: ledger-quarantined; disk-full (no room is kept for the
 * answer); ledger-damaged (found by the day's examination).
 */
export function sendingStop(context: CoreContext): Problem | null {
  const { ledger } = context
  if (openQuarantine(ledger) !== null) return problem('ledger-quarantined')
  if (!ledger.reserve.hold()) return problem('disk-full')
  return soundnessTrouble(ledger, kstDate(context.nowMs()))
}

interface Examined {
  readonly day: KstDate
  readonly trouble: Problem | null
}
const examined = new WeakMap<Ledger, Examined>()

/**
 * The full examination takes a second for a ledger of 150 MB, so it is done before the first sending after a start and
 * once a day. What was found damaged stays so until the file was opened anew.
 */
function soundnessTrouble(ledger: Ledger, day: KstDate): Problem | null {
  const known = examined.get(ledger)
  if (known !== undefined && (known.trouble !== null || known.day === day)) return known.trouble
  return examineNow(ledger, day)
}

/** Examines the ledger now; nothing more is sent when it is, or ever was, found damaged. Answers ledger-damaged or null. */
export function examineNow(ledger: Ledger, day: KstDate): Problem | null {
  const trouble = examined.get(ledger)?.trouble ?? examine(ledger)
  examined.set(ledger, { day, trouble })
  return trouble
}

function examine(ledger: Ledger): Problem | null {
  try {
    const verdict = verifyLedger(ledger)
    if (!verdict.intact) return problem('ledger-damaged', { detail: `audit line ${String(verdict.brokenAtSeq)}` })
    // A changed byte in an amount or a bank breaks no page: only the hash that was signed tells it.
    const changed = ledger.read(() =>
      batchesUnderWay(ledger).find(({ batchId, contentHash }) => contentHashOf(ledger, batchId) !== contentHash),
    )
    return changed === undefined ? null : problem('ledger-damaged', { detail: `content of ${changed.batchId}` })
  } catch (error) {
    if (error instanceof LedgerTrouble) return problem(error.code, { detail: error.detail })
    throw error
  }
}
