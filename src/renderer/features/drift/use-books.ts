import type { BooksReport } from '../../../contract/views'
import type { Problem } from '../../../domain/problem'
import { useAct } from '../../bridge/client'
import type { DroppedFile } from '../../ui/dropped-file'

/** The three ways of bringing our books in, as one act. */
export interface Books {
  readonly busy: boolean
  readonly problem: Problem | null
  readonly report: BooksReport | null
  readonly choose: () => void
  readonly drop: (file: DroppedFile) => void
  readonly sample: () => void
  /** Forgets problem and report. */
  readonly clear: () => void
}

export function useBooks(onDone: () => void): Books {
  const choose = useAct('books.chooseFile', { onDone })
  const drop = useAct('books.dropFile', { onDone })
  const sample = useAct('books.sampleFile', { onDone })
  const clear = (): void => {
    choose.clear()
    drop.clear()
    sample.clear()
  }
  const after = (start: () => void): void => {
    clear()
    start()
  }
  return {
    busy: choose.busy || drop.busy || sample.busy,
    problem: choose.problem ?? drop.problem ?? sample.problem,
    report: choose.done ?? drop.done ?? sample.done,
    choose: () => after(() => choose.act({})),
    drop: (file) => after(() => drop.act(file)),
    sample: () => after(() => sample.act({})),
    clear,
  }
}
