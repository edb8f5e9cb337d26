import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { PASTE_CHARS_MAX } from '../../../contract/pg'
import { useWords } from '../../i18n'
import { pasteState } from './notices-facts'
import styles from './drift.module.css'

interface PasteNoticesProps {
  readonly opened: boolean
  readonly onPaste: (text: string) => void
  readonly onClose: () => void
}

/** Notifications out of a log window, for those who have no file of them. */
export function PasteNotices(props: PasteNoticesProps) {
  const say = useWords('drift')
  const ui = useWords('ui')
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={say('notices.pasteTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <PasteForm {...props} />
    </Modal>
  )
}

/** Inside the dialog, so that what was pasted is gone once it is closed. */
function PasteForm({ onPaste, onClose }: PasteNoticesProps) {
  const say = useWords('drift')
  const ui = useWords('ui')
  const [text, setText] = useState('')
  const state = pasteState(text)
  return (
    <form
      className={styles.paste}
      onSubmit={(event) => {
        event.preventDefault()
        if (state === 'fine') onPaste(text)
      }}
    >
      <Textarea
        label={say('notices.pasteLabel')}
        description={say('notices.pasteHint', { max: PASTE_CHARS_MAX })}
        error={state === 'too-long' ? say('notices.tooLong', { count: text.length, max: PASTE_CHARS_MAX }) : null}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={12}
        spellCheck={false}
        data-autofocus
      />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {ui('cancel')}
        </Button>
        <Button type="submit" disabled={state !== 'fine'}>
          {say('notices.pasteConfirm')}
        </Button>
      </div>
    </form>
  )
}
