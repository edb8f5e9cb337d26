import { useRun } from '../bridge/client'
import { useLanguage, useWords } from '../i18n'
import { countdownText, whenText } from './formats'
import styles from './figures.module.css'
import { useNow } from './use-now'

const SECOND_MS = 1000

/** When an approved batch begins to be sent, by the second. A screen reader finds it but is not told of each step. */
export function HoldLine({ untilMs }: { readonly untilMs: number }) {
  const say = useWords('ui')
  const language = useLanguage()
  const nowMs = useNow(SECOND_MS)
  const paused = useRun()?.state === 'paused'
  return (
    <span className={styles.figure} role="timer" aria-live="off">
      {text()}
    </span>
  )

  function text(): string {
    if (nowMs < untilMs) {
      const values = { time: countdownText(untilMs - nowMs), at: whenText(untilMs, nowMs, language) }
      return say(paused ? 'hold.startsPaused' : 'hold.starts', values)
    }
    return say(paused ? 'hold.duePaused' : 'hold.due')
  }
}
