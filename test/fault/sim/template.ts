import { copyFileSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Role } from '../../../src/contract/views'
import type { PersonId } from '../../../src/domain/ids'
import { openLedger } from '../../../src/main/core/ledger/open-ledger'
import { createChannels } from '../../../src/main/core/ledger/channels'
import { createPeople } from '../../../src/main/core/ledger/people'
import { MORE_CHANNELS } from './channels'
import { seededBy } from './seeded'

export const MASTER_KEY: Uint8Array = new Uint8Array(32).fill(7)
/** 2026-11-21 12:00 in Seoul. */
export const START_MS = Date.parse('2026-11-21T03:00:00Z')

export const PEOPLE = {
  maker: { name: '김담당', pin: '1111', roles: ['maker', 'admin'] },
  checker: { name: '이승인', pin: '2222', roles: ['checker'] },
  /** May make and approve, but never the same batch. */
  both: { name: '박겸임', pin: '3333', roles: ['maker', 'checker'] },
} as const satisfies Record<string, { readonly name: string; readonly pin: string; readonly roles: readonly Role[] }>

export type Staff = Readonly<Record<keyof typeof PEOPLE, PersonId>>

/** A ledger with people and channels and nothing else: making one is slow because of the PINs, copying one is not. */
export interface Template {
  readonly folder: string
  readonly staff: Staff
  copyTo(file: string): void
}

/** Files in memory where this system has such a folder: a committed write is then as durable as the simulation needs. */
export function makeTemplate(): Template {
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-desk-sim-'))
  const file = path.join(folder, 'template.db')
  const seeded = seededBy(0, 'template')
  const opened = openLedger({
    file,
    mode: 'practice',
    masterKey: MASTER_KEY,
    nowMs: () => START_MS,
    randomBytes: seeded.bytes,
  })
  if (!opened.ok) throw new Error(`no template of a ledger: ${JSON.stringify(opened.problem)}`)
  const people = createPeople(opened.value)
  const channels = createChannels(opened.value)
  opened.value.write(() => MORE_CHANNELS.forEach((channel) => channels.add(channel)))
  const idOf = (who: keyof typeof PEOPLE): PersonId => {
    const added = people.add(PEOPLE[who], { practice: true })
    if (!added.ok) throw new Error(`no ${who}: ${JSON.stringify(added.problem)}`)
    return added.value.personId
  }
  const staff = { maker: idOf('maker'), checker: idOf('checker'), both: idOf('both') }
  opened.value.close()
  return { folder, staff, copyTo: (to) => copyFileSync(file, to) }
}
