import { Button } from '@mantine/core'
import type { BooksReport } from '../../../contract/views'
import { useWords } from '../../i18n'
import { ProblemText } from '../../ui/problem-text'
import { ScrollRegion } from '../../ui/scroll-region'
import styles from './drift.module.css'

const PROBLEMS_SHOWN = 20

interface UnreadLinesProps {
  readonly report: Pick<BooksReport, 'problems' | 'problemsAll'>
  readonly title: string
  /** What became of these lines, and what to do. */
  readonly hint: string
}

/** The lines of an imported file that could not be taken, each with its problem. */
export function UnreadLines({ report, title, hint }: UnreadLinesProps) {
  const say = useWords('drift')
  const shown = report.problems.slice(0, PROBLEMS_SHOWN)
  return (
    <div className={styles.booksProblems}>
      <p className={styles.soft}>{hint}</p>
      <ScrollRegion className={styles.problemList} label={title}>
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

interface UnreadToggleProps {
  readonly title: string
  readonly open: boolean
  /** The id of the element that holds the lines. */
  readonly controls: string
  readonly onToggle: () => void
}

/** Unfolds these lines below the report. */
export function UnreadToggle({ title, open, controls, onToggle }: UnreadToggleProps) {
  return (
    <Button variant="subtle" size="compact-sm" aria-expanded={open} aria-controls={controls} onClick={onToggle}>
      {title}
    </Button>
  )
}
