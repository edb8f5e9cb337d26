import { useId, useState } from 'react'
import type { BooksReport } from '../../../contract/views'
import { useWords } from '../../i18n'
import { Notice } from '../../ui/notice'
import { paymentRowsOf } from './drift-facts'
import { UnreadLines, UnreadToggle } from './unread-lines'
import styles from './drift.module.css'

/** What an import of our books came to, in one line; rows that could not be read unfold below it. */
export function BooksOutcome({ report, onClose }: { readonly report: BooksReport; readonly onClose: () => void }) {
  const say = useWords('drift')
  const [open, setOpen] = useState(false)
  const id = useId()
  const troubled = report.problemsAll > 0
  const paymentRows = paymentRowsOf(report)
  const unread = say('books.problems', { count: report.problemsAll })
  return (
    <div className={styles.outcome}>
      <Notice
        tone={troubled ? 'amber' : report.driftFound > 0 ? 'violet' : 'grey'}
        announced
        onClose={onClose}
        {...(troubled
          ? {
              actions: <UnreadToggle title={unread} open={open} controls={id} onToggle={() => setOpen(!open)} />,
            }
          : {})}
      >
        {say('books.done', { name: report.fileName, rows: report.rowsAll, count: report.cancelsAdded })}{' '}
        {report.cancelsKnown === 0 ? '' : `${say('books.known', { count: report.cancelsKnown })} `}
        {paymentRows === 0 ? '' : `${say('books.payments', { count: paymentRows })} `}
        {report.driftFound === 0 ? say('books.noDrift') : say('books.drift', { count: report.driftFound })}
      </Notice>
      <div id={id} hidden={!open}>
        {open ? <UnreadLines report={report} title={unread} hint={say('books.problemsHint')} /> : null}
      </div>
    </div>
  )
}
