import crypto, { scrypt, type ScryptOptions } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/**
 * The slow hash of a PIN is computed once for each PIN and salt of this process, and at once instead of on another thread:
 * a simulation signs the same few people in thousands of times, and may not depend on when a thread is done. The function
 * itself stays what it is. To be imported before the
 * program, which takes its hash at its start.
 */
const known = new Map<string, Buffer>()
const real = crypto.scryptSync

function remembered(
  password: string,
  salt: Uint8Array,
  length: number,
  options: ScryptOptions,
  then: (error: Error | null, key: Buffer) => void,
): void {
  const name = JSON.stringify([password, Buffer.from(salt).toString('hex'), length, options])
  const key = known.get(name) ?? real(password, salt, length, options)
  known.set(name, key)
  queueMicrotask(() => then(null, Buffer.from(key)))
}

Object.assign(crypto, { scrypt: remembered })
syncBuiltinESMExports()

/** Throws where the real function is in its place: a seed would then take minutes. */
export function assertOneScrypt(): void {
  if (scrypt !== (remembered as unknown)) throw new Error('the hash of PINs was taken before it was replaced')
}
