import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { HomeView, Mode } from '../../../contract/views'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import styles from './home.module.css'

interface FirstStepsProps {
  readonly home: HomeView
  readonly mode: Mode
  /** The next step's button is filled where nothing else on the screen is. */
  readonly primary: boolean
}

/** Teaches the way from payments to a paid refund, until the first batch is through. */
export function FirstSteps({ home, mode, primary }: FirstStepsProps) {
  const say = useWords('home')
  const go = useGo()
  const synced = home.paymentsKnown > 0
  const imported = synced && (home.drafts > 0 || home.awaitingApproval.count > 0)
  return (
    <section className={styles.steps} aria-labelledby="first-steps">
      <h2 id="first-steps">{say(mode === 'practice' ? 'steps.practice' : 'steps.live')}</h2>
      <ol className={styles.stepList}>
        <Step number={1} title={say('steps.sync')} text={say('steps.syncText')} done={synced} />
        <Step
          number={2}
          title={say('steps.import')}
          text={say(mode === 'practice' ? 'steps.importPractice' : 'steps.importText')}
          done={imported}
        >
          {synced && !imported ? (
            <Button variant={primary ? 'filled' : 'default'} onClick={() => go({ name: 'import' })}>
              {say('steps.importVerb')}
            </Button>
          ) : null}
        </Step>
        <Step number={3} title={say('steps.batch')} text={say('steps.batchText')} done={false}>
          {imported ? (
            <Button variant="default" onClick={() => go({ name: 'batches' })}>
              {say('steps.batchVerb')}
            </Button>
          ) : null}
        </Step>
      </ol>
    </section>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly text: string
  readonly done: boolean
  readonly children?: ReactNode
}

function Step({ number, title, text, done, children }: StepProps) {
  const say = useWords('home')
  return (
    <li className={styles.step} data-done={done || undefined}>
      <span className={styles.stepNumber} aria-hidden>
        {done ? <IconCheck size={16} stroke={2.25} /> : number}
      </span>
      <div className={styles.cardWords}>
        <h3>
          {title}
          {done ? <span className={styles.soft}> · {say('steps.done')}</span> : null}
        </h3>
        <p className={styles.soft}>{text}</p>
      </div>
      {children}
    </li>
  )
}
