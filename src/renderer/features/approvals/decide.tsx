import { Button } from '@mantine/core'
import { IconLock, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import type { BatchView } from '../../../contract/views'
import { useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { ReasonDialog } from '../../ui/reason-dialog'
import type { Decided } from './outcome'
import styles from './approvals.module.css'

interface DecideProps {
  readonly batch: BatchView
  readonly onDecided: (decided: Decided) => void
}

/** Approve in the separate window, or send back with a reason. The two stand apart and never take the focus. */
export function Decide({ batch, onDecided }: DecideProps) {
  const say = useWords('approvals')
  const [asking, setAsking] = useState(false)
  const { batchId, name } = batch
  const approve = useAct('batch.approve', { onDone: () => onDecided({ how: 'approved', batchId, name }) })
  const reject = useAct('batch.reject', {
    onDone: () => {
      setAsking(false)
      onDecided({ how: 'rejected', batchId, name })
    },
  })
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const own = session?.personId === batch.makerId
  const mayReject = session?.roles.includes('checker') === true && !own
  const Glyph = own ? IconUsers : IconLock
  return (
    <div className={styles.decide}>
      <ProblemAlert problem={approve.problem} onClose={approve.clear} />
      <p className={styles.pin} aria-live="polite">
        <Glyph size={16} stroke={1.75} aria-hidden />
        <span>{approve.busy ? say('approve.waiting') : say(own ? 'approve.ownBatch' : 'approve.pinWindow')}</span>
      </p>
      <div className={styles.buttons}>
        {mayReject ? (
          <Button variant="subtle" color="gray" disabled={approve.busy} onClick={() => setAsking(true)}>
            {say('reject.action')}
          </Button>
        ) : (
          <p className={styles.soft}>{own ? null : say('reject.needsChecker')}</p>
        )}
        <Button
          loading={approve.busy}
          onClick={() => {
            approve.clear()
            approve.act({ batchId })
          }}
        >
          {say('approve.action', { count: batch.rows, amount: batch.amount })}
        </Button>
      </div>
      <ReasonDialog
        opened={asking}
        title={say('reject.title')}
        actLabel={say('reject.confirm', { count: batch.rows })}
        busy={reject.busy}
        problem={reject.problem}
        onAct={(reason) => reject.act({ batchId, reason })}
        onClose={() => {
          reject.clear()
          setAsking(false)
        }}
      >
        <p>{say('reject.body')}</p>
      </ReasonDialog>
    </div>
  )
}
