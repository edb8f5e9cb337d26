import { Button } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useState } from 'react'
import type { Quarantine, QuarantineReport } from '../../contract/backup'
import type { PersonView } from '../../contract/views'
import { useAct, useTask } from '../bridge/client'
import { useLanguage, useWords } from '../i18n'
import { whenText, wonText } from '../ui/formats'
import { useGo } from '../ui/navigation'
import { Notice } from '../ui/notice'
import { ProblemAlert } from '../ui/problem-text'
import { ReasonDialog } from '../ui/reason-dialog'
import { TaskProgress } from '../ui/task-progress'
import { useNow } from '../ui/use-now'
import styles from './frame.module.css'

interface QuarantineBannerProps {
  readonly quarantine: Quarantine
  readonly person: PersonView
}

/** Over every screen while nothing is sent: why, what to do, and what the comparison found. */
export function QuarantineBanner({ quarantine, person }: QuarantineBannerProps) {
  const say = useWords('backup')
  const language = useLanguage()
  const nowMs = useNow()
  const go = useGo()
  const [lifting, setLifting] = useState(false)
  const compare = useAct('quarantine.compare')
  const lift = useAct('quarantine.end', { onDone: () => setLifting(false) })
  const stop = useAct('task.cancel')
  const task = useTask('sync')
  const { report } = quarantine
  const mayLift = person.roles.includes('checker')
  return (
    <div className={styles.banner} role="region" aria-label={say(`quarantine.${quarantine.why}`)}>
      <Notice
        tone="red"
        icon={IconShieldLock}
        title={say(`quarantine.${quarantine.why}`)}
        actions={
          <>
            {report !== null && report.differences > 0 ? (
              <Button variant="default" onClick={() => go({ name: 'drift' })}>
                {say('quarantine.seeDrift')}
              </Button>
            ) : null}
            <Button
              variant={report === null ? 'filled' : 'default'}
              loading={compare.busy}
              onClick={() => compare.act({})}
            >
              {say(report === null ? 'quarantine.compare' : 'quarantine.again')}
            </Button>
            {report !== null && mayLift ? (
              <Button onClick={() => setLifting(true)}>{say('quarantine.lift')}</Button>
            ) : null}
          </>
        }
      >
        <p>{say('quarantine.text', { when: whenText(quarantine.stateAtMs, nowMs, language) })}</p>
        {report === null ? null : <Found report={report} />}
        {report === null || mayLift ? null : <p>{say('quarantine.checkerOnly')}</p>}
        {compare.busy && task !== null ? (
          <TaskProgress
            label={say('quarantine.comparing')}
            done={task.done}
            all={task.all}
            startedAtMs={task.startedAtMs}
            onCancel={() => stop.act({ taskId: task.taskId })}
          />
        ) : null}
        <ProblemAlert problem={compare.problem} onClose={compare.clear} />
      </Notice>
      <ReasonDialog
        opened={lifting}
        title={say('quarantine.liftTitle')}
        actLabel={say('quarantine.lift')}
        busy={lift.busy}
        problem={lift.problem}
        onAct={(reason) => lift.act({ reason })}
        onClose={() => {
          lift.clear()
          setLifting(false)
        }}
      >
        {report === null ? null : <Found report={report} />}
        <p>{say('quarantine.liftBody')}</p>
        {report !== null && report.differences > 0 ? <p>{say('quarantine.liftRest')}</p> : null}
      </ReasonDialog>
    </div>
  )
}

function Found({ report }: { readonly report: QuarantineReport }) {
  const say = useWords('backup')
  const language = useLanguage()
  const nowMs = useNow()
  const { payments, differences, paidSince, undecided, notShown, missing } = report
  return (
    <>
      <p>
        {say('quarantine.compared', { when: whenText(report.comparedAtMs, nowMs, language), count: payments })}{' '}
        {differences === 0 ? say('quarantine.noDifference') : say('quarantine.differences', { count: differences })}
      </p>
      {paidSince.count === 0 ? null : (
        <p>{say('quarantine.paidSince', { count: paidSince.count, amount: wonText(paidSince.amount, language) })}</p>
      )}
      {undecided === 0 ? null : <p>{say('quarantine.undecided', { count: undecided })}</p>}
      {notShown === 0 ? null : <p>{say('quarantine.notShown', { count: notShown })}</p>}
      {missing === 0 ? null : <p>{say('quarantine.missing', { count: missing })}</p>}
    </>
  )
}
