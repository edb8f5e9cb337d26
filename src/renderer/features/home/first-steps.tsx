import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Mode } from '../../../contract/views'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import type { Beginning } from './beginning'
import styles from './home.module.css'
import { SyncControls, SyncOutcome } from './sync'
import type { SyncState } from './use-sync'

interface FirstStepsProps {
  readonly beginning: Beginning
  readonly mode: Mode
  readonly sync: SyncState
  /** The steps are the screen's content; else they stand below what is more urgent, with no filled button. */
  readonly main: boolean
}

/** Teaches the way from payments to a paid refund, until the first batch is through. */
export function FirstSteps({ beginning: { synced, imported }, mode, sync, main }: FirstStepsProps) {
  const say = useWords('home')
  const go = useGo()
  return (
    <section className={styles.steps} aria-labelledby="first-steps" data-main={main || undefined}>
      <div>
        <h2 id="first-steps">{say('steps.welcome')}</h2>
        <p className={styles.soft}>{say(mode === 'practice' ? 'steps.practice' : 'steps.live')}</p>
      </div>
      <ol className={styles.stepList}>
        <Step number={1} title={say('steps.sync')} text={say('steps.syncText')} done={synced}>
          {main && !synced ? <SyncControls state={sync} primary /> : null}
        </Step>
        <Step
          number={2}
          title={say('steps.import')}
          text={say(mode === 'practice' ? 'steps.importPractice' : 'steps.importText')}
          done={imported}
        >
          {synced && !imported ? (
            <Button variant={main ? 'filled' : 'default'} onClick={() => go({ name: 'import' })}>
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
      {main ? <SyncOutcome state={sync} /> : null}
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
