// The peer: the least Electron program that shows a page.
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, contextIsolation: true } })
  window.loadFile('index.html')
})
app.on('window-all-closed', () => app.quit())
