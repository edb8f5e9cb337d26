import { expect, test } from 'vitest'
import { createSettings } from '../../../../src/main/core/ledger/settings'
import { openTestLedger } from '../../../support/open-test-ledger'

test('an approval lives three days until somebody chooses otherwise, and the choice is kept', () => {
  const { ledger, file } = openTestLedger()
  const settings = createSettings(ledger, 'practice')
  expect(settings.get('approvalLifeDays')).toBe(3)
  ledger.write(() => settings.set('approvalLifeDays', 7))
  ledger.write(() => settings.set('approvalLifeDays', 5))
  ledger.close()
  expect(createSettings(openTestLedger({ file }).ledger, 'practice').get('approvalLifeDays')).toBe(5)
})

test.each([
  [0, false],
  [1, true],
  [30, true],
  [31, false],
  [1.5, false],
])('an approval life of %s days is taken: %s', (days, taken) => {
  const { ledger } = openTestLedger()
  const settings = createSettings(ledger, 'practice')
  const set = (): void => ledger.write(() => settings.set('approvalLifeDays', days))
  if (taken) set()
  else expect(set).toThrow()
  expect(settings.get('approvalLifeDays')).toBe(taken ? days : 3)
})

test('a setting is set inside a unit of work only', () => {
  const { ledger } = openTestLedger()
  expect(() => createSettings(ledger, 'practice').set('approvalLifeDays', 7)).toThrow('unit of work')
})
