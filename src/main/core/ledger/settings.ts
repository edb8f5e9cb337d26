import * as v from 'valibot'
import type { Mode } from '../../../contract/views'
import { readRow } from './read-rows'
import type { UnitOfWork } from './unit-of-work'

const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30))

const holdMinutes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60))

/** Every setting of the ledger: its schema and what holds until somebody chooses otherwise. */
const SETTINGS = {
  /** Days that an approval lives, counted from its instant. */
  approvalLifeDays: { schema: days, value: 3 },
  /** Minutes between an approval and its first refund, in which the batch can still be taken back. */
  holdMinutes: { schema: holdMinutes, value: 0, live: 10 },
  /** A person paused the run; it stays so over restarts. */
  runPaused: { schema: v.boolean(), value: false },
  /** The holiday table and the payout rules by which the due dates were last counted. */
  payoutCountedBy: { schema: v.string(), value: '' },
} as const

export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = v.InferOutput<(typeof SETTINGS)[K]['schema']>

export interface Settings {
  get<K extends SettingKey>(key: K): SettingValue<K>
  /** Inside a unit of work. Throws on a value outside the setting's schema. */
  set<K extends SettingKey>(key: K, value: SettingValue<K>): void
}

const RowSchema = v.object({ value: v.string() })

export function createSettings(work: Pick<UnitOfWork, 'sql' | 'assertWriting'>, mode: Mode): Settings {
  return {
    get(key) {
      const row = readRow(RowSchema, work.sql('SELECT value FROM setting WHERE key = ?').get(key))
      const setting = SETTINGS[key]
      if (row === null) return mode === 'live' && 'live' in setting ? setting.live : setting.value
      const stored: unknown = JSON.parse(row.value)
      return v.parse(setting.schema, stored)
    },

    set(key, value) {
      work.assertWriting()
      const text = JSON.stringify(v.parse(SETTINGS[key].schema, value))
      work
        .sql('INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2')
        .run(key, text)
    },
  }
}
