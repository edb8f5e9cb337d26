import type { HomeView } from '../../contract/views'
import { useLanguage, useWords } from '../i18n'
import { Amount } from '../ui/amount'
import { whenText } from '../ui/formats'
import { useShownSelection } from '../ui/selection'
import { useNow } from '../ui/use-now'
import styles from './status-bar.module.css'

interface StatusBarProps {
  /** Null until the first answer, when nothing can be said of the payments. */
  readonly home: Pick<HomeView, 'lastSyncAtMs' | 'paymentsKnown'> | null
  readonly version: string
}

/** Selection with its sum as in a spreadsheet, how fresh the payments are, and the version. */
export function StatusBar({ home, version }: StatusBarProps) {
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
      {home === null ? null : <span>{payments(home)}</span>}
      <span>{say('status.version', { version })}</span>
    </footer>
  )

  function payments({ lastSyncAtMs, paymentsKnown }: Pick<HomeView, 'lastSyncAtMs' | 'paymentsKnown'>): string {
    if (lastSyncAtMs !== null) return say('status.sync', { when: whenText(lastSyncAtMs, nowMs, language) })
    return paymentsKnown > 0 ? say('status.known', { count: paymentsKnown }) : say('status.noSync')
  }
}
