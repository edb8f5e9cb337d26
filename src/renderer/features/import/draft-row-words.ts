import { useCallback } from 'react'
import type { DraftRowView } from '../../../contract/draft'
import type { RowProblem, Severity } from '../../../domain/problem'
import { useWords } from '../../i18n'
import { useProblemSentence } from '../../i18n/problem-sentence'
import type { Tone } from '../../ui/state-badge'

/** What the check says of a row in one word; fine is grey, since green stands for a proven payout only. */
export type RowVerdict = Severity | 'fine'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note']

export const VERDICT_TONES: Readonly<Record<RowVerdict, Tone>> = {
  error: 'red',
  warning: 'amber',
  note: 'blue',
  fine: 'grey',
}

/** The weightiest of a row's problems. */
export function verdictOf(row: Pick<DraftRowView, 'problems'>): RowVerdict {
  return SEVERITIES.find((severity) => row.problems.some((problem) => problem.severity === severity)) ?? 'fine'
}

/** Problems of a row, the weightiest first. */
export function problemsInOrder(row: Pick<DraftRowView, 'problems'>): DraftRowView['problems'] {
  return row.problems.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

/** A problem with the column that it stands in, `계좌번호: …`. */
export function useRowProblemText(): (problem: RowProblem) => string {
  const sentence = useProblemSentence()
  const state = useWords('state')
  return useCallback(
    (problem) =>
      problem.column === null ? sentence(problem) : `${state(`column.${problem.column}`)}: ${sentence(problem)}`,
    [sentence, state],
  )
}
