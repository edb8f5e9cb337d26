import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BatchView } from '../../../contract/views'
import { useAct, useRead } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ReasonDialog } from '../../ui/reason-dialog'

/** The maker takes the batch back, with a reason; nothing for anybody else. */
export function WithdrawAct({ batch, disabled = false }: { readonly batch: BatchView; readonly disabled?: boolean }) {
  const say = useWords('batches')
  const [asking, setAsking] = useState(false)
  const withdraw = useAct('batch.withdraw', { onDone: () => setAsking(false) })
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  if (session?.personId !== batch.makerId) return null
  const running = batch.state === 'running'
  const waiting = batch.byState.find((pile) => pile.state === 'waiting')?.count ?? 0
  if (running && waiting === 0) return null
  return (
    <>
      <Button variant="subtle" color="gray" disabled={disabled} onClick={() => setAsking(true)}>
        {say('withdraw.action')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={say('withdraw.title')}
        actLabel={
          running ? say('withdraw.confirmRunning', { count: waiting }) : say('withdraw.confirm', { count: batch.rows })
        }
        busy={withdraw.busy}
        problem={withdraw.problem}
        onAct={(reason) => withdraw.act({ batchId: batch.batchId, reason })}
        onClose={() => {
          withdraw.clear()
          setAsking(false)
        }}
      >
        <p>{say(running ? 'withdraw.bodyRunning' : 'withdraw.body')}</p>
      </ReasonDialog>
    </>
  )
}
