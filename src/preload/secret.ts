import { contextBridge, ipcRenderer } from 'electron'
import type { SecretBridge } from '../contract/bridge'
import { SECRET_CHANNEL } from '../contract/names'
import type { SecretAct } from '../contract/secret'

const ask = (act: SecretAct, input?: unknown): Promise<unknown> => ipcRenderer.invoke(SECRET_CHANNEL, act, input)

/** The secret window's bridge. Main checks what comes, and answers in the shapes of the contract. */
const bridge: SecretBridge = {
  describe: () => ask('describe') as ReturnType<SecretBridge['describe']>,
  submit: (input) => ask('submit', input) as ReturnType<SecretBridge['submit']>,
  cancel: async () => {
    await ask('cancel')
  },
}

contextBridge.exposeInMainWorld('refundDeskSecret', bridge)
