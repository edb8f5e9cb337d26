import { Button } from '@mantine/core'
import { IconFlask2, IconReceiptRefund } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { AppState } from '../../../contract/views'
import { useAct } from '../../bridge/client'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemAlert } from '../../ui/problem-text'
import { FirstPeople } from './first-people'
import styles from './sign-in.module.css'

/** Before anybody signed in: what this is, and the one button that opens the sign-in window. */
export function SignInScreen({ app }: { readonly app: AppState }) {
  const say = useWords('signIn')
  const frame = useWords('frame')
  const signIn = useAct('session.signIn')
  const button = useRef<HTMLButtonElement>(null)
  // The only thing to do here; Enter does it.
  useEffect(() => button.current?.focus(), [])
  return (
    <main className={styles.screen} data-mode={app.mode}>
      <div className={styles.box}>
        <IconReceiptRefund size={40} stroke={1.5} aria-hidden className={styles.mark} />
        <h1 className={styles.product}>{frame('product')}</h1>
        <p className={styles.tagline}>{say('tagline')}</p>
        {app.people.length === 0 ? (
          <FirstPeople />
        ) : (
          <>
            <Button size="md" fullWidth onClick={() => signIn.act({})} loading={signIn.busy} ref={button}>
              {say('verb')}
            </Button>
            <p className={styles.soft} aria-live="polite">
              {signIn.busy ? say('waiting') : ''}
            </p>
            {app.people.some((person) => person.roles.includes('checker')) ? null : (
              <Notice tone="amber">
                <p>{say('first.signInNeeded')}</p>
              </Notice>
            )}
          </>
        )}
        <ProblemAlert problem={signIn.problem} />
        {app.mode === 'live' ? null : (
          <div className={styles.hint} data-mode={app.mode}>
            <IconFlask2 size={20} stroke={1.75} aria-hidden />
            <div>
              <p className={styles.hintTitle}>{say(`${app.mode}.title`)}</p>
              <p>{say(`${app.mode}.text`)}</p>
            </div>
          </div>
        )}
      </div>
    </main>
  )
}
