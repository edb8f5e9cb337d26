import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { LanguageSchema, ModeSchema, ThemeSchema } from '../../contract/views'
import { systemCodeOf } from './answer'
import { writeDurably } from './durable-file'

const pixel = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))

const PlaceSchema = v.object({ x: pixel, y: pixel, width: pixel, height: pixel, maximized: v.boolean() })
/** Where the main window stood, in the screen's own coordinates. */
export type Place = v.InferOutput<typeof PlaceSchema>

// Each entry falls back by itself: one that cannot be read must not cost the others.
const StoredSchema = v.object({
  mode: v.fallback(ModeSchema, 'practice'),
  language: v.fallback(LanguageSchema, 'ko'),
  theme: v.fallback(ThemeSchema, 'system'),
  window: v.fallback(v.nullable(PlaceSchema), null),
})
export type StoredPreferences = v.InferOutput<typeof StoredSchema>

/** Reads the text of preferences.json; what cannot be read becomes its default, and the mode never becomes live by it. */
export function parsePreferences(text: string): StoredPreferences {
  let content: unknown = {}
  try {
    content = JSON.parse(text)
  } catch {
    // Half a file after a power cut: the defaults hold, and practice mode is the harmless one.
    content = {}
  }
  const read = v.safeParse(StoredSchema, content)
  return read.success ? read.output : v.parse(StoredSchema, {})
}

export interface PreferencesStore {
  readonly current: () => StoredPreferences
  /** Throws what the system says when the file cannot be written; the values hold for this run all the same. */
  readonly change: (part: Partial<StoredPreferences>) => StoredPreferences
}

/** Settings of this computer: what the screens look like, where the window stands, which mode starts. No secrets. */
export function openPreferences(file: string): PreferencesStore {
  let current = parsePreferences(readIfThere(file))
  return {
    current: () => current,
    change: (part) => {
      current = { ...current, ...part }
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeDurably(file, `${JSON.stringify(current, null, 2)}\n`)
      return current
    },
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return '{}'
    throw error
  }
}
