import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import type { Language, Preferences, Theme } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { Section } from './section'
import styles from './settings.module.css'

const LANGUAGES: readonly Language[] = ['ko', 'en']
const THEMES: readonly Theme[] = ['light', 'dark', 'system']

export function AppearanceSettings({ preferences }: { readonly preferences: Preferences }) {
  const say = useWords('settings')
  const save = useAct('app.setPreferences')
  const languageId = useId()
  const themeId = useId()
  return (
    <Section title={say('look.title')}>
      <div className={styles.field}>
        <span className={styles.label} id={languageId}>
          {say('look.language')}
        </span>
        <SegmentedControl
          aria-labelledby={languageId}
          value={preferences.language}
          data={LANGUAGES.map((language) => ({ value: language, label: say(`look.${language}`) }))}
          onChange={(language) => save.act({ ...preferences, language })}
        />
      </div>
      <div className={styles.field}>
        <span className={styles.label} id={themeId}>
          {say('look.theme')}
        </span>
        <SegmentedControl
          aria-labelledby={themeId}
          value={preferences.theme}
          data={THEMES.map((theme) => ({ value: theme, label: say(`look.${theme}`) }))}
          onChange={(theme) => save.act({ ...preferences, theme })}
        />
      </div>
      <ProblemAlert problem={save.problem} onClose={save.clear} />
    </Section>
  )
}
