import { describe, expect, test } from 'vitest'
import { backupName, backupPlace, backupsToDrop } from '../../../../src/main/core/ledger/backup-names'

const DAY_MS = 24 * 60 * 60 * 1000
/** Names of this many days up to and with the last one. */
function days(count: number, last: string): string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.parse(last) - back * DAY_MS).toISOString().slice(0, 10),
  )
    .toReversed()
    .map((day) => `ledger-${day}.db`)
}

describe('names of backups', () => {
  test('carry the day, and a number from the second one on', () => {
    expect(backupName('2026-11-21', [])).toBe('ledger-2026-11-21.db')
    expect(backupName('2026-11-21', ['ledger-2026-11-21.db'])).toBe('ledger-2026-11-21-2.db')
    // A gap is never filled: the greater number is the newer one.
    expect(backupName('2026-11-21', ['ledger-2026-11-21-4.db', 'ledger-2026-11-20-9.db'])).toBe(
      'ledger-2026-11-21-5.db',
    )
  })

  test.each(['ledger.db', 'ledger-2026-11-21.db.tmp', '../ledger-2026-11-21.db', 'ledger-2026-11-21-.db', 'x.db', ''])(
    '%s is none',
    (name) => {
      expect(backupPlace(name)).toBeNull()
    },
  )
})

describe('backups that may go', () => {
  test('are none while there are few, and never files of other names', () => {
    expect(backupsToDrop([], '2026-11-21')).toEqual([])
    expect(backupsToDrop([...days(14, '2026-11-21'), 'notes.txt'], '2026-11-21')).toEqual([])
  })

  test('are the oldest beyond fourteen days, but for the first of each month', () => {
    const names = days(40, '2026-11-21')
    const kept = names.filter((name) => !backupsToDrop(names, '2026-11-21').includes(name))
    expect(kept).toEqual(['ledger-2026-10-13.db', 'ledger-2026-11-01.db', ...days(14, '2026-11-21')])
  })

  test('leave at most fourteen days and twelve months after years of daily use', () => {
    let names: string[] = []
    for (const name of days(800, '2026-11-21')) {
      names = [...names, name]
      const gone = backupsToDrop(names, name.slice(7, 17))
      expect(gone).not.toContain(name)
      names = names.filter((each) => !gone.includes(each))
    }
    expect(names).toHaveLength(14 + 12 - 1 + (names.includes('ledger-2026-11-01.db') ? 1 : 0))
    expect(names.at(-1)).toBe('ledger-2026-11-21.db')
  })

  test('are all but the last five of today and the last of an earlier day', () => {
    const today = Array.from({ length: 8 }, (_, at) => `ledger-2026-11-21${at === 0 ? '' : `-${at + 1}`}.db`)
    const earlier = ['ledger-2026-11-20.db', 'ledger-2026-11-20-2.db', 'ledger-2026-11-20-10.db']
    // The first of the month stays as well.
    expect(backupsToDrop([...today, ...earlier, 'ledger-2026-11-02.db'], '2026-11-21').toSorted()).toEqual(
      ['ledger-2026-11-20.db', 'ledger-2026-11-20-2.db', ...today.slice(0, 3)].toSorted(),
    )
  })
})
