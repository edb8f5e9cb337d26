import { describe, expect, it } from 'vitest'
import { ENGLISH, KOREAN, type Namespace } from '../../../src/renderer/i18n/resources'
import { placesIn } from '../../../src/renderer/i18n/fill-sentence'

const namespaces = Object.keys(KOREAN) as Namespace[]
const korean = KOREAN as Readonly<Record<Namespace, Readonly<Record<string, string>>>>
const english = ENGLISH as Readonly<Record<Namespace, Readonly<Record<string, string>>>>

/** The Korean key that an English sentence belongs to: a singular belongs to its plural. */
function keyOf(key: string, namespace: Namespace): string {
  return key in korean[namespace] ? key : key.replace(/_one$/, '')
}

describe.each(namespaces)('words of %s', (namespace) => {
  it('has the same keys in both languages', () => {
    const englishKeys = new Set(Object.keys(english[namespace]).map((key) => keyOf(key, namespace)))
    expect([...englishKeys].toSorted()).toEqual(Object.keys(korean[namespace]).toSorted())
  })

  it('has the same places for values in both languages', () => {
    for (const [key, sentence] of Object.entries(english[namespace])) {
      const partner = korean[namespace][keyOf(key, namespace)] ?? ''
      const places = new Set(placesIn(sentence))
      // "This row" may stand for "1 row".
      if (key !== keyOf(key, namespace) && placesIn(partner).includes('count')) places.add('count')
      expect([...places].toSorted(), `${namespace}:${key}`).toEqual(placesIn(partner).toSorted())
    }
  })

  it('leaves no sentence empty', () => {
    for (const words of [korean[namespace], english[namespace]]) {
      for (const [key, sentence] of Object.entries(words)) expect(sentence.trim(), `${namespace}:${key}`).not.toBe('')
    }
  })

  it('has no English sentence left among the Korean ones', () => {
    for (const [key, sentence] of Object.entries(korean[namespace])) {
      const bare = sentence.replaceAll(/\{\{\w+\}\}/g, '')
      expect(bare, `${namespace}:${key}`).not.toMatch(/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/)
    }
  })

  it('has no Korean left among the English sentences, but for quoted file words and the name of the language', () => {
    for (const [key, sentence] of Object.entries(english[namespace])) {
      if (sentence === '한국어') continue
      const bare = sentence.replaceAll(/["“][^"”]*["”]/g, '').replaceAll(/[「(][가-힣 ,]+[)」]/g, '')
      expect(bare, `${namespace}:${key}`).not.toMatch(/[가-힣]/)
    }
  })
})

it('speaks of payment numbers, never of a PG’s field names', () => {
  for (const words of [...Object.values(korean), ...Object.values(english)]) {
    for (const [key, sentence] of Object.entries(words)) {
      expect(sentence, key).not.toMatch(/imp_uid|merchant_uid|cancel_history|checksum/i)
    }
  }
})
