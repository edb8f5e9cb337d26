import { safeStorage } from 'electron'
import type { Keeper } from './vault'

/**
 * The operating system's own keyring, null where it keeps nothing safely: without an unlocked keyring Linux falls back
 * to a text that anybody can read (`basic_text`). To be asked after the app is ready.
 */
export function systemKeyring(): Keeper | null {
  if (!safeStorage.isEncryptionAvailable()) return null
  if (process.platform === 'linux' && isPlainText(safeStorage.getSelectedStorageBackend())) return null
  return {
    keyStore: 'keyring',
    // The keyring takes texts only.
    lock: (secret) => safeStorage.encryptString(Buffer.from(secret).toString('base64')),
    open: (locked) => Buffer.from(safeStorage.decryptString(Buffer.from(locked)), 'base64'),
  }
}

function isPlainText(backend: string): boolean {
  return backend === 'basic_text' || backend === 'unknown'
}
