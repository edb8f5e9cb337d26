import { App } from './app/app'
import { openWindow } from './ui/window-root'

openWindow(<App />)
