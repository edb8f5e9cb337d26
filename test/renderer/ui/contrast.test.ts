import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../src/renderer/ui/tokens.css'), 'utf8')
const TONES = ['grey', 'blue', 'green', 'red', 'amber', 'violet', 'orange', 'teal'] as const

function tokensOf(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const blocks = [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)]
  const block = blocks.find(([, head]) => head?.includes(`='${theme}'`))?.[2] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--rd-([a-z-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]),
  )
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const ratio = (text: string, ground: string): number => contrast(tokens[text] ?? '', tokens[ground] ?? '')

  it.each(['page', 'surface', 'raised', 'hover', 'accent-tint', ...TONES.map((tone) => `${tone}-tint`)])(
    'keeps text readable on %s',
    (ground) => {
      expect(ratio('text', ground)).toBeGreaterThanOrEqual(7)
    },
  )

  it.each(['page', 'surface', 'raised', 'hover'])('keeps soft and accented text readable on %s', (ground) => {
    expect(ratio('text-soft', ground)).toBeGreaterThanOrEqual(4.5)
    expect(ratio('accent-text', ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(TONES)('keeps the word of a %s state readable on its tint and on the surface', (tone) => {
    expect(ratio(`${tone}-text`, `${tone}-tint`)).toBeGreaterThanOrEqual(4.5)
    expect(ratio(`${tone}-text`, 'surface')).toBeGreaterThanOrEqual(4.5)
  })

  it('keeps the filled button readable, also under the pointer', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-accent', 'accent-hover')).toBeGreaterThanOrEqual(4.5)
  })

  it('keeps lines and frames that carry meaning visible', () => {
    expect(ratio('line-strong', 'surface')).toBeGreaterThanOrEqual(3)
    expect(ratio('orange-frame', 'surface')).toBeGreaterThanOrEqual(3)
    expect(ratio('teal-frame', 'surface')).toBeGreaterThanOrEqual(3)
    expect(ratio('focus', 'surface')).toBeGreaterThanOrEqual(3)
  })
})
