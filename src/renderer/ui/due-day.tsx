import type { KstDate } from '../../domain/time'
import { useLanguage, useWords } from '../i18n'
import styles from './figures.module.css'
import { dayText } from './formats'
import { useNow } from './use-now'

/** The day on which money should arrive, `11/24(화) 예정`; without the word once it has arrived. */
export function DueDay({ day, arrived = false }: { readonly day: KstDate; readonly arrived?: boolean }) {
  const say = useWords('ui')
  const text = dayText(day, useNow(), useLanguage())
  return (
    <time className={styles.figure} dateTime={day} title={day}>
      {arrived ? text : say('due.expected', { day: text })}
    </time>
  )
}
