import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import type { Role } from '../../../../src/contract/views'
import { PersonIdSchema, type PersonId } from '../../../../src/domain/ids'
import type { Problem } from '../../../../src/domain/problem'
import type { Result } from '../../../../src/domain/result'
import { createPeople, type People } from '../../../../src/main/core/ledger/people'
import { isWeakPin } from '../../../../src/main/core/ledger/pin-rules'
import { openTestLedger, type TestLedger } from '../../../support/open-test-ledger'

const MINUTE_MS = 60_000
const LIVE = { practice: false }
const RIGHT = '736152'
const WRONG = '736153'
const STRANGER = v.parse(PersonIdSchema, 'person-nobody')

function withPerson(options: { file?: string } = {}): TestLedger & { people: People; personId: PersonId } {
  const opened = openTestLedger(options)
  const people = createPeople(opened.ledger)
  const added = people.add({ name: '김기안', pin: RIGHT, roles: ['maker'] }, LIVE)
  if (!added.ok) throw new Error(added.problem.code)
  return { ...opened, people, personId: added.value.personId }
}

function problemOf<T>(result: Result<T, Problem>): Problem | null {
  return result.ok ? null : result.problem
}

async function fail(people: People, personId: PersonId, times: number): Promise<(Problem | null)[]> {
  const problems = []
  for (let time = 0; time < times; time += 1) problems.push(problemOf(await people.verifyPin(personId, WRONG)))
  return problems
}

describe('adding a person', () => {
  test('keeps the name, the roles and an audit line, and no PIN', () => {
    const { people, personId, ledger } = withPerson()
    expect(people.list()).toEqual([{ personId, name: '김기안', roles: ['maker'] }])
    expect(people.get(personId)).toEqual({ personId, name: '김기안', roles: ['maker'] })
    expect(people.get(STRANGER)).toBeNull()
    expect(ledger.audit.list(0, 1).lines).toMatchObject([{ who: 'system', action: 'person-added', subject: personId }])
    const row = ledger.sql('SELECT hex(pin_hash) AS hash, length(pin_salt) AS salt FROM person').get()
    expect(row).toMatchObject({ salt: 16 })
    expect(JSON.stringify(row)).not.toContain(Buffer.from(RIGHT).toString('hex').toUpperCase())
  })

  test('names who did it', () => {
    const { people, personId, ledger } = withPerson()
    people.add({ name: '이승인', pin: RIGHT, roles: ['checker', 'checker'] }, { practice: false, by: personId })
    expect(ledger.audit.list(0, 1).lines).toMatchObject([{ who: personId, detail: '{"roles":"checker"}' }])
  })

  test.each<[string, { name: string; pin: string; roles: readonly Role[] }, string]>([
    ['without a name', { name: ' \t ', pin: RIGHT, roles: ['maker'] }, 'name-missing'],
    ['with an endless name', { name: '가'.repeat(41), pin: RIGHT, roles: ['maker'] }, 'name-missing'],
    ['with a taken name', { name: ' 김기안 ', pin: RIGHT, roles: ['checker'] }, 'name-taken'],
    ['with a taken name in parts', { name: '김기안'.normalize('NFD'), pin: RIGHT, roles: ['checker'] }, 'name-taken'],
    ['without a role', { name: '이승인', pin: RIGHT, roles: [] }, 'role-missing'],
    ['with a weak PIN', { name: '이승인', pin: '123456', roles: ['checker'] }, 'pin-too-weak'],
  ])('%s is refused', (_, person, code) => {
    const { people } = withPerson()
    expect(problemOf(people.add(person, LIVE))?.code).toBe(code)
    expect(people.list()).toHaveLength(1)
  })
})

describe('a PIN', () => {
  test.each(['12345', '111111', '000000', '123456', '654321', '234567', 'abcdef', 'fedcba', '121212', '123123', ''])(
    'like %s is too weak',
    (pin) => expect(isWeakPin(pin, LIVE)).toBe(true),
  )
  test.each(['736152', '112233', '123457', '135792', 'correct horse', '환불결재승인'])('like %s is not', (pin) =>
    expect(isWeakPin(pin, LIVE)).toBe(false),
  )
  test('has at least four signs in practice, any of them, and at most 64', () => {
    const practice = { practice: true }
    expect([isWeakPin('123', practice), isWeakPin('1111', practice)]).toEqual([true, false])
    expect([isWeakPin('73'.repeat(32) + '1', practice), isWeakPin('7'.repeat(64), practice)]).toEqual([true, false])
  })
})

describe('verifying a PIN', () => {
  test('knows the right one, however its signs were typed', async () => {
    const { people, personId } = withPerson()
    expect(await people.verifyPin(personId, RIGHT)).toEqual({
      ok: true,
      value: { personId, name: '김기안', roles: ['maker'] },
    })
    const added = people.add({ name: '이승인', pin: '환불결재승인'.normalize('NFD'), roles: ['checker'] }, LIVE)
    if (!added.ok) throw new Error(added.problem.code)
    expect(await people.verifyPin(added.value.personId, '환불결재승인')).toMatchObject({ ok: true })
  })

  test('counts down to the lock, and a right one starts the count anew', async () => {
    const { people, personId } = withPerson()
    expect(await fail(people, personId, 4)).toEqual(
      [4, 3, 2, 1].map((left) => ({ code: 'pin-wrong', values: { left } })),
    )
    expect(await people.verifyPin(personId, RIGHT)).toMatchObject({ ok: true })
    expect(await fail(people, personId, 1)).toEqual([{ code: 'pin-wrong', values: { left: 4 } }])
  })

  test('locks at the fifth failure for five minutes, even for the right PIN', async () => {
    const { people, personId, clock } = withPerson()
    expect((await fail(people, personId, 5)).at(-1)).toEqual({ code: 'pin-locked', values: { minutes: 5 } })
    clock.advance(5 * MINUTE_MS - 1)
    expect(problemOf(await people.verifyPin(personId, RIGHT))).toEqual({ code: 'pin-locked', values: { minutes: 1 } })
    clock.advance(1)
    expect(await people.verifyPin(personId, RIGHT)).toMatchObject({ ok: true })
  })

  test('locks longer at each failure after that, up to a day', async () => {
    const { people, personId, clock } = withPerson()
    await fail(people, personId, 5)
    const minutes = []
    for (let time = 0; time < 10; time += 1) {
      clock.advance(24 * 60 * MINUTE_MS)
      const [problem] = await fail(people, personId, 1)
      minutes.push(problem?.values?.['minutes'])
    }
    expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440])
  })

  test('keeps the lock when the program is started again', async () => {
    const { people, personId, ledger, file } = withPerson()
    await fail(people, personId, 5)
    ledger.close()
    const again = createPeople(openTestLedger({ file }).ledger)
    expect(problemOf(await again.verifyPin(personId, RIGHT))?.code).toBe('pin-locked')
  })

  test('does not let many tries at once past the lock', async () => {
    const { people, personId } = withPerson()
    const tries = await Promise.all(Array.from({ length: 9 }, () => people.verifyPin(personId, WRONG)))
    expect(tries.map((each) => String(problemOf(each)?.code)).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'pin-locked'),
      ...Array.from({ length: 4 }, () => 'pin-wrong'),
    ])
    expect(problemOf(await people.verifyPin(personId, RIGHT))?.code).toBe('pin-locked')
  })

  test('never waits more than a day, though the clock was set back', async () => {
    const { people, personId, clock } = withPerson()
    await fail(people, personId, 5)
    clock.advance(-365 * 24 * 60 * MINUTE_MS)
    expect(problemOf(await people.verifyPin(personId, RIGHT))?.values).toEqual({ minutes: 1440 })
  })

  test('answers a stranger like a wrong PIN, after the same work', async () => {
    const { people, personId } = withPerson()
    const known = await timed(() => people.verifyPin(personId, WRONG))
    const unknown = await timed(() => people.verifyPin(STRANGER, WRONG))
    expect(unknown.result).toEqual(known.result)
    expect(unknown.ms).toBeGreaterThan(known.ms / 3)
  })

  test('leaves every failure in the log, with no PIN in it', async () => {
    const { people, personId, ledger } = withPerson()
    await fail(people, personId, 5)
    const { lines } = ledger.audit.list(0, 5)
    expect(lines.map(({ action }) => action)).toEqual([
      'pin-locked',
      'pin-wrong',
      'pin-wrong',
      'pin-wrong',
      'pin-wrong',
    ])
    expect(JSON.stringify(lines)).not.toContain(WRONG)
  })

  test('does not take a hash that was copied from another person', async () => {
    const { people, personId, ledger } = withPerson()
    const other = people.add({ name: '이승인', pin: '918273', roles: ['checker'] }, LIVE)
    if (!other.ok) throw new Error(other.problem.code)
    ledger.write(() =>
      ledger
        .sql(
          `UPDATE person SET (pin_salt, pin_hash) = (SELECT pin_salt, pin_hash FROM person WHERE person_id = ?1)
           WHERE person_id = ?2`,
        )
        .run(personId, other.value.personId),
    )
    expect(problemOf(await people.verifyPin(other.value.personId, RIGHT))?.code).toBe('pin-wrong')
  })

  async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
    const start = performance.now()
    const result = await work()
    return { result, ms: performance.now() - start }
  }
})
