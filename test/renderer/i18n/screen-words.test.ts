import { describe, expect, it } from 'vitest'
import { BATCH_EVENTS } from '../../../src/domain/batch'
import { EVIDENCE } from '../../../src/domain/evidence'
import { FOLLOW_UP_KINDS } from '../../../src/contract/views'
import { ENGLISH, KOREAN } from '../../../src/renderer/i18n/resources'

const SCREENS = ['import', 'batches', 'approvals', 'run', 'drift', 'search', 'channels'] as const

describe('words of the screens', () => {
  for (const screen of SCREENS) {
    const korean: Readonly<Record<string, string>> = KOREAN[screen]
    const english: Readonly<Record<string, string>> = ENGLISH[screen]

    it(`give an English singular only to sentences that count: ${screen}`, () => {
      const singulars = Object.keys(english).filter((key) => key.endsWith('_one'))
      for (const key of singulars) {
        const plural = key.slice(0, -'_one'.length)
        expect(korean[plural], key).toContain('{{count}}')
      }
    })

    it(`are in the business tone: ${screen}`, () => {
      for (const [key, sentence] of Object.entries(korean)) {
        expect(sentence, key).not.toMatch(/[해세어아예네지]요[.?!]?(?:\s|$)/u)
      }
    })
  }

  it('tell every kind of evidence that the ledger keeps', () => {
    for (const what of EVIDENCE) expect(KOREAN.batches, what).toHaveProperty([`evidence.${what}`])
  })

  it('tell every task that a refund can leave behind', () => {
    for (const kind of FOLLOW_UP_KINDS) expect(KOREAN.ui, kind).toHaveProperty([`followUp.${kind}`])
  })

  it('tell every event of a batch', () => {
    for (const what of BATCH_EVENTS) expect(KOREAN.batches, what).toHaveProperty([`history.${what}`])
  })
})
