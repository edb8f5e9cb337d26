import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { CALL_CHANNEL, SECRET_CHANNEL } from '../../../contract/names'
import type { Gate, PageKind, Sender } from './gate'

/** Opens the two ways in. Every call of every page passes the gate; there is no other listener in the program. */
export function registerIpc(gate: Gate, pageOf: (contents: WebContents) => PageKind | null): void {
  ipcMain.handle(CALL_CHANNEL, (event, channel: unknown, input: unknown) =>
    gate.call(senderOf(event, pageOf), channel, input),
  )
  ipcMain.handle(SECRET_CHANNEL, (event, act: unknown, input: unknown) =>
    gate.secret(senderOf(event, pageOf), act, input),
  )
}

function senderOf(event: IpcMainInvokeEvent, pageOf: (contents: WebContents) => PageKind | null): Sender {
  const frame = event.senderFrame
  return {
    page: pageOf(event.sender),
    isMainFrame: frame !== null && frame === event.sender.mainFrame,
    origin: frame?.origin ?? '',
    address: frame?.url ?? '',
  }
}
