import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { fail, ok, systemCodeOf, type Answer } from '../answer'
import { writeDurably } from '../durable-file'

/** `keyring`: the operating system keeps the key. `key-file`: a file beside the ledger does, practice mode only. */
export type KeyStore = 'keyring' | 'key-file'

/** Locks and opens small secrets with a key that the vault never sees. `open` throws on anything it did not lock. */
export interface Keeper {
  readonly keyStore: KeyStore
  readonly lock: (secret: Uint8Array) => Uint8Array
  readonly open: (locked: Uint8Array) => Uint8Array
}

/** Keys of one PG account by their names. */
export type Secrets = Readonly<Record<string, string>>

export interface Vault {
  readonly keyStore: KeyStore
  /** 32 bytes that unlock the ledger's data keys. A copy: the receiver may transfer it away. */
  readonly masterKey: () => Uint8Array
  /** Null when none were entered. Problems: ledger-key-wrong when they can no longer be opened. */
  readonly channelSecrets: (channelId: string) => Answer<Secrets | null>
  /** Problems: disk-full, file-not-saved; the earlier keys hold then. */
  readonly saveChannelSecrets: (channelId: string, secrets: Secrets) => Answer<null>
}

export interface VaultPlace {
  /** Folder of the mode; vault.json lies in it. */
  readonly folder: string
  readonly ledgerFile: string
  /** Null where the system keeps no keys safely. */
  readonly keyring: Keeper | null
  /** Null in live mode: real keys never lie in a plain file. Without `make` a missing file throws. */
  readonly keyFile: ((make: boolean) => Keeper) | null
}

const MASTER_KEY_BYTES = 32

const LockedSchema = v.pipe(v.string(), v.base64(), v.maxLength(20_000))
const StoredSchema = v.strictObject({
  format: v.literal(1),
  keyStore: v.picklist(['keyring', 'key-file']),
  masterKey: LockedSchema,
  channels: v.record(v.string(), LockedSchema),
})
type Stored = v.InferOutput<typeof StoredSchema>

const SecretsSchema = v.record(v.string(), v.string())

/**
 * Opens the vault of a mode, or makes one where there is no ledger yet. A vault that cannot be opened is refused and
 * left as it is: a new key over an existing ledger would make the ledger unreadable for good.
 * Problems: live-refused-keyring, ledger-key-wrong, disk-full, file-not-saved.
 */
export function openVault(place: VaultPlace): Answer<Vault> {
  const file = join(place.folder, 'vault.json')
  const text = readIfThere(file)
  if (text === null) return exists(place.ledgerFile) ? fail('ledger-key-wrong') : createVault(file, place)

  const stored = parseStored(text)
  if (stored === null) return fail('ledger-key-wrong')
  if (stored.keyStore === 'key-file' && place.keyFile === null) return fail('live-refused-keyring')
  if (stored.keyStore === 'keyring' && place.keyring === null) {
    return fail(place.keyFile === null ? 'live-refused-keyring' : 'ledger-key-wrong')
  }
  try {
    const keeper = stored.keyStore === 'keyring' ? place.keyring : place.keyFile?.(false)
    const masterKey = keeper?.open(Buffer.from(stored.masterKey, 'base64'))
    if (!keeper || masterKey?.length !== MASTER_KEY_BYTES) return fail('ledger-key-wrong')
    return ok(hold(file, keeper, stored, masterKey))
  } catch {
    // The keyring gives no more than "no": another user, another machine, a reset keyring, damaged bytes.
    return fail('ledger-key-wrong')
  }
}

function createVault(file: string, place: VaultPlace): Answer<Vault> {
  if (place.keyring === null && place.keyFile === null) return fail('live-refused-keyring')
  try {
    const keeper = place.keyring ?? place.keyFile?.(true)
    if (!keeper) return fail('live-refused-keyring')
    const masterKey = randomBytes(MASTER_KEY_BYTES)
    const stored: Stored = { format: 1, keyStore: keeper.keyStore, masterKey: lock(keeper, masterKey), channels: {} }
    save(file, stored)
    return ok(hold(file, keeper, stored, masterKey))
  } catch (error) {
    return saveTrouble(error)
  }
}

function hold(file: string, keeper: Keeper, opened: Stored, masterKey: Uint8Array): Vault {
  let stored = opened
  return {
    keyStore: keeper.keyStore,
    masterKey: () => Uint8Array.from(masterKey),
    channelSecrets: (channelId) => {
      const locked = Object.hasOwn(stored.channels, channelId) ? stored.channels[channelId] : undefined
      if (locked === undefined) return ok(null)
      try {
        const text = Buffer.from(keeper.open(Buffer.from(locked, 'base64'))).toString('utf8')
        return ok(v.parse(SecretsSchema, JSON.parse(text)))
      } catch {
        // Never the reason: it could quote the secret.
        return fail('ledger-key-wrong')
      }
    },
    saveChannelSecrets: (channelId, secrets) => {
      try {
        const locked = lock(keeper, Buffer.from(JSON.stringify(secrets), 'utf8'))
        const next: Stored = { ...stored, channels: { ...stored.channels, [channelId]: locked } }
        save(file, next)
        stored = next
        return ok(null)
      } catch (error) {
        return saveTrouble(error)
      }
    },
  }
}

function lock(keeper: Keeper, secret: Uint8Array): string {
  return Buffer.from(keeper.lock(secret)).toString('base64')
}

function save(file: string, stored: Stored): void {
  writeDurably(file, `${JSON.stringify(stored, null, 2)}\n`, 0o600)
}

function saveTrouble(error: unknown): Answer<never> {
  return fail(systemCodeOf(error) === 'ENOSPC' ? 'disk-full' : 'file-not-saved')
}

function parseStored(text: string): Stored | null {
  try {
    const read = v.safeParse(StoredSchema, JSON.parse(text))
    return read.success ? read.output : null
  } catch {
    // Not JSON: damaged, and said by the caller.
    return null
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null
    throw error
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}
