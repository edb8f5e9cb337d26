import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DriftView } from '../../../contract/drift'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ReasonDialog } from '../../ui/reason-dialog'
import type { Settled } from './drift-case'
import { mayAdopt, totalAfterAdopting } from './drift-facts'
import styles from './drift.module.css'

interface CaseActsProps {
  readonly view: DriftView
  readonly onNext: () => void
  readonly onSettled: (settled: Settled) => void
}

/** Follow the PG, keep ours, or later. Each settlement asks for a reason and says what it will write. */
export function CaseActs({ view, onNext, onSettled }: CaseActsProps) {
  const say = useWords('drift')
  const [asking, setAsking] = useState<'adopt' | 'dismiss' | null>(null)
  const { caseId, orderNo } = view
  const adopt = useAct('drift.adopt', { onDone: () => settled('adopted') })
  const dismiss = useAct('drift.dismiss', { onDone: () => settled('dismissed') })
  const adoptable = mayAdopt(view)
  return (
    <div className={styles.acts} role="group" aria-label={say('actions.label')}>
      <p className={styles.soft}>{say('actions.blocked')}</p>
      <div className={styles.buttons}>
        <Button variant="subtle" color="gray" onClick={onNext}>
          {say('actions.later')}
        </Button>
        <Button variant="default" onClick={() => setAsking('dismiss')}>
          {say('actions.dismiss')}
        </Button>
        {adoptable ? <Button onClick={() => setAsking('adopt')}>{say('actions.adopt')}</Button> : null}
      </div>
      <ReasonDialog
        opened={asking === 'adopt'}
        title={say('actions.adopt')}
        actLabel={say('actions.adoptConfirm')}
        busy={adopt.busy}
        problem={adopt.problem}
        onAct={(reason) => adopt.act({ caseId, reason })}
        onClose={close}
      >
        <p>{say('actions.adoptBody', { from: view.ourTotal, to: totalAfterAdopting(view) })}</p>
      </ReasonDialog>
      <ReasonDialog
        opened={asking === 'dismiss'}
        title={say('actions.dismiss')}
        actLabel={say('actions.dismissConfirm')}
        busy={dismiss.busy}
        problem={dismiss.problem}
        onAct={(reason) => dismiss.act({ caseId, reason })}
        onClose={close}
      >
        <p>{say('actions.dismissBody')}</p>
      </ReasonDialog>
    </div>
  )

  function settled(how: Settled['how']): void {
    setAsking(null)
    onSettled({ how, orderNo })
  }

  function close(): void {
    adopt.clear()
    dismiss.clear()
    setAsking(null)
  }
}
