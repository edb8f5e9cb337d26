import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeDurably } from '../durable-file'
import { systemCodeOf } from '../answer'
import type { Keeper } from './vault'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * A keeper whose key is a file of this user (mode 0600), for practice mode where the system has no keyring. Whoever
 * reads the folder can open everything in it; the settings screen says so. `make`: where there is no file yet, one is
 * made; else its absence throws, since what an earlier key locked stays locked.
 */
export function keyFileKeeper(file: string, make: boolean): Keeper {
  const key = readKey(file) ?? (make ? makeKey(file) : null)
  if (key === null) throw new Error('the key file is gone')
  return {
    keyStore: 'key-file',
    lock: (secret) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    open: (locked) => {
      const bytes = Buffer.from(locked)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    },
  }
}

function readKey(file: string): Buffer | null {
  try {
    const key = readFileSync(file)
    if (key.length !== KEY_BYTES) throw new Error('the key file is damaged')
    return key
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null
    throw error
  }
}

function makeKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES)
  writeDurably(file, key, 0o600)
  return key
}
