import { Button } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { SecretSubmit } from '../../contract/secret'
import type { Mode } from '../../contract/views'
import type { Problem } from '../../domain/problem'
import { cancelPrompt, submitEntry } from '../bridge/secret-client'
import { useWords } from '../i18n'
import { ProblemAlert } from '../ui/problem-text'
import { ScrollRegion } from '../ui/scroll-region'
import styles from './secret.module.css'

interface PromptFrameProps {
  readonly title: string
  readonly mode: Mode
  readonly actLabel: string
  /** Null while the entry is not complete: the button stays shut. */
  readonly entry: SecretSubmit | null
  /** Called when an entry was refused: what was typed in secret is emptied. */
  readonly onRefused: () => void
  readonly children: ReactNode
  /** Stands between what was read and what is done. */
  readonly beforeAct?: ReactNode
  /** The content is read rather than filled in, so the keyboard must be able to scroll it. */
  readonly reads?: boolean
}

/** Title, content, the problem of the last try, and cancel and act well apart; nothing but a field marked `data-first` is focused at first. */
export function PromptFrame(props: PromptFrameProps) {
  const { title, mode, actLabel, entry, onRefused, children, beforeAct, reads = false } = props
  const say = useWords('secret')
  const state = useWords('state')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input[data-first]')?.focus()
  }, [])
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (entry !== null && !busy) void send(entry)
      }}
    >
      <header className={styles.head}>
        <h1>{title}</h1>
        {mode === 'live' ? null : (
          <span className={styles.mode} data-mode={mode}>
            {state(`mode.${mode}`)}
          </span>
        )}
      </header>
      {reads ? (
        <ScrollRegion label={title} className={styles.body}>
          {children}
        </ScrollRegion>
      ) : (
        <div className={styles.body}>{children}</div>
      )}
      <footer className={styles.foot}>
        {beforeAct}
        <ProblemAlert problem={problem} />
        <div className={styles.actions}>
          <Button variant="default" onClick={cancelPrompt} disabled={busy}>
            {say('cancel')}
          </Button>
          <Button type="submit" disabled={entry === null} loading={busy}>
            {actLabel}
          </Button>
        </div>
      </footer>
    </form>
  )

  async function send(complete: SecretSubmit): Promise<void> {
    setBusy(true)
    setProblem(null)
    const refused = await submitEntry(complete)
    // Main closes the window on success, so there is nothing more to show.
    if (refused === null) return
    setBusy(false)
    setProblem(refused)
    onRefused()
  }
}
