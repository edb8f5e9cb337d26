import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { AppState } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { ProblemAlert } from '../../ui/problem-text'
import { Section } from './section'
import styles from './settings.module.css'

/** Practice or live. Going live says what changes before it restarts the program. */
export function ModeSettings({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  const state = useWords('state')
  const ui = useWords('ui')
  const [asking, setAsking] = useState(false)
  const change = useAct('settings.switchMode')
  const live = app.mode === 'live'
  return (
    <Section title={say('mode.title')}>
      <p className={styles.label}>{say('mode.now', { mode: state(`mode.${app.mode}`) })}</p>
      <p className={styles.soft}>{say(`mode.${app.mode}Text`)}</p>
      {live || app.liveAvailable ? (
        <>
          <Button
            variant="default"
            loading={change.busy}
            onClick={() => (live ? change.act({ mode: 'practice' }) : setAsking(true))}
          >
            {say(live ? 'mode.toPractice' : 'mode.toLive')}
          </Button>
          <p className={styles.soft}>{say('mode.restart')}</p>
        </>
      ) : (
        <ProblemAlert problem={app.liveProblem} tone="calm" />
      )}
      <ProblemAlert problem={change.problem} onClose={change.clear} />
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={say('mode.toLive')}
        closeButtonProps={{ 'aria-label': ui('close') }}
      >
        <div className={styles.body}>
          <p>{say('mode.confirm')}</p>
          <p className={styles.soft}>{say('mode.restart')}</p>
          <div className={styles.line}>
            <Button variant="default" onClick={() => setAsking(false)}>
              {ui('cancel')}
            </Button>
            <Button loading={change.busy} onClick={() => change.act({ mode: 'live' })}>
              {say('mode.toLive')}
            </Button>
          </div>
        </div>
      </Modal>
    </Section>
  )
}
