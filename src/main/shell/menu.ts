import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Words } from './words'

export interface MenuOptions {
  readonly words: Words
  readonly withDevTools: boolean
  readonly quit: () => void
}

/** The few entries that every desktop program has; on Windows and Linux the bar shows itself with Alt. */
export function setMenu({ words, withDevTools, quit }: MenuOptions): void {
  const { menu } = words
  const development: MenuItemConstructorOptions[] = withDevTools
    ? [
        { role: 'reload', label: menu.reload },
        { role: 'toggleDevTools', label: menu.devTools },
      ]
    : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: menu.file, submenu: [{ label: menu.quit, accelerator: 'CmdOrCtrl+Q', click: quit }] },
      // Without this menu macOS has no copy and paste in text fields.
      { label: menu.edit, role: 'editMenu' },
      {
        label: menu.view,
        submenu: [
          { role: 'zoomIn', label: menu.zoomIn, accelerator: 'CmdOrCtrl+=' },
          { role: 'zoomOut', label: menu.zoomOut },
          { role: 'resetZoom', label: menu.zoomReset },
          { role: 'togglefullscreen', label: menu.fullScreen },
          ...development,
        ],
      },
    ]),
  )
}
