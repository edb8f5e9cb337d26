import { app, session } from 'electron'
import { mayLoad } from './served-files'

/** The one thing a page may ask the browser for: putting plain text on the clipboard. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

export interface LockdownOptions {
  /** Developer tools load their own pages; unpackaged builds only. */
  readonly withDevTools: boolean
}

/** Denies whatever a page does not need: permissions, downloads, the network, other pages, other windows. */
export function lockDown({ withDevTools }: LockdownOptions): void {
  const pages = session.defaultSession
  pages.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === ALLOWED_PERMISSION))
  pages.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED_PERMISSION)
  pages.setDevicePermissionHandler(() => false)
  pages.on('will-download', (event) => event.preventDefault())
  pages.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, withDevTools) }))

  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
