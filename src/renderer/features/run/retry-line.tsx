import { kstClockText } from '../../../domain/time'
import { useWords } from '../../i18n'
import { countdownText } from '../../ui/formats'
import { useNow } from '../../ui/use-now'
import styles from './run.module.css'

const SECOND_MS = 1000

/** When the program tries the PG again by itself, by the second. */
export function RetryLine({ atMs }: { readonly atMs: number }) {
  const say = useWords('run')
  const nowMs = useNow(SECOND_MS)
  return (
    <p className={styles.holdLine} role="timer" aria-live="off">
      {nowMs < atMs
        ? say('waiting.next', { at: kstClockText(atMs), time: countdownText(atMs - nowMs) })
        : say('waiting.now')}
    </p>
  )
}
