import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { RecoveryView } from '../../contract/recovery'
import { PROBLEM_NUMBERS } from '../../domain/problem'
import { kstMinuteText } from '../../domain/time'
import { useAct } from '../bridge/client'
import { useLanguage, useWords } from '../i18n'
import { Facts } from '../ui/facts'
import { sizeText } from '../ui/formats'
import { Notice } from '../ui/notice'
import { ProblemAlert } from '../ui/problem-text'
import styles from './frame.module.css'

/** The ledger was refused: what happened, where it lies, and the newest backup that can take its place. */
export function RecoveryScreen({ view }: { readonly view: RecoveryView }) {
  const say = useWords('backup')
  const ui = useWords('ui')
  const language = useLanguage()
  const restore = useAct('recovery.restore')
  const quit = useAct('recovery.quit')
  const when = kstMinuteText(view.backup.atMs ?? 0)
  const leaving = restore.done !== null || quit.done !== null
  return (
    <main className={styles.trouble}>
      <h1>{say('recovery.title')}</h1>
      <Notice tone="red" icon={IconAlertTriangle}>
        <p>
          {say(view.problem.code === 'ledger-damaged' ? 'recovery.damaged' : 'recovery.foreign')}{' '}
          <span className={styles.number}>{ui('problem.number', { number: PROBLEM_NUMBERS[view.problem.code] })}</span>
        </p>
      </Notice>
      <p>{say('recovery.choose')}</p>
      <Facts
        items={[
          { label: say('recovery.file'), value: view.ledgerFile },
          { label: say('recovery.backup'), value: when },
          { label: say('recovery.size'), value: sizeText(view.backup.sizeBytes, language) },
        ]}
      />
      <p>{say('recovery.lost', { when })}</p>
      <p className={styles.kept}>{say('recovery.kept')}</p>
      <ProblemAlert problem={restore.problem} onClose={restore.clear} />
      <div className={styles.ways}>
        <Button variant="default" disabled={restore.busy || leaving} onClick={() => quit.act({})}>
          {say('recovery.quit')}
        </Button>
        <Button loading={restore.busy || leaving} onClick={() => restore.act({})}>
          {say('recovery.restore')}
        </Button>
      </div>
    </main>
  )
}
