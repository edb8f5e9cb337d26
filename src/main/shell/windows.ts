import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { EventName, EventPayload } from '../../contract/events'
import { EVENT_CHANNEL } from '../../contract/names'
import type { SecretPrompt } from '../../contract/secret'
import type { PageKind } from './ipc/gate'
import type { PreferencesStore } from './preferences'
import { PAGE_ORIGIN } from './served-files'
import { MAIN_SIZE, MAIN_SIZE_MIN, placeOnDisplays, secretSize } from './window-place'
import type { PromptWindow } from './secret-prompt'

/** The pages' grounds (`--rd-page`), shown until the first paint so that nothing flashes. */
const GROUND = { light: '#f6f7f9', dark: '#131519' } as const
const PLACE_SAVE_AFTER_MS = 500
const PAGE_CRASHES_MAX = 3
/** Whoever waits for the first screen waits no longer than this. */
const DRAWN_WITHIN_MS = 2_000

export interface WindowsOptions {
  readonly preloadFolder: string
  readonly icon: string
  /** In the language of now: for the main window (null), or for what the secret window asks. */
  readonly title: (asked: SecretPrompt['purpose'] | null) => string
  readonly preferences: PreferencesStore
  readonly devTools: boolean
  /** Keeps the secret window out of screen recordings; live mode only. */
  readonly hideSecretsFromCapture: boolean
  /** The person wants to close the main window; true lets it go. */
  readonly mayClose: () => boolean
  readonly onTrouble: (where: string, error: unknown) => void
}

export interface Windows {
  /** Resolves when the first screen is drawn, or was not drawn in time. */
  readonly openMain: () => Promise<void>
  readonly focus: () => void
  /** Out of the way while the program ends; it may take some seconds. */
  readonly hide: () => void
  /** The language changed. */
  readonly retitle: () => void
  /** The modal child window, by its own page and its own preload. */
  readonly openSecret: (prompt: SecretPrompt) => PromptWindow
  /** Which of our pages lives in these web contents, null for anybody else. */
  readonly pageOf: (contents: WebContents) => PageKind | null
  /** Pushes an event to the main page. */
  readonly push: <E extends EventName>(name: E, payload: EventPayload<E>) => void
  /** The main window for dialogs that hang on it. */
  readonly main: () => BrowserWindow | null
}

export function createWindows(options: WindowsOptions): Windows {
  let main: BrowserWindow | null = null
  let secret: BrowserWindow | null = null

  const ground = (): string => (nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light)
  const load = (window: BrowserWindow, page: string): void => {
    window.loadURL(`${PAGE_ORIGIN}/${page}`).catch((error: unknown) => options.onTrouble(`load ${page}`, error))
  }
  const focus = (): void => {
    const window = secret ?? main
    if (window === null) return
    if (main?.isMinimized()) main.restore()
    window.show()
    window.focus()
  }

  return {
    openMain: () => {
      const last = options.preferences.current().window
      const areas = screen.getAllDisplays().map((display) => display.workArea)
      const window = new BrowserWindow({
        ...(placeOnDisplays(last, areas) ?? MAIN_SIZE),
        minWidth: MAIN_SIZE_MIN.width,
        minHeight: MAIN_SIZE_MIN.height,
        title: options.title(null),
        icon: options.icon,
        show: false,
        backgroundColor: ground(),
        autoHideMenuBar: true,
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          spellcheck: false,
          devTools: options.devTools,
          preload: join(options.preloadFolder, 'index.cjs'),
        },
      })
      main = window
      window.once('ready-to-show', () => {
        if (last?.maximized === true) window.maximize()
        window.show()
      })
      window.on('page-title-updated', (event) => event.preventDefault())
      rememberPlace(window, options)
      window.on('close', (event) => {
        if (!options.mayClose()) event.preventDefault()
      })
      window.on('closed', () => {
        main = null
      })
      // A page that crashed is loaded anew; the truth lies in the core, so nothing is lost but what was being typed.
      let crashes = 0
      window.webContents.on('render-process-gone', (_event, { reason }) => {
        // A page ends cleanly when the program does.
        if (reason === 'clean-exit' || window.isDestroyed()) return
        options.onTrouble('the page ended', reason)
        crashes += 1
        if (crashes > PAGE_CRASHES_MAX) return
        // Loading inside this very event would take the main process down with the page.
        setTimeout(() => {
          if (!window.isDestroyed()) load(window, 'index.html')
        }, 0)
      })
      load(window, 'index.html')
      return new Promise((resolve) => {
        setTimeout(resolve, DRAWN_WITHIN_MS)
        window.once('show', () => resolve())
      })
    },
    focus,
    hide: () => {
      secret?.hide()
      main?.hide()
    },
    retitle: () => main?.setTitle(options.title(null)),
    openSecret: (prompt) => {
      const display = main === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(main.getBounds())
      const window = new BrowserWindow({
        ...secretSize(prompt, display.workArea),
        useContentSize: true,
        ...(main === null ? {} : { parent: main, modal: true }),
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        title: options.title(prompt.purpose),
        icon: options.icon,
        show: false,
        backgroundColor: ground(),
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          spellcheck: false,
          devTools: options.devTools,
          preload: join(options.preloadFolder, 'secret.cjs'),
        },
      })
      secret = window
      window.removeMenu()
      window.setContentProtection(options.hideSecretsFromCapture)
      window.once('ready-to-show', () => window.show())
      window.on('page-title-updated', (event) => event.preventDefault())
      window.on('closed', () => {
        if (secret === window) secret = null
      })
      // Its prompt ends as cancelled.
      window.webContents.on('render-process-gone', () => {
        setTimeout(() => {
          if (!window.isDestroyed()) window.destroy()
        }, 0)
      })
      load(window, 'secret.html')
      return {
        close: () => {
          if (!window.isDestroyed()) window.destroy()
        },
        focus,
        onClosed: (listener) => window.on('closed', listener),
      }
    },
    pageOf: (contents) => {
      if (main !== null && contents === main.webContents) return 'main'
      return secret !== null && contents === secret.webContents ? 'secret' : null
    },
    push: (name, payload) => {
      if (main !== null && !main.isDestroyed()) main.webContents.send(EVENT_CHANNEL, name, payload)
    },
    main: () => main,
  }
}

/** Saved shortly after the last move, and at the end. A place that cannot be saved is not worth a word to the person. */
function rememberPlace(window: BrowserWindow, { preferences, onTrouble }: WindowsOptions): void {
  let timer: NodeJS.Timeout | null = null
  const save = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (window.isDestroyed()) return
    try {
      preferences.change({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } })
    } catch (error) {
      onTrouble('save the window place', error)
    }
  }
  const saveSoon = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(save, PLACE_SAVE_AFTER_MS)
  }
  for (const change of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
    // Each name has its own overload; the listener is the same for all.
    window.on(change as 'resize', saveSoon)
  }
  window.on('close', save)
}
