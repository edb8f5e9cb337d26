import { Button } from '@mantine/core'
import type { Problem } from '../../domain/problem'
import { useWords } from '../i18n'
import { ProblemAlert } from '../ui/problem-text'
import styles from './frame.module.css'

interface StartTroubleProps {
  readonly problem: Problem
  readonly onAgain: () => void
}

/** Nothing can be shown yet, and why. */
export function StartTrouble({ problem, onAgain }: StartTroubleProps) {
  const say = useWords('frame')
  return (
    <main className={styles.trouble}>
      <h1>{say('boot.failed')}</h1>
      <ProblemAlert problem={problem} />
      <Button onClick={onAgain}>{say('boot.again')}</Button>
    </main>
  )
}
