import * as v from 'valibot'
import type { ChannelId, PersonId } from '../../../domain/ids'
import type { Ledger } from './open-ledger'
import { blobSchema, readRows } from './read-rows'

const RowSchema = v.object({
  ruleId: v.string(),
  by: v.string(),
  reasonEnc: blobSchema,
  atMs: v.number(),
})

/** A rule of the book that does not bind this merchant, and who says so. */
export interface RuleOverride extends Omit<v.InferOutput<typeof RowSchema>, 'reasonEnc'> {
  readonly reason: string
}

const placeOf = (channelId: ChannelId, ruleId: string): string => `rule_override.reason:${channelId}:${ruleId}`

/** The newest word on each rule counts. */
const IN_FORCE = `o.channel_id = ? AND o.in_force = 1 AND NOT EXISTS (
  SELECT 1 FROM rule_override l WHERE l.channel_id = o.channel_id AND l.rule_id = o.rule_id AND l.seq > o.seq)`

const IdSchema = v.object({ ruleId: v.string() })

/** Rules that do not bind this channel. */
export function overriddenRules(ledger: Ledger, channelId: ChannelId): ReadonlySet<string> {
  const rows = readRows(
    IdSchema,
    ledger.sql(`SELECT o.rule_id AS ruleId FROM rule_override o WHERE ${IN_FORCE}`).all(channelId),
  )
  return new Set(rows.map(({ ruleId }) => ruleId))
}

export function ruleOverrides(ledger: Ledger, channelId: ChannelId): RuleOverride[] {
  const rows = ledger
    .sql(
      `SELECT o.rule_id AS ruleId, p.name AS by, o.reason_enc AS reasonEnc, o.at_ms AS atMs
       FROM rule_override o JOIN person p ON p.person_id = o.person_id WHERE ${IN_FORCE} ORDER BY o.seq`,
    )
    .all(channelId)
  return readRows(RowSchema, rows).map(({ reasonEnc, ...rest }) => ({
    ...rest,
    reason: ledger.cipher.openText(placeOf(channelId, rest.ruleId), reasonEnc),
  }))
}

/** Sets a rule aside for a channel, or puts it in force again. Inside a unit of work. */
export function putRuleOverride(
  ledger: Ledger,
  channelId: ChannelId,
  ruleId: string,
  overridden: boolean,
  personId: PersonId,
  reason: string,
  atMs: number,
): void {
  ledger
    .sql(
      'INSERT INTO rule_override (channel_id, rule_id, in_force, person_id, reason_enc, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(channelId, ruleId, Number(overridden), personId, ledger.cipher.seal(placeOf(channelId, ruleId), reason), atMs)
}
