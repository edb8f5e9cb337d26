import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { AppState } from '../../../contract/views'
import { PROBLEM_NUMBERS } from '../../../domain/problem'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { Section } from './section'
import styles from './settings.module.css'

/** Each reason in its own words, and what would mend it; the program refuses for all of them alike. */
function WhyNotLive({ app }: { readonly app: AppState }) {
  const say = useWords('settings')
  const ui = useWords('ui')
  const reasons = [
    ...(app.unofficialRuntime ? [say('mode.whyRuntime')] : []),
    ...(app.sandboxOff ? [say('mode.whySandbox')] : []),
    ...(app.liveProblem?.code === 'live-refused-keyring' ? [say('mode.whyKeyring')] : []),
  ]
  return (
    <Notice title={say('mode.whyTitle')}>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {app.liveProblem === null ? null : (
        <p className={styles.soft}>{ui('problem.number', { number: PROBLEM_NUMBERS[app.liveProblem.code] })}</p>
      )}
    </Notice>
  )
}

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
        <WhyNotLive app={app} />
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
