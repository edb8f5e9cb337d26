import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyFileKeeper } from '../../../../src/main/shell/vault/key-file'
import { openVault, type Keeper, type Vault, type VaultPlace } from '../../../../src/main/shell/vault/vault'

/** Stands in for the system's keyring: locks with one byte, and refuses what another keyring locked. */
function fakeKeyring(mark = 0x5a): Keeper {
  return {
    keyStore: 'keyring',
    lock: (secret) => Buffer.concat([Buffer.from([mark]), Buffer.from(secret.map((byte) => byte ^ mark))]),
    open: (locked) => {
      if (locked[0] !== mark) throw new Error('not locked here')
      return Buffer.from(locked.subarray(1).map((byte) => byte ^ mark))
    },
  }
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const place = (part: Partial<VaultPlace> = {}): VaultPlace => ({
  folder,
  ledgerFile: join(folder, 'ledger.db'),
  keyring: fakeKeyring(),
  keyFile: (make) => keyFileKeeper(join(folder, 'vault.key'), make),
  ...part,
})
const opened = (part?: Partial<VaultPlace>): Vault => {
  const answer = openVault(place(part))
  if (!answer.ok) throw new Error(answer.problem.code)
  return answer.value
}
const problemOf = (part?: Partial<VaultPlace>): string => {
  const answer = openVault(place(part))
  return answer.ok ? 'opened' : answer.problem.code
}

describe('a new vault', () => {
  test('lies in the keyring where there is one, and gives the same key at every start', () => {
    const first = opened()
    expect(first.keyStore).toBe('keyring')
    expect(first.masterKey()).toHaveLength(32)
    expect(opened().masterKey()).toEqual(first.masterKey())
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })

  test('lies beside the ledger in practice where there is no keyring', () => {
    const first = opened({ keyring: null })
    expect(first.keyStore).toBe('key-file')
    expect(opened({ keyring: null }).masterKey()).toEqual(first.masterKey())
    expect(readdirSync(folder).toSorted()).toEqual(['vault.json', 'vault.key'])
  })

  test('is refused in live mode without a keyring, and nothing is written', () => {
    expect(problemOf({ keyring: null, keyFile: null })).toBe('live-refused-keyring')
    expect(readdirSync(folder)).toEqual([])
  })

  test('is never made over a ledger that exists', () => {
    writeFileSync(join(folder, 'ledger.db'), 'a ledger')
    expect(problemOf()).toBe('ledger-key-wrong')
    expect(readdirSync(folder)).toEqual(['ledger.db'])
  })

  test('shows nobody its key, and hands out copies', () => {
    for (const keyring of [fakeKeyring(), null]) {
      rmSync(folder, { recursive: true })
      folder = mkdtempSync(join(tmpdir(), 'vault-'))
      const vault = opened({ keyring })
      const key = Buffer.from(vault.masterKey())
      const text = readFileSync(join(folder, 'vault.json'), 'utf8')
      expect(text).not.toContain(key.toString('base64'))
      expect(text).not.toContain(key.toString('hex'))
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
      vault.masterKey().fill(0)
      expect(Buffer.from(vault.masterKey())).toEqual(key)
    }
  })
})

describe('a vault that cannot be opened', () => {
  const damaged = (text: string): void => writeFileSync(join(folder, 'vault.json'), text)

  test.each(['', '{', '{}', '{"format":2}', 'null'])('is refused and left alone when its file is %j', (text) => {
    opened()
    damaged(text)
    expect(problemOf()).toBe('ledger-key-wrong')
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(text)
  })

  test('is refused when the keyring is another one, or its bytes were changed', () => {
    opened()
    const before = readFileSync(join(folder, 'vault.json'), 'utf8')
    expect(problemOf({ keyring: fakeKeyring(0x11) })).toBe('ledger-key-wrong')
    const stored = JSON.parse(before) as { masterKey: string }
    damaged(JSON.stringify({ ...stored, masterKey: Buffer.from('short').toString('base64') }))
    expect(problemOf()).toBe('ledger-key-wrong')
  })

  test('is refused when its keyring is gone: practice never falls back to a file', () => {
    opened()
    expect(problemOf({ keyring: null })).toBe('ledger-key-wrong')
    expect(problemOf({ keyring: null, keyFile: null })).toBe('live-refused-keyring')
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })

  test('is refused in live mode when it lies in a file', () => {
    opened({ keyring: null })
    expect(problemOf({ keyFile: null })).toBe('live-refused-keyring')
  })

  test('is refused when its key file was changed or lost', () => {
    opened({ keyring: null })
    writeFileSync(join(folder, 'vault.key'), Buffer.alloc(32))
    expect(problemOf({ keyring: null })).toBe('ledger-key-wrong')
    writeFileSync(join(folder, 'vault.key'), Buffer.alloc(5))
    expect(problemOf({ keyring: null })).toBe('ledger-key-wrong')
    rmSync(join(folder, 'vault.key'))
    expect(problemOf({ keyring: null })).toBe('ledger-key-wrong')
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })

  test('stays with its key file when a keyring turns up later', () => {
    const first = opened({ keyring: null })
    const later = opened()
    expect(later.keyStore).toBe('key-file')
    expect(later.masterKey()).toEqual(first.masterKey())
  })
})

describe('the keys of a PG', () => {
  const keys = { apiKey: 'test-key', apiSecret: 'a-secret-of-the-shop' }

  test('are null until they were entered, and are there after a restart', () => {
    const vault = opened()
    expect(vault.channelSecrets('main')).toEqual({ ok: true, value: null })
    expect(vault.saveChannelSecrets('main', keys)).toEqual({ ok: true, value: null })
    expect(vault.channelSecrets('main')).toEqual({ ok: true, value: keys })
    expect(opened().channelSecrets('main')).toEqual({ ok: true, value: keys })
    expect(opened().channelSecrets('toString')).toEqual({ ok: true, value: null })
  })

  test('do not stand in the file', () => {
    opened({ keyring: null }).saveChannelSecrets('main', keys)
    const text = readFileSync(join(folder, 'vault.json'), 'utf8')
    expect(text).not.toContain(keys.apiSecret)
    expect(text).not.toContain(Buffer.from(keys.apiSecret).toString('base64').slice(0, 12))
  })

  test('stay the old ones when the new ones cannot be written', () => {
    const vault = opened()
    vault.saveChannelSecrets('main', keys)
    rmSync(folder, { recursive: true })
    expect(vault.saveChannelSecrets('main', { apiKey: 'new', apiSecret: 'new' })).toEqual({
      ok: false,
      problem: { code: 'file-not-saved' },
    })
    expect(vault.channelSecrets('main')).toEqual({ ok: true, value: keys })
  })

  test('answer a problem, and not the reason, when they were changed in the file', () => {
    opened().saveChannelSecrets('main', keys)
    const file = join(folder, 'vault.json')
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { channels: Record<string, string> }
    writeFileSync(file, JSON.stringify({ ...stored, channels: { main: Buffer.from('xx').toString('base64') } }))
    expect(opened().channelSecrets('main')).toEqual({ ok: false, problem: { code: 'ledger-key-wrong' } })
  })
})
