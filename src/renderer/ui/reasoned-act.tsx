import { Button, type ButtonProps } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { RowDetail, RowView } from '../../contract/views'
import { useAct } from '../bridge/client'
import { ReasonDialog } from './reason-dialog'

interface ReasonedActProps {
  readonly channel: 'row.decideOurs' | 'row.decideNotSent' | 'row.confirmPayout' | 'row.payoutFailed'
  readonly rowId: RowView['rowId']
  readonly label: string
  /** Where several such buttons stand together, what tells this one apart. */
  readonly accessibleName?: string
  /** On the dialog's button: names what it does, with the amount. */
  readonly confirm: string
  readonly button: ButtonProps
  readonly danger?: boolean
  readonly onDone?: (detail: RowDetail) => void
  /** What the person should know before giving the reason. */
  readonly children: ReactNode
}

/** A button that asks for a reason and then does one thing to a row. */
export function ReasonedAct(props: ReasonedActProps) {
  const { channel, rowId, label, confirm, button, accessibleName = label, danger = false, children, onDone } = props
  const [asking, setAsking] = useState(false)
  const { act, busy, problem, clear } = useAct(channel, {
    onDone: (detail) => {
      setAsking(false)
      onDone?.(detail)
    },
  })
  return (
    <>
      <Button {...button} aria-label={accessibleName} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ReasonDialog
        opened={asking}
        title={label}
        actLabel={confirm}
        danger={danger}
        busy={busy}
        problem={problem}
        onAct={(reason) => act({ rowId, reason })}
        onClose={() => {
          clear()
          setAsking(false)
        }}
      >
        {children}
      </ReasonDialog>
    </>
  )
}
