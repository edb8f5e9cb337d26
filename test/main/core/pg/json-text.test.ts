import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../../src/main/core/pg/json-text'

describe('JSON of a PG', () => {
  it('is read like any JSON', () => {
    expect(parseJson('{"a":[1,{"b":"x:y"}],"c":null}')).toEqual({ ok: true, value: { a: [1, { b: 'x:y' }], c: null } })
  })

  it.each(['{"amount":1,"amount":2}', '[{"a":{"b":1,"b":1}}]', '{"\\u0061":1,"a":2}', '{"__proto__":1,"__proto__":2}'])(
    'is refused when a key stands twice: %s',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: false, problem: 'duplicate-key' })
    },
  )

  it.each(['', ' ', '<html>', '{"a":1', "{'a':1}", '{"a":NaN}', '[1,]', 'undefined'])(
    'is refused when malformed: %j',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: false, problem: 'malformed' })
    },
  )

  it('keeps the same key in different objects', () => {
    expect(parseJson('[{"a":1},{"a":2}]').ok).toBe(true)
  })

  it('does not lose its footing on deep nesting', () => {
    const deep = '['.repeat(200_000)
    expect(parseJson(deep).ok).toBe(false)
    expect(() => parseJson('[{"a":'.repeat(5_000) + '1' + '}]'.repeat(5_000))).not.toThrow()
  })

  it('accepts whatever JSON.stringify writes, with quotes, colons and backslashes in every place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: fc.constantFrom('"', ':', '\\', 'a', '{') }), (value, text) => {
        const written = JSON.stringify({ value, [text]: text, last: text })
        // The made-up key may be one of the fixed two, which JSON.stringify writes once only.
        expect(parseJson(written).ok).toBe(true)
      }),
    )
  })
})
