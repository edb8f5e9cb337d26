import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { lengthViolations, violationsOf } from './checks'
import { longFiles } from './long-files'
import { readSource } from './source-file'
import { settingViolations } from './window-settings'

const root = path.resolve(import.meta.dirname, '../..')

const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
  .toSorted()
  .map((name) => readSource({ path: name, text: readFileSync(path.join(root, name), 'utf8') }))

describe('the rooms of the source', () => {
  test('are all there to be read', () => {
    const seen = new Set(sources.map((source) => source.path.split('/')[1] ?? ''))
    expect([...seen].toSorted()).toEqual(['contract', 'domain', 'main', 'practice', 'preload', 'renderer'])
  })

  test('keep their walls', () => {
    expect(sources.flatMap(violationsOf)).toEqual([])
  })

  test('hold no file longer than its reader, unless a reason is listed', () => {
    expect(lengthViolations(sources, longFiles)).toEqual([])
  })

  test('open windows in a closed cage only', () => {
    expect(sources.flatMap(settingViolations)).toEqual([])
    expect(sources.some((source) => source.methodCalls.has('enableSandbox'))).toBe(true)
  })
})

describe('a planted violation is caught', () => {
  // Each names the file it stands in, its content, and a piece of the sentence it must earn.
  const planted: readonly (readonly [string, string, string])[] = [
    ['src/domain/a.ts', "import { readFileSync } from 'node:fs'; readFileSync('x')", 'domain may not import node:fs'],
    ['src/domain/a.ts', "import type { A } from '../contract/views'; export type B = A", 'domain may not import'],
    ['src/domain/pg-rules/a.ts', "export { x } from '../../main/core/port'; x()", 'domain may not import'],
    ['src/domain/a.ts', "import react from 'react'; react()", 'domain may not import react'],
    ['src/contract/a.ts', "import { x } from '../main/core/port'; x()", 'contract may not import'],
    ['src/contract/a.ts', "import { app } from 'electron'; app.quit()", 'contract may not import electron'],
    ['src/preload/index.ts', "import { channels } from '../contract/channels'; channels()", 'preload may not import'],
    ['src/preload/index.ts', "import { won } from '../domain/money'; won(1)", 'preload may not import'],
    ['src/preload/index.ts', "import * as v from 'valibot'; v.parse()", 'preload may not import valibot'],
    ['src/renderer/app/a.tsx', "import { x } from '../../main/core/port'; x()", 'renderer may not import'],
    ['src/renderer/app/a.tsx', "import { shell } from 'electron'; shell.beep()", 'renderer may not import electron'],
    ['src/renderer/app/a.tsx', "const fs = await import('node:fs'); fs.x()", 'renderer may not import node:fs'],
    [
      'src/renderer/features/import/a.tsx',
      "import { x } from '../batch/b'; x()",
      'feature import imports feature batch',
    ],
    ['src/renderer/features/import/a.tsx', 'window.refundDesk.call()', 'refundDesk has one home'],
    ['src/main/core/a.ts', "import { app } from 'electron'; app.quit()", 'main/core may not import electron'],
    ['src/main/core/a.ts', "const e = require('electron'); e.app.quit()", 'main/core may not import electron'],
    ['src/main/core/a.ts', 'const name = pick(); await import(name)', 'may not import (made at run time)'],
    ['src/main/core/a.ts', "import { x } from '../shell/vault'; x()", 'main/core may not import'],
    ['src/main/core/a.ts', "import { x } from 'left-pad'; x()", 'main/core may not import left-pad'],
    ['src/main/core/a.ts', "import { x } from 'fs'; x()", 'main/core may not import fs'],
    ['src/main/shell/a.ts', "import { x } from '../core/ledger/open-ledger'; x()", 'main/shell may not import'],
    ['src/main/shell/a.ts', "import { x } from '../core/usecases/run-batch'; x()", 'main/shell may not import'],
    ['src/main/shell/a.ts', "new URL('../core/runner/runner.ts', import.meta.url)", 'main/shell may not import'],
    ['src/main/shell/a.ts', "import * as electron from 'electron'; electron.app.quit()", 'takes the whole of electron'],
    ['src/practice/a.ts', "import { won } from '../domain/money'; won(1)", 'practice may not import'],
    ['src/practice/a.ts', "import { fetch } from 'undici'; fetch('x')", 'practice may not import undici'],
    ['src/practice/a.ts', "import { x } from '../main/core/pg/portone-v1/client'; x()", 'practice may not import'],
    ['src/billing/a.ts', 'export const x = 1', 'is in no room'],
    ['src/main/shell/dialogs.ts', "import { ipcMain } from 'electron'; ipcMain.on()", 'ipcMain has one home'],
    ['src/main/shell/ipc/other.ts', "import { ipcMain as i } from 'electron'; i.on()", 'ipcMain has one home'],
    ['src/main/shell/dialogs.ts', "e['safeStorage'].x()", 'safeStorage has one home'],
    [
      'src/main/index.ts',
      "import { BrowserWindow } from 'electron'; new BrowserWindow()",
      'BrowserWindow has one home',
    ],
    [
      'src/main/core/pg/a.ts',
      "import Database from 'better-sqlite3'; Database()",
      'better-sqlite3 belongs in core/ledger',
    ],
    ['src/main/core/usecases/a.ts', "db.prepare('x')", '.prepare() belongs in core/ledger'],
    ['src/main/core/usecases/a.ts', 'run(`SELECT id FROM batch`)', 'SQL belongs in core/ledger'],
    ['src/domain/payment.ts', 'export type P = { imp_uid: string }', "imp_uid is a PG's own word"],
    ['src/main/core/usecases/a.ts', "read(row, 'cancel_history')", "cancel_history is a PG's own word"],
    ['src/renderer/i18n/ko.ts', "export const ko = { key: 'merchant_uid 확인' }", "merchant_uid is a PG's own word"],
    ['src/main/core/pg/portone-v1/a.ts', 'send({ pgCno: 1 })', "pgCno is a PG's own word"],
    ['src/domain/utils/a.ts', 'export const x = 1', 'no folder is called utils'],
    ['src/renderer/shared/a.tsx', 'export const x = 1', 'no folder is called shared'],
    ['src/domain/index.ts', "export * from './money'; export { ok } from './result'", 'is a barrel file'],
  ]

  test.each(planted)('in %s: %s', (file, text, sentence) => {
    expect(violationsOf(readSource({ path: file, text })).join('\n')).toContain(sentence)
  })

  test('in the length of a file, on either side of the limit', () => {
    expect(lengthViolations([{ path: 'src/a.ts', lines: 400 }], {})).toEqual([])
    expect(lengthViolations([{ path: 'src/a.ts', lines: 401 }], {})).toHaveLength(1)
    expect(lengthViolations([{ path: 'src/a.ts', lines: 401 }], { 'src/a.ts': 'a table' })).toEqual([])
    expect(lengthViolations([{ path: 'src/a.ts', lines: 10 }], { 'src/a.ts': 'a table' })).toHaveLength(1)
  })
})

describe('what is allowed passes', () => {
  const allowed: readonly (readonly [string, string])[] = [
    ['src/domain/pg-rules/a.ts', "import * as v from 'valibot'; import { won } from '../money'; v.x(won)"],
    [
      'src/preload/index.ts',
      "import { ipcRenderer } from 'electron'; import { names } from '../contract/names'; ipcRenderer.x(names)",
    ],
    ['src/preload/index.ts', "import type { Bridge } from '../contract/bridge'; export type B = Bridge"],
    [
      'src/renderer/features/import/a.tsx',
      "import { x } from './b'; import { Button } from '@mantine/core'; x(Button)",
    ],
    ['src/renderer/bridge/a.ts', 'export const call = window.refundDesk.call'],
    ['src/main/core/ledger/a.ts', "import Database from 'better-sqlite3'; new Database('x').prepare('SELECT 1')"],
    ['src/main/core/pg/portone-v1/a.ts', "import { request } from 'undici'; request({ imp_uid: 1 })"],
    [
      'src/main/shell/a.ts',
      "import { app } from 'electron'; import type { CorePort } from '../core/port'; export const x: CorePort = app",
    ],
    ['src/practice/a.ts', "import { createServer } from 'node:http'; createServer({ imp_uid: 1 })"],
    ['src/domain/a.ts', '// imp_uid and ipcMain are only spoken of here\nexport const x = 1'],
  ]

  test.each(allowed)('in %s: %s', (file, text) => {
    expect(violationsOf(readSource({ path: file, text }))).toEqual([])
  })
})

describe('the settings of a window', () => {
  const judge = (text: string) => settingViolations(readSource({ path: 'src/main/shell/windows.ts', text })).join('\n')
  const cage = 'sandbox: true, contextIsolation: true, nodeIntegration: false'

  test.each([
    `new BrowserWindow({ webPreferences: { ${cage}, preload: file } })`,
    `new BrowserWindow({ ...place(), webPreferences: { ${cage} } })`,
    `const cage = { ${cage} } as const; new BrowserWindow({ width: 1, webPreferences: { ...cage, preload: file } })`,
    "if (!app.commandLine.hasSwitch('no-sandbox')) { app.enableSandbox() }",
  ])('pass when the cage is closed: %s', (text) => {
    expect(judge(text)).toBe('')
  })

  test.each([
    ['new BrowserWindow()', 'must be written out'],
    ['new BrowserWindow({ width: 1 })', 'must be written out'],
    ['new BrowserWindow(optionsFor(page))', 'must be written out'],
    ['new BrowserWindow({ webPreferences: { ...elsewhere() } })', 'must be written out'],
    [`new BrowserWindow({ webPreferences: { ${cage} }, ...elsewhere() })`, 'must be written out'],
    [
      'new BrowserWindow({ webPreferences: { contextIsolation: true, nodeIntegration: false } })',
      'sandbox must be true',
    ],
    [`new BrowserWindow({ webPreferences: { ${cage}, nodeIntegration: true } })`, 'nodeIntegration must be false'],
    [`new BrowserWindow({ webPreferences: { ${cage}, contextIsolation: isolated } })`, 'contextIsolation must be true'],
    [
      `const cage = { ${cage} }; new BrowserWindow({ webPreferences: { ...cage, sandbox: false } })`,
      'sandbox must be true',
    ],
    [`new WebContentsView({ webPreferences: { nodeIntegration: true } })`, 'nodeIntegration must be false'],
    [`new BrowserWindow({ webPreferences: { ${cage}, webSecurity: false } })`, 'webSecurity must not be set'],
    [`new BrowserWindow({ webPreferences: { ${cage}, webviewTag: true } })`, 'webviewTag must not be set'],
    ['const late = { allowRunningInsecureContent: true }', 'allowRunningInsecureContent must not be set'],
    ["open({ 'experimentalFeatures': true })", 'experimentalFeatures must not be set'],
    ["open({ enableBlinkFeatures: 'X' })", 'enableBlinkFeatures must not be set'],
    ["app.commandLine.appendSwitch('no-sandbox')", 'the switch no-sandbox'],
    ["app.commandLine.appendSwitch('disable-web-security')", 'the switch disable-web-security'],
    ["fork(file, ['--no-sandbox'])", 'the argument --no-sandbox'],
    ['new Agent({ connect: { rejectUnauthorized: false } })', 'rejectUnauthorized must not be set'],
  ])('are refused: %s', (text, sentence) => {
    expect(judge(text)).toContain(sentence)
  })
})
