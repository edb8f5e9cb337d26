import { scrypt, scryptSync, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { RoleSchema, type PersonView, type Role } from '../../../contract/views'
import { PersonIdSchema, type PersonId } from '../../../domain/ids'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import type { Ledger } from './open-ledger'
import { isWeakPin, normalPin } from './pin-rules'
import { blobSchema, readRow, readRows } from './read-rows'

export interface People {
  list(): readonly PersonView[]
  get(personId: PersonId): PersonView | null
  /**
   * A unit of work of its own, with its audit line (`by`, or `system` for the first people of a new ledger).
   * Problems: name-missing, name-taken, role-missing, pin-too-weak.
   */
  add(
    person: { readonly name: string; readonly pin: string; readonly roles: readonly Role[] },
    rules: { readonly practice: boolean; readonly by?: PersonId },
  ): Result<PersonView, Problem>
  /**
   * Compares a PIN, slowly on purpose; every failure, and the lock that follows, is kept across restarts and audited.
   * Problems: pin-wrong (left: tries until the lock), pin-locked (minutes until the next try).
   */
  verifyPin(personId: PersonId, pin: string): Promise<Result<PersonView, Problem>>
}

/** About a tenth of a second and 32 MB for each guess; the pepper from the master key keeps guessing off other machines. */
const SCRYPT: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const scryptAsync = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)

const FAILURES_MAX = 5
const MINUTE_MS = 60_000
const FIRST_LOCK_MINUTES = 5
/** A lock never grows past a day: a colleague's mischief must not end somebody's work for good. */
const LOCK_MINUTES_MAX = 24 * 60
const NAME_LENGTH_MAX = 40

const PersonSchema = v.object({
  personId: PersonIdSchema,
  name: v.string(),
  roles: v.pipe(v.string(), v.parseJson(), v.array(RoleSchema)),
})
const SecretSchema = v.object({ ...PersonSchema.entries, salt: blobSchema, hash: blobSchema })
const GuardSchema = v.object({ failures: v.number(), lockedUntilMs: v.number() })

const COLUMNS = 'person_id AS personId, name, roles'

export function createPeople(ledger: Ledger): People {
  // Bound to the person and to the master key: a hash copied from another row, or taken home alone, fits nothing.
  const pepper = (personId: string, slow: Uint8Array): Buffer =>
    ledger.cipher.hash('pin', `${personId}:${Buffer.from(slow).toString('hex')}`)

  /** Counts the try as failed before the slow part, so that many tries at once are not free. Null when locked. */
  const beginTry = (personId: PersonId): Result<{ readonly failures: number }, Problem> =>
    ledger.write(() => {
      const now = ledger.nowMs()
      const guard = readRow(
        GuardSchema,
        ledger
          .sql('SELECT failures, locked_until_ms AS lockedUntilMs FROM pin_guard WHERE person_id = ?')
          .get(personId),
      )
      const waitMs = Math.min((guard?.lockedUntilMs ?? 0) - now, LOCK_MINUTES_MAX * MINUTE_MS)
      if (waitMs > 0) return fail(problem('pin-locked', { minutes: Math.ceil(waitMs / MINUTE_MS) }))
      const failures = (guard?.failures ?? 0) + 1
      setGuard(ledger, personId, failures, failures < FAILURES_MAX ? 0 : now + lockMinutes(failures) * MINUTE_MS)
      return ok({ failures })
    })

  return {
    list() {
      return readRows(PersonSchema, ledger.sql(`SELECT ${COLUMNS} FROM person ORDER BY created_at_ms, name`).all())
    },

    get(personId) {
      return readRow(PersonSchema, ledger.sql(`SELECT ${COLUMNS} FROM person WHERE person_id = ?`).get(personId))
    },

    add(person, rules) {
      const name = normalName(person.name)
      const roles = [...new Set(person.roles)]
      if (name === '' || name.length > NAME_LENGTH_MAX) return fail(problem('name-missing'))
      if (roles.length === 0) return fail(problem('role-missing'))
      if (isWeakPin(person.pin, rules)) return fail(problem('pin-too-weak'))
      const personId = v.parse(PersonIdSchema, `person-${Buffer.from(ledger.randomBytes(9)).toString('base64url')}`)
      const salt = Buffer.from(ledger.randomBytes(SALT_BYTES))
      const hash = pepper(personId, scryptSync(normalPin(person.pin), salt, HASH_BYTES, SCRYPT))
      return ledger.write(() => {
        const taken = ledger.sql('SELECT 1 FROM person WHERE name = ? COLLATE NOCASE').get(name) !== undefined
        if (taken) return fail(problem('name-taken'))
        ledger
          .sql(
            'INSERT INTO person (person_id, name, roles, pin_salt, pin_hash, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(personId, name, JSON.stringify(roles), salt, hash, ledger.nowMs())
        ledger.audit.append({
          who: rules.by ?? 'system',
          action: 'person-added',
          subject: personId,
          detail: { roles: roles.join(',') },
        })
        return ok({ personId, name, roles })
      })
    },

    async verifyPin(personId, pin) {
      const secret = readRow(
        SecretSchema,
        ledger
          .sql(`SELECT ${COLUMNS}, pin_salt AS salt, pin_hash AS hash FROM person WHERE person_id = ?`)
          .get(personId),
      )
      if (secret === null) {
        // The same work and the same answer as for a wrong PIN, so that neither tells who exists.
        await scryptAsync(normalPin(pin), Buffer.alloc(SALT_BYTES), HASH_BYTES, SCRYPT)
        return fail(problem('pin-wrong', { left: FAILURES_MAX - 1 }))
      }
      const begun = beginTry(personId)
      if (!begun.ok) return begun
      const slow = await scryptAsync(normalPin(pin), secret.salt, HASH_BYTES, SCRYPT)
      const right = timingSafeEqual(pepper(personId, slow), secret.hash)
      const { failures } = begun.value
      return ledger.write(() => {
        if (right) {
          setGuard(ledger, personId, 0, 0)
          return ok({ personId, name: secret.name, roles: secret.roles })
        }
        const minutes = failures < FAILURES_MAX ? null : lockMinutes(failures)
        ledger.audit.append({
          who: personId,
          action: minutes === null ? 'pin-wrong' : 'pin-locked',
          subject: personId,
          detail: minutes === null ? { failures } : { failures, minutes },
        })
        return minutes === null
          ? fail(problem('pin-wrong', { left: FAILURES_MAX - failures }))
          : fail(problem('pin-locked', { minutes }))
      })
    },
  }
}

function setGuard(ledger: Ledger, personId: PersonId, failures: number, lockedUntilMs: number): void {
  ledger
    .sql(
      `INSERT INTO pin_guard (person_id, failures, locked_until_ms) VALUES (?1, ?2, ?3)
       ON CONFLICT (person_id) DO UPDATE SET failures = ?2, locked_until_ms = ?3`,
    )
    .run(personId, failures, lockedUntilMs)
}

/** 5 minutes at the fifth failure, doubled by each one after. */
function lockMinutes(failures: number): number {
  return Math.min(FIRST_LOCK_MINUTES * 2 ** (failures - FAILURES_MAX), LOCK_MINUTES_MAX)
}

function normalName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}
