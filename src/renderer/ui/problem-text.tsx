import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { PROBLEM_NUMBERS } from '../../domain/problem'
import { useProblemSentence, type ShownProblem } from '../i18n/problem-sentence'
import { useWords } from '../i18n'
import styles from './problem-text.module.css'

/** A problem as one sentence of what happened, why and what to do; the number is what a person quotes. */
export function ProblemText({ problem }: { readonly problem: ShownProblem }) {
  const sentence = useProblemSentence()
  const say = useWords('ui')
  return (
    <span className={styles.text}>
      {sentence(problem)}{' '}
      <span className={styles.number}>{say('problem.number', { number: PROBLEM_NUMBERS[problem.code] })}</span>
    </span>
  )
}

interface ProblemAlertProps {
  readonly problem: ShownProblem | null
  /** `calm` for a state that mends itself, such as being offline. */
  readonly tone?: 'trouble' | 'calm'
  readonly onClose?: () => void
  readonly children?: ReactNode
}

/** A problem as a block; nothing when there is none. Announced to screen readers when it appears. */
export function ProblemAlert({ problem, tone = 'trouble', onClose, children }: ProblemAlertProps) {
  const say = useWords('ui')
  if (problem === null) return null
  const Glyph = tone === 'trouble' ? IconAlertTriangle : IconInfoCircle
  return (
    <Alert
      className={styles.alert}
      data-tone={tone}
      role="alert"
      icon={<Glyph size={18} stroke={1.75} aria-hidden />}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={say('close')}
      {...(onClose === undefined ? {} : { onClose })}
    >
      <ProblemText problem={problem} />
      {children}
    </Alert>
  )
}
