import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { RefundDeskBridge } from '../contract/bridge'
import { CALL_CHANNEL, CHANNEL_NAMES, EVENT_CHANNEL, EVENT_NAMES } from '../contract/names'

/** The page's bridge: one function for each channel and each event of the contract, and nothing that takes a free name. */
const call = Object.fromEntries(
  CHANNEL_NAMES.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(CALL_CHANNEL, channel, input)]),
)

const on = Object.fromEntries(
  EVENT_NAMES.map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      // Electron's own event object carries the sender and stays on this side.
      const hear = (_event: IpcRendererEvent, heard: unknown, payload: unknown): void => {
        if (heard === name) listener(payload)
      }
      ipcRenderer.on(EVENT_CHANNEL, hear)
      return () => {
        ipcRenderer.off(EVENT_CHANNEL, hear)
      }
    },
  ]),
)

// Made from the contract's own lists, whose types keep them complete.
const bridge = { call, on } as unknown as RefundDeskBridge

contextBridge.exposeInMainWorld('refundDesk', bridge)
