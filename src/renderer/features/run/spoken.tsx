import { useState } from 'react'
import type { RunState } from '../../../contract/views'
import { subtractWon } from '../../../domain/money'
import { useWords } from '../../i18n'
import { underWay } from '../../ui/under-way'
import { toldOf } from './run-facts'
import styles from './run.module.css'

/** What a screen reader hears: each change of state, and the progress by tenths rather than by row. */
export function Spoken({ run }: { readonly run: RunState }) {
  const say = useWords('run')
  const told = toldOf(run)
  const { rowsAll, rowsDone, amountAll, amountDone } = underWay(run)
  const step = `${told} ${rowsAll === 0 ? '' : Math.floor((rowsDone / rowsAll) * 10)}`
  const now =
    rowsAll === 0
      ? say(`states.${told}`)
      : say('progress.spoken', {
          state: say(`states.${told}`),
          done: rowsDone,
          all: rowsAll,
          left: subtractWon(amountAll, amountDone),
        })
  // The sentence stays as it was at the last step, so that nothing between two steps is read out.
  const [said, setSaid] = useState({ step, sentence: now })
  if (said.step !== step) setSaid({ step, sentence: now })
  return (
    <p className={styles.heard} role="status">
      {said.sentence}
    </p>
  )
}
