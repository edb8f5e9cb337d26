import type { AppState } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Facts } from '../../ui/facts'
import { Notice } from '../../ui/notice'
import { Section } from './section'
import styles from './settings.module.css'

/** What runs here, where the data lies and how its key is kept. */
export function ProgramFacts({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  return (
    <Section title={say('program.title')}>
      <div className={styles.wide}>
        <Facts
          items={[
            { label: say('program.version'), value: app.version },
            { label: say('program.folder'), value: app.dataFolder },
            {
              label: say('program.keyStore'),
              value: say(app.keyStore === 'keyring' ? 'program.keyring' : 'program.keyFile'),
            },
            {
              label: say('program.runtime'),
              value: say(app.unofficialRuntime ? 'program.unofficial' : 'program.official'),
            },
            {
              label: say('program.sandbox'),
              value: say(app.sandboxOff ? 'program.sandboxOff' : 'program.sandboxOn'),
            },
          ]}
        />
      </div>
      {app.keyStore === 'key-file' ? (
        <Notice tone="amber">
          <p>{say('program.keyFileHint')}</p>
        </Notice>
      ) : null}
    </Section>
  )
}
