import type { RunState } from '../../contract/views'
import { addWon, subtractWon, won, type Won } from '../../domain/money'

export interface UnderWay {
  readonly rowsAll: number
  readonly rowsDone: number
  readonly amountAll: Won
  readonly amountDone: Won
}

/** What the run is at work on: a batch in its hold counts once its time has come. */
export function underWay({
  rowsAll,
  rowsDone,
  amountAll,
  amountDone,
  holds,
}: Pick<RunState, 'rowsAll' | 'rowsDone' | 'amountAll' | 'amountDone' | 'holds'>): UnderWay {
  return {
    rowsAll: Math.max(rowsDone, rowsAll - holds.reduce((sum, hold) => sum + hold.rows, 0)),
    rowsDone,
    amountAll: subtractWon(amountAll, addWon(won(0), ...holds.map((hold) => hold.amount))),
    amountDone,
  }
}
