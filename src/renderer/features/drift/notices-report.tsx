import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { NoticesReport } from '../../../contract/pg'
import type { DraftId } from '../../../domain/ids'
import { useWords } from '../../i18n'
import { useGo } from '../../ui/navigation'
import { Notice } from '../../ui/notice'
import { outcomesOf, toneOf } from './notices-facts'
import { UnreadLines, UnreadToggle } from './unread-lines'
import styles from './drift.module.css'

interface NoticesOutcomeProps {
  readonly report: NoticesReport
  /** The refund file that waited for it. */
  readonly draftId: DraftId | null
  readonly onClose: () => void
}

/** What an import of notifications changed, in words; lines that could not be read unfold below it. */
export function NoticesOutcome({ report, draftId, onClose }: NoticesOutcomeProps) {
  const say = useWords('drift')
  const go = useGo()
  const outcomes = outcomesOf(report)
  // Where nothing came in, the lines that could not be read are the outcome.
  const [open, setOpen] = useState(outcomes.length === 0)
  const id = useId()
  const unread = say('notices.problems', { count: report.problemsAll })
  return (
    <div className={styles.outcome}>
      <Notice
        tone={toneOf(report)}
        title={
          report.fileName === ''
            ? say('notices.donePasted', { count: report.lines })
            : say('notices.done', { name: report.fileName, count: report.lines })
        }
        announced
        onClose={onClose}
        actions={
          <>
            {report.problemsAll === 0 ? null : (
              <UnreadToggle title={unread} open={open} controls={id} onToggle={() => setOpen(!open)} />
            )}
            {report.payoutFailed === 0 ? null : (
              <Button variant="default" size="xs" onClick={() => go({ name: 'batches' })}>
                {say('notices.toBatches')}
              </Button>
            )}
            {draftId === null ? null : (
              <Button
                variant={report.paymentsNew === 0 ? 'default' : 'filled'}
                size="xs"
                onClick={() => go({ name: 'import', draftId })}
              >
                {say('notices.toDraft')}
              </Button>
            )}
          </>
        }
      >
        {outcomes.length === 0 && report.problemsAll < report.lines ? <p>{say('notices.nothing')}</p> : null}
        <ul className={styles.outcomes}>
          {outcomes.map(({ outcome, count }) => (
            <li key={outcome}>{say(`notices.${outcome}`, { count })}</li>
          ))}
        </ul>
        {report.driftFound === 0 ? null : <p>{say('books.drift', { count: report.driftFound })}</p>}
      </Notice>
      <div id={id} hidden={!open}>
        {open ? <UnreadLines report={report} title={unread} hint={say('notices.problemsHint')} /> : null}
      </div>
    </div>
  )
}
