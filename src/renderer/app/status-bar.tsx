import { useLanguage, useWords } from '../i18n'
import { Amount } from '../ui/amount'
import { whenText } from '../ui/formats'
import { useShownSelection } from '../ui/selection'
import { useNow } from '../ui/use-now'
import styles from './status-bar.module.css'

interface StatusBarProps {
  readonly lastSyncAtMs: number | null
  /** False until the first answer, when nothing can be said of the last sync. */
  readonly known: boolean
  readonly version: string
}

/** Selection with its sum as in a spreadsheet, how fresh the payments are, and the version. */
export function StatusBar({ lastSyncAtMs, known, version }: StatusBarProps) {
  const say = useWords('frame')
  const language = useLanguage()
  const nowMs = useNow()
  const selection = useShownSelection()
  return (
    <footer className={styles.bar} aria-label={say('status.label')}>
      <span className={styles.selection} aria-live="polite">
        {selection === null ? null : (
          <>
            {say('status.selection', { count: selection.count })} <Amount value={selection.sum} strong />
          </>
        )}
      </span>
      {known ? (
        <span>
          {lastSyncAtMs === null
            ? say('status.noSync')
            : say('status.sync', { when: whenText(lastSyncAtMs, nowMs, language) })}
        </span>
      ) : null}
      <span>{say('status.version', { version })}</span>
    </footer>
  )
}
