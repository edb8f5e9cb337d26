import { Button, Modal, Textarea } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { useWords } from '../i18n'
import type { ShownProblem } from '../i18n/problem-sentence'
import { ProblemAlert } from './problem-text'
import styles from './reason-dialog.module.css'

interface ReasonDialogProps {
  readonly opened: boolean
  readonly title: string
  /** What will happen, and what cannot be undone. */
  readonly children?: ReactNode
  /** Names the act: never just "OK". */
  readonly actLabel: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly problem: ShownProblem | null
  readonly onAct: (reason: string) => void
  readonly onClose: () => void
}

/** Asks for a reason before an act that will be logged; the act stays shut until there is one. */
export function ReasonDialog(props: ReasonDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': useWords('ui')('close') }}
    >
      <ReasonForm {...props} />
    </Modal>
  )
}

function ReasonForm({ children, actLabel, danger = false, busy, problem, onAct, onClose }: ReasonDialogProps) {
  const say = useWords('ui')
  const [reason, setReason] = useState('')
  const hintId = useId()
  const missing = reason.trim() === ''
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing) onAct(reason.trim())
      }}
    >
      {children}
      <Textarea
        label={say('reason.label')}
        // Room for the ring of the focused box.
        labelProps={{ mb: 6 }}
        placeholder={say('reason.placeholder')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={3}
        maxRows={8}
        required
        data-autofocus
        aria-describedby={hintId}
      />
      <p id={hintId} className={styles.hint}>
        {missing ? say('reason.missing') : ' '}
      </p>
      <ProblemAlert problem={problem} />
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose} disabled={busy}>
          {say('cancel')}
        </Button>
        <Button type="submit" {...(danger ? { color: 'red.8' } : {})} disabled={missing} loading={busy}>
          {actLabel}
        </Button>
      </div>
    </form>
  )
}
