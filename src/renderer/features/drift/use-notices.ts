import type { NoticesReport } from '../../../contract/pg'
import type { Problem } from '../../../domain/problem'
import { useAct } from '../../bridge/client'
import type { DroppedFile } from '../../ui/dropped-file'

/** The ways of bringing a PG's notifications in, as one act. */
export interface Notices {
  readonly busy: boolean
  readonly problem: Problem | null
  readonly report: NoticesReport | null
  readonly choose: () => void
  readonly drop: (file: DroppedFile) => void
  readonly paste: (text: string) => void
  readonly sample: () => void
  /** Forgets problem and report. */
  readonly clear: () => void
}

export function useNotices(onDone: () => void): Notices {
  const choose = useAct('notices.chooseFile', { onDone })
  const drop = useAct('notices.dropFile', { onDone })
  const paste = useAct('notices.paste', { onDone })
  const sample = useAct('notices.sampleFile', { onDone })
  const clear = (): void => {
    choose.clear()
    drop.clear()
    paste.clear()
    sample.clear()
  }
  const after = (start: () => void): void => {
    clear()
    start()
  }
  return {
    busy: choose.busy || drop.busy || paste.busy || sample.busy,
    problem: choose.problem ?? drop.problem ?? paste.problem ?? sample.problem,
    report: choose.done ?? drop.done ?? paste.done ?? sample.done,
    choose: () => after(() => choose.act({})),
    drop: (file) => after(() => drop.act(file)),
    paste: (text) => after(() => paste.act({ text })),
    sample: () => after(() => sample.act({})),
    clear,
  }
}
