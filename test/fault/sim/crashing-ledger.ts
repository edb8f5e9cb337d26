import { LedgerTrouble } from '../../../src/main/core/ledger/ledger-trouble'
import type { Ledger } from '../../../src/main/core/ledger/open-ledger'

export const CRASH_POINTS = ['before BEGIN', 'before COMMIT', 'after COMMIT'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

export interface LedgerHooks {
  /** Whether the machine dies here. */
  readonly dies: (point: CrashPoint) => boolean
  readonly isDead: () => boolean
  /** After each unit of work, before anything else happens. */
  readonly committed: () => void
}

/**
 * The real ledger, on a machine that may die at every edge of a unit of work. A dead machine's program finds its ledger
 * given up, which is how it learns of a lost disk as well, so nothing of it reaches the file any more.
 */
export function crashingLedger(ledger: Ledger, { dies, isDead, committed }: LedgerHooks): Ledger {
  const gone = (): LedgerTrouble => new LedgerTrouble('ledger-damaged', 'the simulated machine has stopped')
  const assertAlive = (): void => {
    if (isDead()) throw gone()
  }
  const reach = (point: CrashPoint): void => {
    if (dies(point)) throw gone()
  }
  const write = <T>(work: () => T): T => {
    assertAlive()
    reach('before BEGIN')
    const result = ledger.write(() => {
      const done = work()
      // What throws here is rolled back, as SQLite does with what a dead process has not committed.
      reach('before COMMIT')
      return done
    })
    committed()
    reach('after COMMIT')
    return result
  }
  return {
    ...ledger,
    write,
    writeOutcome: write,
    // There is room at any time; a full disk is the campaign's.
    reserve: { hold: () => true, free: () => false },
    read(work) {
      assertAlive()
      return ledger.read(work)
    },
    sql(text) {
      assertAlive()
      return ledger.sql(text)
    },
  }
}
