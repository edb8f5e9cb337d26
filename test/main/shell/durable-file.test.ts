import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeDurably } from '../../../src/main/shell/durable-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('replaces a file as a whole and leaves nothing beside it', () => {
  const file = join(folder, 'a.json')
  writeDurably(file, 'first, and longer')
  writeDurably(file, Buffer.from('second'))
  expect(readFileSync(file, 'utf8')).toBe('second')
  expect(readdirSync(folder)).toEqual(['a.json'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('gives the mode that was asked for', () => {
  writeDurably(join(folder, 'open.csv'), 'x', 0o644)
  expect(statSync(join(folder, 'open.csv')).mode & 0o777).toBe(0o644)
})

test('replaces a link instead of writing through it', () => {
  const elsewhere = join(folder, 'elsewhere')
  writeFileSync(elsewhere, 'untouched')
  symlinkSync(elsewhere, join(folder, 'link'))
  writeDurably(join(folder, 'link'), 'new')
  expect(readFileSync(elsewhere, 'utf8')).toBe('untouched')
  expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('new')
})

test('says when it cannot write, and leaves nothing behind', () => {
  mkdirSync(join(folder, 'taken/inside'), { recursive: true })
  expect(() => writeDurably(join(folder, 'taken'), 'x')).toThrow()
  expect(() => writeDurably(join(folder, 'missing/a'), 'x')).toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(['taken'])
})
