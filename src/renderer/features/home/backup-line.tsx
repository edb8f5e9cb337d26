import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import type { HomeView } from '../../../contract/views'
import { useLanguage, useWords } from '../../i18n'
import { whenText } from '../../ui/formats'
import { ProblemAlert } from '../../ui/problem-text'
import { useNow } from '../../ui/use-now'
import styles from './home.module.css'

/** Whether there is a way back, in one quiet line; a failed backup is trouble. */
export function BackupLine({ backup }: Pick<HomeView, 'backup'>) {
  const say = useWords('backup')
  const language = useLanguage()
  const nowMs = useNow()
  const { atMs, problem } = backup
  const when = atMs === null ? '' : whenText(atMs, nowMs, language)
  const Glyph = problem === null ? IconShieldCheck : IconAlertTriangle
  return (
    <section aria-label={say('home.label')}>
      <ProblemAlert problem={problem} />
      <p className={styles.backup}>
        <Glyph size={16} stroke={1.75} aria-hidden />
        {atMs === null ? say('home.none') : say(problem === null ? 'home.fine' : 'home.old', { when })}
      </p>
    </section>
  )
}
