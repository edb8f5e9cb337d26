import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../bridge/client'
import { useWords } from '../i18n'
import { ReasonDialog } from './reason-dialog'

interface FollowUpDoneProps {
  readonly followUpId: string
  readonly orderNo: string
  readonly onDone?: () => void
}

/** A person states that a task which a refund left behind is done, and how. */
export function FollowUpDone({ followUpId, orderNo, onDone }: FollowUpDoneProps) {
  const say = useWords('ui')
  const [asking, setAsking] = useState(false)
  const done = useAct('followUp.done', {
    onDone: () => {
      setAsking(false)
      onDone?.()
    },
  })
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={say('followUp.doneFor', { order: orderNo })}
        onClick={() => setAsking(true)}
      >
        {say('followUp.done')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={say('followUp.doneFor', { order: orderNo })}
        actLabel={say('followUp.confirm')}
        busy={done.busy}
        problem={done.problem}
        onAct={(reason) => done.act({ followUpId, reason })}
        onClose={() => {
          done.clear()
          setAsking(false)
        }}
      >
        <p>{say('followUp.body')}</p>
      </ReasonDialog>
    </>
  )
}
