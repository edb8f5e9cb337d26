import { Button, type ButtonProps } from '@mantine/core'
import { useState } from 'react'
import { useAct, useRead } from '../bridge/client'
import { useWords } from '../i18n'
import { ReasonDialog } from './reason-dialog'
import { useNow } from './use-now'
import { withdrawalOf, type Withdrawable } from './withdraw-facts'

const SECOND_MS = 1000

interface WithdrawActProps {
  readonly batch: Withdrawable
  readonly disabled?: boolean
  readonly button?: ButtonProps
}

/** Takes back what was not sent of a batch, with a reason; nothing for those who may not. The act names how much. */
export function WithdrawAct({
  batch,
  disabled = false,
  button = { variant: 'subtle', color: 'gray' },
}: WithdrawActProps) {
  const say = useWords('ui')
  const [asking, setAsking] = useState(false)
  const withdraw = useAct('batch.withdraw', { onDone: () => setAsking(false) })
  const session = useRead('app.state', {}, { topics: ['app'] }).data?.session ?? null
  const withdrawal = withdrawalOf(batch, session, useNow(SECOND_MS))
  if (withdrawal === null) return null
  const { kind, count, amount } = withdrawal
  return (
    <>
      <Button {...button} disabled={disabled} onClick={() => setAsking(true)}>
        {say(`withdraw.${kind}.action`, { count, amount })}
      </Button>
      <ReasonDialog
        opened={asking}
        title={say(`withdraw.${kind}.title`)}
        actLabel={say(`withdraw.${kind}.confirm`, { count, amount })}
        danger={kind === 'rest'}
        busy={withdraw.busy}
        problem={withdraw.problem}
        onAct={(reason) => withdraw.act({ batchId: batch.batchId, reason })}
        onClose={() => {
          withdraw.clear()
          setAsking(false)
        }}
      >
        <p>{say(`withdraw.${kind}.body`, { name: batch.name })}</p>
      </ReasonDialog>
    </>
  )
}
