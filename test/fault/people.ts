import type { RowView } from '../../src/contract/views'
import type { Problem } from '../../src/domain/problem'
import type { Result } from '../../src/domain/result'
import { noticeLines } from '../../src/practice/kicc/notices'
import type { PracticePg } from '../../src/practice/server'
import type { Desk } from './desk'
import { effectsIn } from './pgs'

export const MAKER = { name: '김담당', pin: '1111', roles: ['maker', 'admin'] } as const
export const CHECKER = { name: '이승인', pin: '2222', roles: ['checker'] } as const

export interface People {
  readonly session: string
  readonly checkerId: string
}

export function unwrap<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(`unexpected problem: ${JSON.stringify(result.problem)}`)
  return result.value
}

/** Signs the maker in; costs a tenth of a second of thinking about a PIN. */
export async function signIn(desk: Desk): Promise<People> {
  const { maker, checker } = await peopleOf(desk)
  const { session } = unwrap(await desk.command('shell.openSession', { personId: maker.personId, pin: MAKER.pin }))
  return { session, checkerId: checker.personId }
}

async function peopleOf(desk: Desk) {
  const people = unwrap(await desk.command('shell.people', null))
  const maker = people.find(({ name }) => name === MAKER.name)
  const checker = people.find(({ name }) => name === CHECKER.name)
  if (maker === undefined || checker === undefined) throw new Error('a practice ledger has two people')
  return { maker, checker }
}

export async function submitted(desk: Desk, people: People, csv: string, name: string): Promise<string> {
  const session = people.session as never
  const draft = unwrap(await desk.importText({ session, file: { name: `${name}.csv`, text: csv } }))
  const batch = unwrap(
    await desk.command('batch.create', {
      session,
      input: { draftId: draft.draftId, name, duplicatesIntended: true },
    }),
  )
  unwrap(await desk.command('batch.submit', { session, input: { batchId: batch.batchId, withoutBlocked: false } }))
  return batch.batchId
}

export async function approve(desk: Desk, people: People, batchId: string): Promise<Result<unknown, Problem>> {
  const session = people.session as never
  const offer = await desk.command('shell.approvalDigest', { session, batchId: batchId as never })
  if (!offer.ok) return offer
  return desk.command('shell.approve', {
    batchId: batchId as never,
    personId: people.checkerId as never,
    pin: CHECKER.pin,
    contentHash: offer.value.digest.contentHash,
  })
}

/** The log of the shop's own server, as it is by now. Answers the PG's numbers of refunds that no row of ours has. */
export async function importNotices(desk: Desk, people: People, pg: PracticePg): Promise<readonly string[]> {
  const text = noticeLines(pg.kiccNotices())
  if (text === '') return []
  const session = people.session as never
  const report = unwrap(await desk.importNotices({ session, file: { name: '알림.jsonl', text } }))
  const odd = report.problems.filter(({ problem }) => problem.code !== 'notice-without-row')
  if (odd.length > 0) throw new Error(`notifications were not read: ${JSON.stringify(odd.slice(0, 3))}`)
  return report.problems.map(({ problem }) => String(problem.values?.['key']))
}

/**
 * What a person does with refunds over KICC that nothing but a person can settle: reads the notifications, then looks at
 * KICC's own console, which tells the truth, and decides by it. Answers how many were decided.
 */
export async function decideAtKicc(desk: Desk, pg: PracticePg): Promise<number> {
  const people = await signIn(desk)
  await importNotices(desk, people, pg)
  const rows = await needingLook(desk, people)
  if (rows.length === 0) return 0
  const { checker } = await peopleOf(desk)
  const opened = unwrap(await desk.command('shell.openSession', { personId: checker.personId, pin: CHECKER.pin }))
  const session = opened.session as never
  for (const { rowId } of rows) {
    const looked = unwrap(await patiently(() => desk.command('row.look', { session, input: { rowId } })))
    if (looked.row.state !== 'needs-look') continue
    const tag = looked.attempts.at(-1)?.tag
    const shown = effectsIn(pg.books).some((effect) => effect.tag === tag)
    const input = { rowId, reason: '콘솔에서 확인' }
    const decide = shown ? 'row.decideOurs' : 'row.decideNotSent'
    unwrap(await patiently(() => desk.command(decide, { session, input })))
  }
  return rows.length
}

/** The campaign's own work may keep the PG from answering within the desk's quick time: a person tries again. */
async function patiently<T>(work: () => Promise<Result<T, Problem>>): Promise<Result<T, Problem>> {
  for (let tries = 0; ; tries += 1) {
    const result = await work()
    if (result.ok || result.problem.code !== 'pg-timeout' || tries >= 10) return result
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function needingLook(desk: Desk, people: People): Promise<readonly RowView[]> {
  const session = people.session as never
  const rows: RowView[] = []
  for (;;) {
    const page = unwrap(await desk.command('row.needingLook', { session, input: { offset: rows.length, limit: 100 } }))
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows.filter(({ pg }) => pg === 'kicc')
  }
}
