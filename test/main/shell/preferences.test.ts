import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPreferences, parsePreferences } from '../../../src/main/shell/preferences'

const defaults = { mode: 'practice', language: 'ko', theme: 'system', window: null }

describe('preferences', () => {
  test('begin in practice mode, in Korean, with the looks of the system', () => {
    expect(parsePreferences('{}')).toEqual(defaults)
  })

  test.each(['', '{"mode":"li', 'null', '[]', '7', '"live"'])('fall back as a whole when they are %j', (text) => {
    expect(parsePreferences(text)).toEqual(defaults)
  })

  test('lose only the entry that cannot be read', () => {
    const text = JSON.stringify({ mode: 'production', language: 'en', theme: 'pink', window: { x: 1 } })
    expect(parsePreferences(text)).toEqual({ ...defaults, language: 'en' })
  })

  test('keep the place of the window', () => {
    const window = { x: -5, y: 10, width: 1200, height: 800, maximized: true }
    expect(parsePreferences(JSON.stringify({ window })).window).toEqual(window)
  })
})

describe('the file of preferences', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'preferences-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('is read again after a change, holds no half, and is nobody else’s', () => {
    const file = join(folder, 'deep/preferences.json')
    openPreferences(file).change({ mode: 'live', theme: 'dark' })
    expect(openPreferences(file).current()).toEqual({ ...defaults, mode: 'live', theme: 'dark' })
    expect(readdirSync(join(folder, 'deep'))).toEqual(['preferences.json'])
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('says when it cannot be written; the change holds for this run', () => {
    const store = openPreferences(join(folder, 'preferences.json'))
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'not a folder')
    expect(() => store.change({ theme: 'dark' })).toThrow()
    expect(store.current().theme).toBe('dark')
  })
})
