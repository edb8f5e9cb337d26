import { openWindow } from '../ui/window-root'
import { SecretWindow } from './secret-window'

openWindow(<SecretWindow />)
