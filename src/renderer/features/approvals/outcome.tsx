import { Button } from '@mantine/core'
import { IconArrowBackUp, IconUserCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { BatchId } from '../../../domain/ids'
import { useRead } from '../../bridge/client'
import { useLanguage, useWords } from '../../i18n'
import { whenText } from '../../ui/formats'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { useNow } from '../../ui/use-now'
import { afterApproval } from './approval-facts'
import styles from './approvals.module.css'

/** Longer than a dialog takes to close. */
const DIALOG_CLOSES_MS = 300

export interface Decided {
  readonly how: 'approved' | 'rejected'
  readonly batchId: BatchId
  readonly name: string
}

interface OutcomeProps {
  readonly decided: Decided | null
  /** Nothing else waits, so watching the run is the next action. */
  readonly primary: boolean
  readonly onClose: () => void
}

/** What became of the batch that was decided last; it has left the list by then. */
export function Outcome({ decided, primary, onClose }: OutcomeProps) {
  const say = useWords('approvals')
  const box = useRef<HTMLDivElement>(null)
  // The button that had the focus has left with its batch; a dialog gives the focus back only once it has closed.
  useEffect(() => {
    if (decided === null) return undefined
    const timer = setTimeout(() => box.current?.focus(), DIALOG_CLOSES_MS)
    return () => clearTimeout(timer)
  }, [decided])
  if (decided === null) return null
  const { how, batchId, name } = decided
  return (
    <div ref={box} tabIndex={-1} className={styles.outcome}>
      {how === 'rejected' ? (
        <Notice announced icon={IconArrowBackUp} onClose={onClose}>
          {say('reject.done', { name })}
        </Notice>
      ) : (
        <Approved key={batchId} batchId={batchId} name={name} primary={primary} onClose={onClose} />
      )}
    </div>
  )
}

interface ApprovedProps extends Pick<OutcomeProps, 'primary' | 'onClose'> {
  readonly batchId: BatchId
  readonly name: string
}

/** Follows the batch after its approval: what was true at the click is old a minute later. */
function Approved({ batchId, name, primary, onClose }: ApprovedProps) {
  const say = useWords('approvals')
  const go = useGo()
  const batch = useRead('batch.get', { batchId }, { topics: ['batches', 'rows'] }).data
  const language = useLanguage()
  const nowMs = useNow()
  const { word, over } = afterApproval(batch, nowMs)
  const when = whenText(batch?.holdUntilMs ?? nowMs, nowMs, language)
  return (
    <Notice
      announced
      tone={over ? 'grey' : 'blue'}
      icon={IconUserCheck}
      onClose={onClose}
      actions={
        <>
          {over ? (
            <Button variant="default" onClick={() => go({ name: 'batch', batchId })}>
              {say('approve.openBatch')}
            </Button>
          ) : null}
          <Button variant={primary ? 'filled' : 'default'} onClick={() => go({ name: 'run' })}>
            {say('approve.toRun')}
          </Button>
        </>
      }
    >
      {say(word, { name, when })}
    </Notice>
  )
}
