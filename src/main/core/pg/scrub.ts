import { tagIn } from '../../../domain/refund-tag'

const MASK = '***'
/** Enough of an HTML page to see which machine spoke. */
const PLAIN_CHARS_MAX = 500
/** A payment with a long history stays whole; a list never becomes a transcript. */
const JSON_CHARS_MAX = 20_000
const DEPTH_MAX = 8
/** Accounts, phones and card numbers, with the blanks, dots and hyphens people write into them. */
const DIGIT_RUN = /\d(?:[ .-]?\d){5,}/g
/** Shorter words would be found inside of innocent ones. */
const KNOWN_CHARS_MIN = 2

/**
 * What a kept transcript shows of a field: its value, only our tag at its beginning, the PG's words without long numbers,
 * or a mask.
 */
export type Shown = 'kept' | 'tag' | 'words' | 'masked'

type ShownFields = ReadonlyMap<string, Exclude<Shown, 'masked'>>
export type Scrub = (text: string, known: readonly string[]) => string

/** What a transcript may show, by a field's name; a field that is in none of the tables is masked. */
export function shownFields(tables: readonly Readonly<Record<string, { readonly transcript: Shown }>>[]): ShownFields {
  return new Map(
    tables
      .flatMap((table) => Object.entries(table))
      .flatMap(([name, { transcript }]) => (transcript === 'masked' ? [] : [[name, transcript] as const])),
  )
}

/**
 * Makes what was said fit to keep: of JSON only the fields that a PG's tables allow, of anything else the beginning
 * without long numbers. `known` are values of this request that must not be seen wherever they stand: keys, account,
 * names.
 */
export function createScrub(fields: ShownFields): Scrub {
  function scrubValue(value: unknown, known: readonly string[], depth: number): unknown {
    if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return MASK
    if (Array.isArray(value)) return value.map((item) => scrubValue(item, known, depth + 1))
    const kept: Record<string, unknown> = {}
    for (const [name, inner] of Object.entries(value)) {
      // Also keeps `__proto__` out: it stands in no table.
      if (fields.has(name)) kept[name] = scrubField(name, inner, known, depth)
      else if (/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)) kept[name] = MASK
    }
    return kept
  }

  function scrubField(name: string, value: unknown, known: readonly string[], depth: number): unknown {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') return withoutKnown(String(value), known) === String(value) ? value : MASK
    if (typeof value !== 'string') return scrubValue(value, known, depth + 1)
    const shown = fields.get(name)
    if (shown === 'tag') return tagOnly(value)
    return shown === 'words' ? scrubWords(value, known) : withoutKnown(value, known)
  }

  /** JSON that ends in the middle: only the pairs that may be shown are picked out. */
  function scrubTornJson(text: string, known: readonly string[]): string {
    const pairs = text.matchAll(
      /"([A-Za-z_][A-Za-z0-9_]{0,39})"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)/g,
    )
    const kept = Array.from(pairs, ([, name = '', json = '']) => {
      const value = fields.has(name) ? scrubField(name, valueOf(json), known, 0) : MASK
      return `${JSON.stringify(name)}:${JSON.stringify(value)}`
    })
    return `(torn) ${kept.join(',')}`.slice(0, JSON_CHARS_MAX)
  }

  return (text, known) => {
    if (text === '') return ''
    const value = jsonOf(text)
    if (value !== undefined) return JSON.stringify(scrubValue(value, known, 0)).slice(0, JSON_CHARS_MAX)
    if (/"\w+"\s*:/.test(text)) return scrubTornJson(text, known)
    return scrubWords(text, known).slice(0, PLAIN_CHARS_MAX)
  }
}

/** The PG's words for people: without known values and long numbers, short enough for a screen. */
export function scrubMessage(message: string, known: readonly string[]): string {
  return scrubWords(message, known).slice(0, 300)
}

function jsonOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Of a reason only our tag: the words behind it may be about a person. */
function tagOnly(reason: string): string {
  const tag = tagIn(reason)
  if (tag === null) return MASK
  return tag === reason ? tag : `${tag} ${MASK}`
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return MASK
  }
}

function withoutKnown(text: string, known: readonly string[]): string {
  return known.reduce((rest, word) => (word.length < KNOWN_CHARS_MIN ? rest : rest.replaceAll(word, MASK)), text)
}

function scrubWords(text: string, known: readonly string[]): string {
  return withoutKnown(text, known).replace(DIGIT_RUN, MASK)
}
