import { Button } from '@mantine/core'
import { IconArrowBackUp, IconUserCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import styles from './approvals.module.css'

/** Longer than a dialog takes to close. */
const DIALOG_CLOSES_MS = 300

export interface Decided {
  readonly how: 'approved' | 'rejected'
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
  const go = useGo()
  const box = useRef<HTMLDivElement>(null)
  // The button that had the focus has left with its batch; a dialog gives the focus back only once it has closed.
  useEffect(() => {
    if (decided === null) return undefined
    const timer = setTimeout(() => box.current?.focus(), DIALOG_CLOSES_MS)
    return () => clearTimeout(timer)
  }, [decided])
  if (decided === null) return null
  const { how, name } = decided
  return (
    <div ref={box} tabIndex={-1} className={styles.outcome}>
      {how === 'rejected' ? (
        <Notice announced icon={IconArrowBackUp} onClose={onClose}>
          {say('reject.done', { name })}
        </Notice>
      ) : (
        <Notice
          announced
          tone="blue"
          icon={IconUserCheck}
          onClose={onClose}
          actions={
            <Button variant={primary ? 'filled' : 'default'} onClick={() => go({ name: 'run' })}>
              {say('approve.toRun')}
            </Button>
          }
        >
          {say('approve.done', { name })}
        </Notice>
      )}
    </div>
  )
}
