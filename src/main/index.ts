import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, nativeTheme, session } from 'electron'
import type { Topic } from '../contract/events'
import type { Mode, RunState } from '../contract/views'
import { PG_KINDS, type PgKind } from '../contract/pg'
import { ok, type Problem } from './shell/answer'
import { createCoreThread } from './shell/core-thread'
import { createDialogs, stateFatal } from './shell/dialogs'
import { forkOf } from './shell/electron-fork'
import { allHandlers } from './shell/handlers/all'
import { createGate } from './shell/ipc/gate'
import { registerIpc } from './shell/ipc/register'
import { openLog } from './shell/log'
import { setMenu } from './shell/menu'
import { createPageSession } from './shell/page-session'
import { lockDown } from './shell/permissions'
import { createPracticePg } from './shell/practice-pg'
import { PRACTICE_CHANNELS, PRACTICE_PEOPLE, practiceKeys } from './shell/practice-shop'
import { openPreferences } from './shell/preferences'
import { registerPageScheme, servePages } from './shell/protocol'
import { createQuit } from './shell/quit'
import { createSecretPrompts } from './shell/secret-prompt'
import {
  hasPgOrigin,
  isModeOffered,
  isSandboxOff,
  isUnofficialRuntime,
  liveProblemOf,
  ofEachPg,
  readOverrides,
} from './shell/surroundings'
import { keyFileKeeper } from './shell/vault/key-file'
import { systemKeyring } from './shell/vault/keyring'
import { openVault } from './shell/vault/vault'
import { createWindows } from './shell/windows'
import { titleOf, wordsOf } from './shell/words'

/** The host that refunds go to in live mode: only for asking the system which proxy leads there. */
const PG_ADDRESSES = {
  'portone-v1': 'https://api.iamport.kr/',
  kicc: 'https://pgapi.easypay.co.kr/',
  'portone-v2': 'https://api.portone.io/',
} as const satisfies Record<PgKind, string>

async function resolveProxies(): Promise<Record<PgKind, string>> {
  const found = await Promise.all(PG_KINDS.map((pg) => session.defaultSession.resolveProxy(PG_ADDRESSES[pg])))
  return ofEachPg((pg) => found[PG_KINDS.indexOf(pg)] ?? 'DIRECT')
}

const surroundings = { isPackaged: app.isPackaged, env: process.env, argv: process.argv, execPath: process.execPath }
const sandboxOff = isSandboxOff(surroundings)

// Before the app is ready: a sandbox around every page, and an origin of our own for them. Where the command line says
// that there is no sandbox (root has none), asking for one would keep every child process from starting.
if (!sandboxOff) app.enableSandbox()
registerPageScheme()

const overrides = readOverrides(surroundings)
const outFolder = join(import.meta.dirname, '..')

const dataFolder = overrides.dataFolder ?? app.getPath('userData')
mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
app.setPath('userData', dataFolder)
app.setPath('sessionData', join(dataFolder, 'browser'))

const log = openLog(join(dataFolder, 'log'), Date.now)
process.on('uncaughtException', (error) => log.report('uncaught', error))
process.on('unhandledRejection', (error) => log.report('unhandled', error))

// A second start only brings the first to the front; two programs on one ledger must never be.
if (app.requestSingleInstanceLock()) void app.whenReady().then(open).catch(giveUp)
else app.exit(0)

function giveUp(error: unknown): void {
  log.report('start', error)
  stateFatal(wordsOf('ko'))
  app.exit(1)
}

async function open(): Promise<void> {
  // What this computer and this start allow.
  const preferences = openPreferences(join(dataFolder, 'preferences.json'))
  const words = () => wordsOf(preferences.current().language)
  const keyring = systemKeyring()
  const unofficialRuntime = isUnofficialRuntime(surroundings)
  const liveProblem = liveProblemOf({ unofficialRuntime, sandboxOff, keyring: keyring !== null })
  const modeProblem = (wanted: Mode): Problem | null => {
    if (wanted === 'live') return liveProblem
    return isModeOffered(wanted, overrides) ? null : { code: 'not-in-this-mode' }
  }

  // The way out, open from the first moment: what was started later is stopped first.
  let run: RunState | null = null
  const stops: ((boundMs: number) => Promise<void> | void)[] = []
  const quit = createQuit({
    run: () => run,
    asks: () => dialogs.asks((said) => said.closing),
    stop: async (boundMs) => {
      for (const stop of stops.toReversed()) await stop(boundMs)
    },
    exit: (restart) => {
      if (restart) app.relaunch()
      app.exit(0)
    },
  })
  const leave = async (): Promise<void> => {
    if (await quit.mayQuit()) quit.end()
  }
  app.on('before-quit', (event) => {
    event.preventDefault()
    quit.end()
  })
  app.on('window-all-closed', () => quit.end())

  // Looks, and walls around the pages.
  const withDevTools = !app.isPackaged
  const applyLooks = (): void => {
    nativeTheme.themeSource = preferences.current().theme
    setMenu({ words: words(), withDevTools, quit: () => void leave() })
  }
  applyLooks()
  lockDown({ withDevTools })
  servePages(join(outFolder, 'renderer'))

  const windows = createWindows({
    preloadFolder: join(outFolder, 'preload'),
    icon: join(app.getAppPath(), 'build/icon.png'),
    title: (asked) => titleOf(words(), mode, asked),
    preferences,
    devTools: withDevTools,
    hideSecretsFromCapture: preferences.current().mode === 'live',
    mayClose: () => {
      if (!quit.isEnding()) void leave()
      return quit.isEnding()
    },
    onTrouble: log.report,
  })
  const dialogs = createDialogs(windows, words)
  app.on('second-instance', windows.focus)

  // The mode of this run: never live where it is refused, and never another one unsaid.
  const wanted = preferences.current().mode
  const refused = modeProblem(wanted)
  if (wanted === 'live' && refused !== null && !(await dialogs.asks((said) => said.liveRefused))) return quit.end()
  const mode: Mode = refused === null ? wanted : 'practice'

  // The vault and the ledger of this mode.
  const modeFolder = join(dataFolder, mode)
  const ledgerFile = join(modeFolder, 'ledger.db')
  mkdirSync(modeFolder, { recursive: true, mode: 0o700 })
  const opened = openVault({
    folder: modeFolder,
    ledgerFile,
    keyring,
    keyFile: mode === 'live' ? null : (make) => keyFileKeeper(join(modeFolder, 'vault.key'), make),
  })
  if (!opened.ok) return stopFor('the vault', opened.problem)
  const vault = opened.value

  // The PG of practice mode, and the core in its thread.
  const practicePg = createPracticePg({
    fork: forkOf(join(outFolder, 'main/practice.js'), 'Practice PG'),
    folder: modeFolder,
    onGone: () => void dialogs.states((said) => said.practicePgGone),
  })
  let practicePgUp = Promise.resolve(true)
  stops.push(practicePg.stop)
  const core = createCoreThread({
    file: join(outFolder, 'main/core-worker.js'),
    answers: {
      masterKey: () => ok(vault.masterKey()),
      channelSecrets: async ({ channelId }) => {
        if (mode !== 'practice') return vault.channelSecrets(channelId)
        // Nothing is asked of the practice PG before it listens.
        await practicePgUp
        return ok(practiceKeys(channelId))
      },
    },
    onTrouble: (text) => log.report('core', text),
    onDeath: async (error) => {
      log.report('core', error)
      quit.end(await dialogs.asks((said) => said.coreDied))
    },
  })
  stops.push(core.stop, windows.hide)
  core.onEvent((name, payload) => {
    if (name === 'run') run = payload as RunState
    windows.push(name, payload)
  })

  let refusal: Problem | null = null

  // The page: who it may be, what it may ask, and who answers.
  const pageSession = createPageSession()
  const prompts = createSecretPrompts({ openWindow: windows.openSecret, nowMs: Date.now })
  const changed = (topics: readonly Topic[]): void => windows.push('changed', { topics: [...topics] })
  const gate = createGate({
    handlers: allHandlers({
      core,
      session: pageSession,
      prompts,
      dialogs,
      preferences,
      vault,
      practicePg: mode === 'practice' ? practicePg : null,
      mode,
      facts: {
        version: app.getVersion(),
        dataFolder: modeFolder,
        keyStore: vault.keyStore,
        unofficialRuntime,
        sandboxOff,
        liveAvailable: liveProblem === null,
        liveProblem,
      },
      modeProblem,
      changed,
      applyPreferences: () => {
        applyLooks()
        windows.retitle()
      },
      recovery: {
        state: () => {
          const backup = core.offer()
          return refusal === null || backup === null ? null : { problem: refusal, ledgerFile, backup }
        },
        restore: core.restoreOffer,
        quit: () => quit.end(),
      },
      mayQuit: quit.mayQuit,
      restart: () => quit.end(true),
    }),
    person: () => pageSession.current()?.person ?? null,
    prompts,
    checkOutput: !app.isPackaged,
    report: log.report,
  })
  registerIpc(gate, windows.pageOf)
  const drawn = windows.openMain()

  // The window is loading meanwhile; its calls wait until the ledger is open.
  const practises = mode === 'practice' && !hasPgOrigin(overrides)
  const practiceOrigin = practises ? await practicePg.reserve() : null
  if (practises) practicePgUp = drawn.then(practicePg.start)
  const started = await core.start({
    mode,
    ledgerFile,
    dataFolder: modeFolder,
    pgOrigins: ofEachPg((pg) => (mode === 'live' ? null : (practiceOrigin ?? overrides.pgOrigins[pg]))),
    proxies: mode === 'live' ? await resolveProxies() : ofEachPg(() => null),
    clockMs: overrides.clockMs,
    practiceChannels: mode === 'practice' ? PRACTICE_CHANNELS : [],
    practicePeople: mode === 'practice' ? PRACTICE_PEOPLE : [],
  })
  if (!started.ok && !quit.isEnding()) {
    if (core.offer() === null) return stopFor('the core', started.problem)
    // The window shows the way back.
    refusal = started.problem
    log.note('the core', `refused to open: ${refusal.code}`)
    return changed(['app'])
  }
  if (!(await practicePgUp) && !quit.isEnding()) {
    await dialogs.states((said) => said.practicePgFailed)
    quit.end()
  }

  /** Says why the program cannot go on, and ends it. */
  async function stopFor(who: string, problem: Problem): Promise<void> {
    log.note(who, `refused to open: ${problem.code}`)
    await dialogs.statesStop(problem.code)
    quit.end()
  }
}
