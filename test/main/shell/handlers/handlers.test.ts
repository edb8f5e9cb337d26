import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CHANNELS, type ChannelInput } from '../../../../src/contract/channels'
import { CHANNEL_NAMES } from '../../../../src/contract/names'
import { RecoveryViewSchema } from '../../../../src/contract/recovery'
import { SecretPromptSchema, type SecretPrompt, type SecretSubmit } from '../../../../src/contract/secret'
import { AppStateSchema, PersonViewSchema } from '../../../../src/contract/views'
import { BatchIdSchema, ChannelIdSchema, PersonIdSchema, SessionIdSchema } from '../../../../src/domain/ids'
import { SHELL_CHANNELS } from '../../../../src/main/core/port'
import { fail, ok, type Answer } from '../../../../src/main/shell/answer'
import { allHandlers } from '../../../../src/main/shell/handlers/all'
import type { Desk } from '../../../../src/main/shell/handlers/desk'
import type { Handlers } from '../../../../src/main/shell/ipc/gate'
import { createPageSession } from '../../../../src/main/shell/page-session'
import { openPreferences } from '../../../../src/main/shell/preferences'
import { SAMPLE_INPUTS } from '../ipc/sample-inputs'

const maker = v.parse(PersonViewSchema, { personId: 'p1', name: '김담당', roles: ['maker', 'admin'] })
const checker = v.parse(PersonViewSchema, { personId: 'p2', name: '이승인', roles: ['checker'] })
const session = v.parse(SessionIdSchema, 'session-1')
const batchId = v.parse(BatchIdSchema, 'batch-1')
const channelId = v.parse(ChannelIdSchema, 'main')

let folder = ''
/** What the core was asked, in order, and what it answers by command. */
let asked: [string, unknown][] = []
let answers: Record<string, Answer<unknown>> = {}
/** What the secret window showed, and what the person enters. */
let shown: SecretPrompt[] = []
let entry: unknown = null
let chosen: string | null = null
let target: string | null = null
let changed: string[][] = []
let mayQuit = true
const restart = vi.fn()
const applyPreferences = vi.fn()
const saveKeys = vi.fn((): Answer<null> => ok(null))

function desk(part: Partial<Desk> = {}): Desk {
  return {
    core: {
      command: (async (command: string, input: unknown) => {
        asked.push([command, input])
        return answers[command] ?? ok(null)
      }) as Desk['core']['command'],
    },
    session: createPageSession(),
    prompts: {
      ask: (async (prompt: SecretPrompt, act: (given: SecretSubmit) => Promise<Answer<unknown>>) => {
        shown.push(v.parse(SecretPromptSchema, prompt))
        return entry === null ? fail('cancelled') : act(entry as SecretSubmit)
      }) as Desk['prompts']['ask'],
      describe: () => null,
      submit: async () => ok(null),
      cancel: () => undefined,
    },
    dialogs: { chooseFile: async () => chosen, chooseTarget: async () => target },
    preferences: openPreferences(join(folder, 'preferences.json')),
    vault: { saveChannelSecrets: saveKeys },
    practicePg: {
      sampleFile: async (which) => ok(join(folder, which)),
      noticesFile: async () => ok(join(folder, 'notices')),
    },
    recovery: { state: () => null, restore: async () => ok(null), quit: () => undefined },
    mode: 'practice',
    facts: {
      version: '0.1.0',
      dataFolder: folder,
      keyStore: 'key-file',
      unofficialRuntime: true,
      sandboxOff: false,
      liveAvailable: false,
      liveProblem: { code: 'live-refused-runtime' },
    },
    modeProblem: (mode) => (mode === 'live' ? { code: 'live-refused-runtime' } : null),
    changed: (topics) => changed.push([...topics]),
    applyPreferences,
    mayQuit: async () => mayQuit,
    restart,
    ...part,
  }
}

function open(part: Partial<Desk> = {}): { handlers: Handlers; desk: Desk } {
  const at = desk(part)
  return { handlers: allHandlers(at), desk: at }
}

function signedIn(person = maker, part: Partial<Desk> = {}): { handlers: Handlers; desk: Desk } {
  const opened = open(part)
  opened.desk.session.open({ session, person })
  return opened
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'))
  asked = []
  answers = { 'shell.people': ok([maker, checker]), 'shell.sessionPerson': ok(maker) }
  shown = []
  entry = null
  chosen = null
  target = null
  changed = []
  mayQuit = true
  vi.clearAllMocks()
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the handlers', () => {
  test('are there for every channel of the contract', () => {
    expect(Object.keys(open().handlers).toSorted()).toEqual([...CHANNEL_NAMES].toSorted())
  })

  test('ask the core, as the page’s session, whatever is not the shell’s own', async () => {
    const { handlers } = signedIn()
    for (const channel of CHANNEL_NAMES) {
      if ((SHELL_CHANNELS as readonly string[]).includes(channel)) continue
      asked = []
      const input = SAMPLE_INPUTS[channel]
      await (handlers[channel] as (given: unknown) => Promise<unknown>)(input)
      expect(asked).toEqual([[channel, { session, input }]])
    }
  })

  test('sign the page out when the core no longer knows its session', async () => {
    const { handlers, desk: at } = signedIn()
    answers['home.today'] = fail('sign-in-required')
    expect(await handlers['home.today']({})).toEqual(fail('sign-in-required'))
    expect(at.session.current()).toBeNull()
    expect(changed).toEqual([['app']])
  })

  test('do not sign out a page whose role is missing', async () => {
    const { handlers, desk: at } = signedIn()
    answers['home.today'] = fail('role-missing')
    await handlers['home.today']({})
    expect(at.session.current()?.person).toEqual(maker)
  })
})

describe('the state of the program', () => {
  test('has the shape of the contract and tells the person of the session as the core knows it now', async () => {
    const { handlers } = signedIn(checker)
    const state = await handlers['app.state']({})
    expect(state.ok && v.parse(AppStateSchema, state.value)).toMatchObject({
      mode: 'practice',
      preferences: { language: 'ko', theme: 'system' },
      people: [maker, checker],
      session: maker,
      liveProblem: { code: 'live-refused-runtime' },
    })
  })

  test('has nobody at the page when the core ended the session', async () => {
    const { handlers, desk: at } = signedIn()
    answers['shell.sessionPerson'] = ok(null)
    expect(await handlers['app.state']({})).toMatchObject({ ok: true, value: { session: null } })
    expect(at.session.id()).toBeNull()
  })

  test('keeps preferences and applies them', async () => {
    const { handlers, desk: at } = open()
    expect(await handlers['app.setPreferences']({ language: 'en', theme: 'dark' })).toEqual(
      ok({ language: 'en', theme: 'dark' }),
    )
    expect(at.preferences.current()).toMatchObject({ language: 'en', theme: 'dark' })
    expect(applyPreferences).toHaveBeenCalledOnce()
    expect(changed).toEqual([['app']])
  })

  test('tells when preferences cannot be saved', async () => {
    const { handlers } = open()
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'not a folder')
    expect(await handlers['app.setPreferences']({ language: 'en', theme: 'dark' })).toEqual(fail('file-not-saved'))
    expect(applyPreferences).toHaveBeenCalledOnce()
  })
})

describe('switching the mode', () => {
  test('is refused with the reason where the mode is not to be had', async () => {
    const { handlers, desk: at } = open()
    expect(await handlers['settings.switchMode']({ mode: 'live' })).toEqual(fail('live-refused-runtime'))
    expect(at.preferences.current().mode).toBe('practice')
    expect(restart).not.toHaveBeenCalled()
  })

  test('is kept and starts the program anew', async () => {
    const { handlers, desk: at } = open({ modeProblem: () => null })
    expect(await handlers['settings.switchMode']({ mode: 'live' })).toEqual(ok({}))
    expect(at.preferences.current().mode).toBe('live')
    expect(restart).toHaveBeenCalledOnce()
  })

  test('changes nothing when the person keeps the run going, or is there already', async () => {
    mayQuit = false
    const { handlers, desk: at } = open({ modeProblem: () => null })
    expect(await handlers['settings.switchMode']({ mode: 'live' })).toEqual(fail('cancelled'))
    expect(await handlers['settings.switchMode']({ mode: 'practice' })).toEqual(ok({}))
    expect(at.preferences.current().mode).toBe('practice')
    expect(restart).not.toHaveBeenCalled()
  })
})

describe('the way back', () => {
  const refused: Desk['recovery'] = {
    state: () => ({
      problem: { code: 'ledger-damaged' },
      ledgerFile: '/data/ledger.db',
      backup: { name: 'ledger-2026-11-21.db', sizeBytes: 5, atMs: 7 },
    }),
    restore: async () => ok(null),
    quit: vi.fn(),
  }

  test('is told to the page of a program without a ledger, in the person’s language, and only to that', async () => {
    const handlers = allHandlers(desk({ recovery: refused }))
    const state = await handlers['recovery.state']({})
    expect(v.parse(RecoveryViewSchema, state.ok ? state.value : null)).toMatchObject({
      problem: { code: 'ledger-damaged' },
      preferences: { language: 'ko' },
    })
    const opened = allHandlers(desk())
    for (const channel of ['recovery.state', 'recovery.restore', 'recovery.quit'] as const) {
      expect(await opened[channel]({})).toEqual(fail('not-found'))
    }
  })

  test('restores and starts the program anew; a failure leaves the window as it is', async () => {
    const handlers = allHandlers(desk({ recovery: refused }))
    expect(await handlers['recovery.restore']({})).toEqual(ok({}))
    expect(restart).toHaveBeenCalledTimes(1)
    const failing = allHandlers(desk({ recovery: { ...refused, restore: async () => fail('disk-full') } }))
    expect(await failing['recovery.restore']({})).toEqual(fail('disk-full'))
    expect(restart).toHaveBeenCalledTimes(1)
    await handlers['recovery.quit']({})
    expect(refused.quit).toHaveBeenCalledTimes(1)
  })

  test('to a chosen backup ends the program only once the core has ended the ledger', async () => {
    const handlers = allHandlers(desk())
    const input = { name: 'ledger-2026-11-21.db', reason: '이유' }
    for (const code of ['role-missing', 'backup-unsound', 'not-found'] as const) {
      answers = { 'shell.restore': fail(code) }
      expect(await handlers['backup.restore'](input)).toEqual(fail(code))
      expect(restart).not.toHaveBeenCalled()
    }
    answers = { 'shell.restore': ok(null) }
    expect(await handlers['backup.restore'](input)).toEqual(ok({}))
    expect(asked.at(-1)).toEqual(['shell.restore', { session: null, ...input }])
    expect(restart).toHaveBeenCalledTimes(1)
    // Ended, and then not restored: the old ledger is opened again.
    answers = { 'shell.restore': fail('disk-full') }
    expect(await handlers['backup.restore'](input)).toEqual(fail('disk-full'))
    expect(restart).toHaveBeenCalledTimes(2)
    mayQuit = false
    expect(await handlers['backup.restore'](input)).toEqual(fail('cancelled'))
  })
})

describe('signing in', () => {
  const signIn: SecretSubmit = { purpose: 'sign-in', personId: v.parse(PersonIdSchema, 'p1'), pin: '1111' }

  test('goes through the secret window; the page hears the person and never the session', async () => {
    entry = signIn
    answers['shell.openSession'] = ok({ session, person: maker })
    const { handlers, desk: at } = open()
    expect(await handlers['session.signIn']({})).toEqual(ok(maker))
    expect(asked).toContainEqual(['shell.openSession', { personId: 'p1', pin: '1111' }])
    expect(at.session.id()).toBe(session)
    expect(changed).toEqual([['app']])
  })

  test('shows the practice PINs of the sample people in practice mode only', async () => {
    await open().handlers['session.signIn']({})
    await open({ mode: 'live' }).handlers['session.signIn']({})
    expect(shown.map((prompt) => 'practicePins' in prompt && prompt.practicePins)).toEqual([
      [
        { name: '김담당', pin: '1111' },
        { name: '이승인', pin: '2222' },
      ],
      [],
    ])
  })

  test('leaves everything as it was when it fails or is cancelled', async () => {
    const { handlers, desk: at } = open()
    expect(await handlers['session.signIn']({})).toEqual(fail('cancelled'))
    entry = signIn
    answers['shell.openSession'] = fail('pin-wrong')
    expect(await handlers['session.signIn']({})).toEqual(fail('pin-wrong'))
    expect(at.session.current()).toBeNull()
    expect(changed).toEqual([])
  })

  test('as somebody else ends the session before', async () => {
    entry = signIn
    answers['shell.openSession'] = ok({ session: v.parse(SessionIdSchema, 'session-2'), person: checker })
    const { handlers, desk: at } = signedIn()
    await handlers['session.signIn']({})
    expect(asked).toContainEqual(['shell.closeSession', { session }])
    expect(at.session.id()).toBe('session-2')
  })

  test('opens no window when there is nobody to choose', async () => {
    answers['shell.people'] = ok([])
    expect(await open().handlers['session.signIn']({})).toEqual(fail('not-found'))
    expect(shown).toEqual([])
  })

  test('ends with signing out, at the page and in the core', async () => {
    const { handlers, desk: at } = signedIn()
    expect(await handlers['session.signOut']({})).toEqual(ok({}))
    expect(at.session.current()).toBeNull()
    expect(asked).toEqual([['shell.closeSession', { session }]])
  })
})

describe('an approval', () => {
  const digest = {
    batchName: '11월',
    makerName: '김담당',
    rows: 1,
    amount: 1000,
    amountInWords: '일천 원',
    contentHash: 'hash-1',
    submittedAtMs: 1,
    check: null,
    byChannel: [],
    byMethod: [],
    largest: [],
    fullRefunds: 1,
    partialRefunds: 0,
    warnings: [],
    expiresAtMs: 2,
    holdMinutes: 10,
  }
  const entryWith = (contentHash: string): SecretSubmit => ({
    purpose: 'approve',
    personId: v.parse(PersonIdSchema, 'p2'),
    pin: '2222',
    contentHash,
  })

  test('shows the core’s digest, and signs what was shown', async () => {
    answers['shell.approvalDigest'] = ok({ digest, checkers: [checker] })
    answers['shell.approve'] = ok({ batchId })
    entry = entryWith('hash-1')
    expect(await signedIn().handlers['batch.approve']({ batchId })).toEqual(ok({ batchId }))
    expect(shown[0]).toMatchObject({
      purpose: 'approve',
      digest,
      checkers: [checker],
      practicePins: [{ name: '이승인', pin: '2222' }],
    })
    expect(asked).toEqual([
      ['shell.approvalDigest', { session, batchId }],
      ['shell.approve', { batchId, personId: 'p2', pin: '2222', contentHash: 'hash-1' }],
    ])
  })

  test('of other content than the window showed never reaches the core', async () => {
    answers['shell.approvalDigest'] = ok({ digest, checkers: [checker] })
    entry = entryWith('hash-2')
    expect(await signedIn().handlers['batch.approve']({ batchId })).toEqual(fail('content-changed'))
    expect(asked.map(([command]) => command)).toEqual(['shell.approvalDigest'])
  })

  test('opens no window where nobody could approve', async () => {
    answers['shell.approvalDigest'] = fail('approver-is-maker')
    expect(await signedIn().handlers['batch.approve']({ batchId })).toEqual(fail('approver-is-maker'))
    expect(shown).toEqual([])
  })
})

describe('a new person', () => {
  const added: SecretSubmit = { purpose: 'add-person', name: '박신입', pin: '8642' }

  test('who is the first needs nobody signed in', async () => {
    answers['shell.people'] = ok([])
    answers['shell.addPerson'] = ok(maker)
    entry = added
    expect(await open().handlers['settings.addPerson']({ roles: ['admin'] })).toEqual(ok(maker))
    expect(shown[0]).toMatchObject({ purpose: 'add-person', first: true, roles: ['admin'] })
    expect(asked).toContainEqual(['shell.addPerson', { session: null, name: '박신입', pin: '8642', roles: ['admin'] }])
  })

  test('who is not the first needs an admin', async () => {
    entry = added
    expect(await open().handlers['settings.addPerson']({ roles: ['maker'] })).toEqual(fail('sign-in-required'))
    expect(await signedIn(checker).handlers['settings.addPerson']({ roles: ['maker'] })).toEqual(
      fail('role-missing', { role: 'admin' }),
    )
    expect(shown).toEqual([])
    answers['shell.addPerson'] = ok(checker)
    expect(await signedIn(maker).handlers['settings.addPerson']({ roles: ['maker'] })).toEqual(ok(checker))
  })
})

describe('the keys of a PG', () => {
  const keys = { apiKey: 'k', apiSecret: 's' }
  const view = {
    channelId,
    name: '기본',
    pg: 'portone-v1',
    host: 'h',
    options: { pg: 'portone-v1', includeSandbox: false },
    keys: [],
  }

  beforeEach(() => {
    answers['shell.channelKeys'] = ok({ name: '기본', keyNames: ['apiKey', 'apiSecret'] })
    answers['settings.channels'] = ok([view])
    entry = { purpose: 'enter-keys', keys }
  })

  test('go from the secret window into the vault; core and page only hear that they changed', async () => {
    const answer = await signedIn(maker, { mode: 'live' }).handlers['settings.enterKeys']({ channelId })
    expect(answer).toEqual(ok(view))
    expect(saveKeys).toHaveBeenCalledExactlyOnceWith('main', keys)
    expect(asked.map(([command]) => command)).toEqual(['shell.channelKeys', 'shell.keysChanged', 'settings.channels'])
    expect(JSON.stringify(asked)).not.toContain('"s"')
  })

  test.each([{ apiKey: 'k' }, { apiKey: 'k', apiSecret: 's', more: 'm' }, { apiKey: 'k', other: 's' }])(
    'are refused when they are not the ones asked for: %j',
    async (given) => {
      entry = { purpose: 'enter-keys', keys: given }
      const { handlers } = signedIn(maker, { mode: 'live' })
      expect(await handlers['settings.enterKeys']({ channelId })).toEqual(fail('ipc-refused-input'))
      expect(saveKeys).not.toHaveBeenCalled()
    },
  )

  test('that cannot be saved change nothing in the core', async () => {
    saveKeys.mockReturnValueOnce(fail('disk-full'))
    const { handlers } = signedIn(maker, { mode: 'live' })
    expect(await handlers['settings.enterKeys']({ channelId })).toEqual(fail('disk-full'))
    expect(asked.map(([command]) => command)).toEqual(['shell.channelKeys'])
  })

  test('do not exist in practice mode', async () => {
    expect(await signedIn().handlers['settings.enterKeys']({ channelId })).toEqual(fail('not-in-this-mode'))
    expect(asked).toEqual([])
  })
})

describe('files', () => {
  const imports = [
    ['import.chooseFile', 'shell.importFile'],
    ['books.chooseFile', 'shell.importBooks'],
  ] as const

  test.each(imports)('%s reads what the person chose', async (channel, command) => {
    chosen = join(folder, '환불.csv')
    writeFileSync(chosen, 'a')
    await signedIn().handlers[channel]({})
    expect(asked).toEqual([[command, { session, file: { name: '환불.csv', bytes: new Uint8Array([97]) } }]])
  })

  test.each(imports)('%s is cancelled with its dialog', async (channel) => {
    expect(await signedIn().handlers[channel]({})).toEqual(fail('cancelled'))
    expect(asked).toEqual([])
  })

  test('dropped ones go to the core as they are', async () => {
    const file = v.parse(CHANNELS['import.dropFile'].input, SAMPLE_INPUTS['import.dropFile'])
    await signedIn().handlers['import.dropFile'](file)
    await signedIn().handlers['books.dropFile'](file)
    expect(asked).toEqual([
      ['shell.importFile', { session, file }],
      ['shell.importBooks', { session, file }],
    ])
  })

  test('of the practice shop are read in practice mode, and refused in any other', async () => {
    writeFileSync(join(folder, 'with-errors'), 'a')
    writeFileSync(join(folder, 'books'), 'b')
    const input: ChannelInput<'import.sampleFile'> = { which: 'with-errors' }
    await signedIn().handlers['import.sampleFile'](input)
    await signedIn().handlers['books.sampleFile']({})
    expect(asked.map(([command]) => command)).toEqual(['shell.importFile', 'shell.importBooks'])
    asked = []
    const live = signedIn(maker, { mode: 'live', practicePg: null })
    expect(await live.handlers['import.sampleFile'](input)).toEqual(fail('not-in-this-mode'))
    expect(await live.handlers['books.sampleFile']({})).toEqual(fail('not-in-this-mode'))
    expect(asked).toEqual([])
  })

  test.each([
    ['export.result', 'shell.resultFile', { batchId }],
    ['export.failedRows', 'shell.failedRowsFile', { batchId, reason: '재요청' }],
  ] as const)('%s stands where the person said', async (channel, command, input) => {
    answers[command] = ok({ name: '결과.csv', bytes: new Uint8Array([120]), rows: 3 })
    target = join(folder, 'mine.csv')
    const { handlers } = signedIn()
    const save = handlers[channel] as (given: unknown) => Promise<unknown>
    expect(await save(input)).toEqual(ok({ fileName: 'mine.csv', rows: 3 }))
    expect(readFileSync(target, 'utf8')).toBe('x')
    expect(asked).toEqual([[command, { session, ...input }]])
    target = null
    expect(await save(input)).toEqual(fail('cancelled'))
    target = join(folder, 'missing/mine.csv')
    expect(await save(input)).toEqual(fail('file-not-saved'))
  })

  test('that the core does not give open no dialog', async () => {
    answers['shell.resultFile'] = fail('batch-wrong-state')
    target = join(folder, 'mine.csv')
    expect(await signedIn().handlers['export.result']({ batchId })).toEqual(fail('batch-wrong-state'))
  })
})
