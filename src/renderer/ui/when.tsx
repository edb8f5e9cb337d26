import { kstClockText, kstMinuteText } from '../../domain/time'
import { useLanguage } from '../i18n'
import { whenText } from './formats'
import { useNow } from './use-now'
import styles from './figures.module.css'

interface WhenProps {
  readonly atMs: number
  /** With seconds, where steps of one act are told apart. */
  readonly seconds?: boolean
}

/** An instant in Seoul's clock: today's with the word, others with the date. */
export function When({ atMs, seconds = false }: WhenProps) {
  const language = useLanguage()
  const nowMs = useNow()
  return (
    <time className={styles.figure} dateTime={new Date(atMs).toISOString()} title={kstMinuteText(atMs)}>
      {whenText(atMs, nowMs, language)}
      {seconds ? kstClockText(atMs).slice(-':00'.length) : null}
    </time>
  )
}
