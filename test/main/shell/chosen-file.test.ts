import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readChosenFile, saveChosenFile } from '../../../src/main/shell/chosen-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chosen-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a chosen file', () => {
  test('is read whole, by its name without its folder', async () => {
    writeFileSync(join(folder, '환불.csv'), 'a,b')
    const answer = await readChosenFile(join(folder, '환불.csv'))
    expect(answer).toEqual({ ok: true, value: { name: '환불.csv', bytes: new Uint8Array([97, 44, 98]) } })
  })

  test('may be as large as the limit and no larger', async () => {
    const limit = 2 * 1024 * 1024
    writeFileSync(join(folder, 'a'), Buffer.alloc(limit))
    writeFileSync(join(folder, 'b'), Buffer.alloc(limit + 1))
    const fits = await readChosenFile(join(folder, 'a'), limit)
    expect(fits.ok && fits.value.bytes.length).toBe(limit)
    expect(await readChosenFile(join(folder, 'b'), limit)).toEqual({
      ok: false,
      problem: { code: 'file-too-large', values: { megabytes: 3, max: 2 } },
    })
  })

  test('may be empty: what that means is for the reader to say', async () => {
    writeFileSync(join(folder, 'empty.csv'), '')
    expect(await readChosenFile(join(folder, 'empty.csv'))).toMatchObject({ ok: true })
  })

  test('is not a folder, and not one that is gone', async () => {
    mkdirSync(join(folder, 'inner'))
    expect(await readChosenFile(join(folder, 'inner'))).toEqual({ ok: false, problem: { code: 'file-wrong-kind' } })
    expect(await readChosenFile(join(folder, 'gone'))).toEqual({ ok: false, problem: { code: 'not-found' } })
  })
})

describe('a file to save', () => {
  test('stands there whole, and its name is told without its folder', () => {
    writeFileSync(join(folder, 'result.csv'), 'old and longer')
    expect(saveChosenFile(join(folder, 'result.csv'), new Uint8Array([120]))).toEqual({
      ok: true,
      value: { fileName: 'result.csv' },
    })
    expect(readFileSync(join(folder, 'result.csv'), 'utf8')).toBe('x')
  })

  test('that cannot be written is a problem', () => {
    expect(saveChosenFile(join(folder, 'missing/result.csv'), new Uint8Array())).toEqual({
      ok: false,
      problem: { code: 'file-not-saved' },
    })
  })
})
