// The peer: the least Electron program that shows a page.
const { app, BrowserWindow } = require('electron')

async function open() {
  await app.whenReady()
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true },
  })
  await window.loadFile('index.html')
}

void open()
app.on('window-all-closed', () => app.quit())
