import type { ReactNode } from 'react'
import type { DraftRowView } from '../../../contract/draft'
import { useWords } from '../../i18n'
import { Amount } from '../../ui/amount'
import { Facts } from '../../ui/facts'
import { ProblemText } from '../../ui/problem-text'
import { SidePanel } from '../../ui/side-panel'
import { Tag } from '../../ui/state-badge'
import { problemsInOrder, VERDICT_TONES, verdictOf } from './draft-row-words'
import styles from './import.module.css'

/** One row of the file: everything that the check found, then the cells as they stand in the file. */
export function DraftRowPanel({ row, onClose }: { readonly row: DraftRowView; readonly onClose: () => void }) {
  const say = useWords('import')
  const state = useWords('state')
  const problems = problemsInOrder(row)
  const verdict = verdictOf(row)
  // Of a payment that is only unknown as yet the row's own sentence says what to do; the file may be right.
  const mends = problems.some(({ severity, code }) => severity === 'error' && code !== 'payment-unknown')
  const cell = (text: string): ReactNode =>
    text === '' ? <span className={styles.soft}>{say('panel.empty')}</span> : text
  return (
    <SidePanel
      title={say('panel.title', { line: row.line })}
      badges={<Tag tone={VERDICT_TONES[verdict]}>{say(`rows.${verdict}`)}</Tag>}
      onClose={onClose}
    >
      <div className={styles.panel} aria-live="polite">
        <h3>{say('panel.problems')}</h3>
        {problems.length === 0 ? <p className={styles.soft}>{say('panel.noProblems')}</p> : null}
        {problems.length === 0 ? null : (
          <ul className={styles.problems}>
            {problems.map((problem) => (
              <li key={`${problem.column ?? ''}:${problem.code}`}>
                <div className={styles.problemHead}>
                  <Tag tone={VERDICT_TONES[problem.severity]}>{say(`rows.${problem.severity}`)}</Tag>
                  <span className={styles.column}>
                    {problem.column === null ? say('panel.wholeRow') : state(`column.${problem.column}`)}
                  </span>
                </div>
                <ProblemText problem={problem} />
              </li>
            ))}
          </ul>
        )}
        {row.fine || !mends ? null : <p className={styles.mend}>{say('panel.howToMend', { line: row.line })}</p>}
        <h3>{say('panel.asWritten')}</h3>
        <Facts
          items={[
            { label: say('rows.order'), value: cell(row.orderNo) },
            { label: say('rows.paymentKey'), value: cell(row.paymentKey) },
            { label: state('column.amount'), value: cell(row.amountText) },
            { label: say('rows.bank'), value: cell(row.bank) },
            { label: say('rows.account'), value: cell(row.accountMasked) },
            { label: say('rows.holder'), value: cell(row.holderMasked) },
            { label: say('panel.reason'), value: cell(row.reason) },
            ...(row.method === null ? [] : [{ label: say('rows.method'), value: state(`method.${row.method}`) }]),
            ...(row.promisable === null
              ? []
              : [{ label: say('panel.promisable'), value: <Amount value={row.promisable} /> }]),
          ]}
        />
      </div>
    </SidePanel>
  )
}
