import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBooks, shopDayOf } from '../../src/practice/books'
import type { PracticeCancel } from '../../src/practice/portone-v1/payment'
import { aPayment, NOON_MS, temporaryFolder } from './support'

const IMP = 'imp_000000000001'
const aBookedCancel = (id: string): PracticeCancel => ({
  id,
  pgTid: `t-${id}`,
  amount: 1000,
  taxFree: 0,
  reason: 'R',
  acceptedAtMs: NOON_MS,
  shownAtMs: NOON_MS,
  receiptUrl: null,
  source: 'api',
})
const options = { nowMs: () => NOON_MS, payments: [aPayment()] }
const newFile = () => join(temporaryFolder(), 'deep', 'books.jsonl')

describe('the books', () => {
  it('begin with the sample shop of the day in Seoul', () => {
    const file = newFile()
    // 16:00 UTC on the 21st is one o'clock on the 22nd in Seoul.
    const books = createBooks(file, { nowMs: () => Date.parse('2026-11-21T16:00:00Z') })
    expect([...books.accounts()]).toHaveLength(300)
    expect(books.today).toBe('2026-11-22')
    expect(shopDayOf(file)).toBe('2026-11-22')
    books.close()
  })

  it('remember everything after a restart', () => {
    const file = newFile()
    const first = createBooks(file, options)
    first.addPayment(aPayment({ impUid: 'imp_2' }))
    first.addCancel(IMP, aBookedCancel('A'), null)
    first.addCancel(IMP, { ...aBookedCancel('B'), shownAtMs: null }, null)
    first.addCancel(IMP, { ...aBookedCancel('C'), shownAtMs: null }, null)
    first.showCancel(IMP, 'B', NOON_MS + 1000)
    first.withdrawCancel(IMP, 'C', NOON_MS + 2000)
    first.addAlarm({ alarm: 'implicit_full_cancel', impUid: IMP, atMs: NOON_MS })
    const before = { account: first.account(IMP), records: first.cancelRecords(), alarms: first.alarms() }
    first.close()

    const again = createBooks(file, options)
    expect({ account: again.account(IMP), records: again.cancelRecords(), alarms: again.alarms() }).toEqual(before)
    expect(again.account(IMP)?.cancels.map(({ id, shownAtMs }) => [id, shownAtMs])).toEqual([
      ['A', NOON_MS],
      ['B', NOON_MS + 1000],
    ])
    expect([...again.accounts()]).toHaveLength(2)
    again.close()
  })

  it('have an effect on the disk before the call returns', () => {
    const file = newFile()
    const books = createBooks(file, options)
    books.addCancel(IMP, aBookedCancel('A'), null)
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)).toContain('"t-A"')
    books.close()
  })

  it('cut a torn last line off, wherever it was torn', () => {
    const file = newFile()
    const books = createBooks(file, options)
    const sound = statSync(file).size
    books.addCancel(IMP, aBookedCancel('A'), null)
    const whole = readFileSync(file)
    books.close()
    for (let size = sound + 1; size < whole.length; size += 7) {
      writeFileSync(file, whole.subarray(0, size))
      const torn = createBooks(file, options)
      expect(torn.account(IMP)?.cancels).toEqual([])
      torn.addCancel(IMP, aBookedCancel('B'), null)
      torn.close()
      const healed = createBooks(file, options)
      expect(healed.account(IMP)?.cancels.map(({ id }) => id)).toEqual(['B'])
      healed.close()
    }
  })

  it('cut a last line with wrong bytes off, and refuse damage before it', () => {
    const file = newFile()
    createBooks(file, options).close()
    appendFileSync(file, '\0\0\0\n')
    createBooks(file, options).close()
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"kind":"payment"', '"kind":"payme'))
    expect(() => createBooks(file, options)).toThrow(/damaged/)
  })

  it('refuse a file of something else', () => {
    const file = join(temporaryFolder(), 'other.jsonl')
    writeFileSync(file, '{"kind":"opened"}\n')
    expect(() => createBooks(file, options)).toThrow(/not a file of practice books/)
    truncateSync(file, 0)
    expect(() => createBooks(file, options)).toThrow(/not a file of practice books/)
  })

  it('take no entry once another process opened them', () => {
    const file = newFile()
    const old = createBooks(file, options)
    const young = createBooks(file, options)
    expect(() => old.addCancel(IMP, aBookedCancel('A'), null)).toThrow(/taken over/)
    young.addCancel(IMP, aBookedCancel('B'), null)
    expect(old.account(IMP)?.cancels).toEqual([])
    old.close()
    young.close()
  })

  it('know no payment twice and no cancel of an unknown one', () => {
    const books = createBooks(newFile(), options)
    expect(() => books.addPayment(aPayment())).toThrow(/already/)
    expect(() => books.addCancel('imp_none', aBookedCancel('A'), null)).toThrow(/no payment/)
    books.close()
    books.close()
    expect(() => books.addPayment(aPayment({ impUid: 'imp_3' }))).toThrow(/closed/)
  })
})
