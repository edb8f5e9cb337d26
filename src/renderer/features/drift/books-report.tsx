import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { BooksReport } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { ProblemText } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import { paymentRowsOf } from './drift-facts'
import styles from './drift.module.css'

const PROBLEMS_SHOWN = 20

/** What an import of our books came to, in one line; rows that could not be read unfold below it. */
export function BooksOutcome({ report, onClose }: { readonly report: BooksReport; readonly onClose: () => void }) {
  const say = useWords('drift')
  const [open, setOpen] = useState(false)
  const id = useId()
  const troubled = report.problemsAll > 0
  const paymentRows = paymentRowsOf(report)
  return (
    <div className={styles.outcome}>
      <Notice
        tone={troubled ? 'amber' : report.driftFound > 0 ? 'violet' : 'grey'}
        announced
        onClose={onClose}
        {...(troubled
          ? {
              actions: (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-expanded={open}
                  aria-controls={id}
                  onClick={() => setOpen(!open)}
                >
                  {say('books.problems', { count: report.problemsAll })}
                </Button>
              ),
            }
          : {})}
      >
        {say('books.done', { name: report.fileName, rows: report.rowsAll, count: report.cancelsAdded })}{' '}
        {report.cancelsKnown === 0 ? '' : `${say('books.known', { count: report.cancelsKnown })} `}
        {paymentRows === 0 ? '' : `${say('books.payments', { count: paymentRows })} `}
        {report.driftFound === 0 ? say('books.noDrift') : say('books.drift', { count: report.driftFound })}
      </Notice>
      <div id={id} hidden={!open}>
        {open ? <UnreadRows report={report} /> : null}
      </div>
    </div>
  )
}

function UnreadRows({ report }: { readonly report: BooksReport }) {
  const say = useWords('drift')
  const shown = report.problems.slice(0, PROBLEMS_SHOWN)
  return (
    <div className={styles.booksProblems}>
      <p className={styles.soft}>{say('books.problemsHint')}</p>
      <ScrollRegion className={styles.problemList} label={say('books.problems', { count: report.problemsAll })}>
        <ul>
          {shown.map(({ line, problem }) => (
            <li key={`${line}:${problem.code}`}>
              <span className={styles.line}>{say('books.line', { line })}</span>
              <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {report.problemsAll > shown.length ? (
        <p className={styles.soft}>{say('books.problemsMore', { count: report.problemsAll - shown.length })}</p>
      ) : null}
    </div>
  )
}
