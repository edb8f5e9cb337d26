import { describe, expect, it } from 'vitest'
import type { RowProblem } from '../../../../src/domain/problem'
import { problemsInOrder, verdictOf } from '../../../../src/renderer/features/import/draft-row-words'

const error: RowProblem = { code: 'bank-unknown', severity: 'error', column: 'bank' }
const warning: RowProblem = { code: 'account-length-unusual', severity: 'warning', column: 'account' }
const note: RowProblem = { code: 'text-corrected', severity: 'note', column: 'holder' }

describe('what the check says of a row', () => {
  it('is the weightiest of its problems', () => {
    expect(verdictOf({ problems: [note, warning, error] })).toBe('error')
    expect(verdictOf({ problems: [note, warning] })).toBe('warning')
    expect(verdictOf({ problems: [note] })).toBe('note')
  })

  it('is fine without a problem', () => {
    expect(verdictOf({ problems: [] })).toBe('fine')
  })

  it('lists errors before warnings before notes and leaves the given list as it was', () => {
    const given = [note, warning, error]
    expect(problemsInOrder({ problems: given })).toEqual([error, warning, note])
    expect(given).toEqual([note, warning, error])
  })
})
