import type { RowView } from '../../../src/contract/views'
import { BatchIdSchema, DriftCaseIdSchema, RowIdSchema, type SessionId } from '../../../src/domain/ids'
import * as v from 'valibot'
import { noticesFile } from './acts'
import { carefulAct, carefulWord, inConsole, isKiccRow } from './console'
import type { RowFact } from './facts'
import type { Machine } from './machine'
import { settleAtKicc, workOffLate } from './pg-acts'
import { drain, type World } from './world'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const ENDED = new Set([
  'accepted',
  'paid-out',
  'payout-failed',
  'failed',
  'stopped-drift',
  'stopped-rule',
  'cancelled',
  'expired',
])

/**
 * The end of a seed. Everything heals and days pass; then each row must have ended, or lie before a person with its
 * evidence, and our ledger must agree with the PG or say that it does not. At last people decide what is theirs to decide,
 * after which nothing may be open any more.
 */
export async function finishSeed(world: World): Promise<void> {
  const { machine, watch, trace, pg } = world
  world.healed = true
  world.doom = null
  if (world.stopping) await settle(world)
  pg.outage = false
  world.time.setOffset(0)
  // What was written while the program's clock stood in the future is in the past again.
  world.time.pass(Math.max(0, world.time.latestMs() - world.time.nowMs()))
  trace.tell('everything heals')
  await settle(world)
  if (machine.isDead()) trace.tell('  after a restart')
  await ask(world, 'run.resume', (session, on) => on.ask('run.resume', { session, input: {} }))
  while (pg.late.length > 0) workOffLate(pg, 0)
  carryOut(world)
  // Small steps first, since a repeat has its time; then days, since approvals and asynchronous refunds have theirs.
  for (const ms of [...Array<number>(5).fill(11 * MINUTE_MS), ...Array<number>(6).fill(20 * HOUR_MS)]) {
    await pass(world, ms)
    // What was sent meanwhile as well.
    carryOut(world)
  }
  settleKicc(world)
  await sync(world)
  await importNotices(world)
  if (watch.violation() !== null) return
  for (const { state } of world.machine.facts.rows()) world.count(`rows ended ${state}`)
  await judgeRows(world, false)
  judgeTotals(world)
  judgeLedger(world)
  if (watch.violation() !== null) return
  trace.tell('people decide')
  await decide(world)
  settleKicc(world)
  await sync(world)
  await importNotices(world)
  await decideAtKicc(world)
  await settleCasesAtKicc(world)
  await judgeRows(world, true)
  judgeTotals(world)
  judgeKicc(world)
  watch.afterStep()
  const money = world.machine.facts.money()
  await importNotices(world)
  if (money !== world.machine.facts.money())
    watch.fail('notices', 'broken', 'the same notifications once more have changed something')
}

/** What a PG was asked for takes effect. */
function carryOut({ pg }: World): void {
  for (const account of pg.accounts)
    for (const cancel of account.cancels) if (!cancel.gone && cancel.shownAtMs === null) pg.show(account, cancel)
}

/** Every refund that KICC has taken finds its fate. */
function settleKicc({ seeded, pg }: World): void {
  for (const account of pg.accounts)
    for (const cancel of account.payment.pg === 'kicc' ? account.cancels : [])
      if (cancel.tag !== null && !cancel.gone && !cancel.paidOut) settleAtKicc(seeded, pg, [[account, cancel]])
}

/** The whole log. */
async function importNotices(world: World): Promise<void> {
  const lines = world.pg.kicc.notices.map((body) => JSON.stringify(body))
  if (lines.length === 0) return
  const file = noticesFile(lines)
  await ask(world, 'notices', (session, machine) => machine.ask('shell.importNotices', { session, file }))
}

const kiccRows = ({ machine, pg }: World): readonly RowFact[] =>
  machine.facts.rows().filter((row) => isKiccRow(pg, row))

/** A checker goes through KICC's console, row by row, until there is nothing more to say. */
async function decideAtKicc(world: World): Promise<void> {
  const { pg } = world
  for (let round = 0; round < 3; round += 1) {
    for (const row of kiccRows(world)) {
      const word = carefulWord(row.state, inConsole(world.machine, pg, row))
      if (word === null) continue
      const input = { rowId: v.parse(RowIdSchema, row.rowId), reason: '콘솔 확인' }
      await ask(world, word, (session, machine) => machine.ask(word, { session, input }))
    }
  }
}

/** Cases at KICC are taken over or closed, until there is nothing more to say. */
async function settleCasesAtKicc(world: World): Promise<void> {
  const { pg } = world
  for (let round = 0; round < 3; round += 1) {
    for (const found of world.machine.facts.openCases()) {
      const act = isKiccRow(pg, found) ? carefulAct(world.machine, pg, found) : null
      if (act === null) continue
      const input = { caseId: v.parse(DriftCaseIdSchema, found.caseId), reason: '콘솔 확인' }
      await ask(world, act, (session, machine) => machine.ask(act, { session, input }))
    }
  }
}

/** Of KICC people know the truth in the end: every row says it, and so does every total. */
function judgeKicc(world: World): void {
  const { machine, watch, pg } = world
  for (const row of kiccRows(world)) {
    const shown = inConsole(machine, pg, row)
    world.count(`KICC rows ${row.state}`)
    const right =
      row.state === 'payout-failed'
        ? shown === 'came-back' || shown === 'rejected'
        : row.state === 'accepted' || row.state === 'paid-out'
          ? shown === 'asked' || shown === 'arrived'
          : shown === 'nothing' || (shown === 'rejected' && row.state === 'failed')
    if (!right) watch.fail('KICC', 'lost', `row ${row.rowId} is ${row.state}, the console says ${shown}`)
  }
  for (const { paymentId, pgKey, cancelled } of machine.facts.payments()) {
    const account = pg.account(pgKey)
    if (account?.payment.pg !== 'kicc') continue
    const theirs = pg.shownTotal(account)
    const isOpen = machine.facts.openCases().some((found) => found.paymentId === paymentId)
    if (isOpen) world.count('KICC cases that stay')
    const isMarked = machine.facts.unplaced().includes(paymentId)
    if (isMarked) world.count('KICC payments with a notification without a place')
    if (cancelled !== theirs && !isOpen && !isMarked)
      watch.fail('I6', 'lost', `${paymentId}: we hold ${cancelled}, KICC ${theirs}, and no case says so`)
  }
}

/** Everything under way arrives and is answered. */
async function settle(world: World): Promise<void> {
  for (let turns = 0; turns < 500; turns += 1) {
    await drain(world)
    const [call] = world.machine.calls.open
    if (call === undefined) return
    world.time.pass(50)
    if (call.stage === 'leaving') call.arrive()
    else call.answer()
  }
  world.watch.fail('rest', 'broken', 'the program never stops asking the PG')
}

async function pass(world: World, ms: number): Promise<void> {
  world.time.pass(ms)
  for (let wakes = 0; wakes < 40 && world.machine.waits.firstMs() === 0; wakes += 1) {
    world.machine.waits.endFirst()
    await settle(world)
  }
}

async function ask(
  world: World,
  name: string,
  send: (session: SessionId, machine: Machine) => void,
  who: 'maker' | 'checker' = 'checker',
): Promise<void> {
  const { machine } = world
  world.trace.tell(`  ${name}`)
  machine.askAs(who, (session) => send(session, machine))
  await settle(world)
}

const sync = (world: World): Promise<void> =>
  ask(world, 'sync', (session, machine) => machine.ask('sync.start', { session, input: { days: 90 } }))

/** What the program shows of every row. */
async function shownRows(world: World): Promise<readonly RowView[]> {
  const answers: ReturnType<typeof world.machine.core.command<'batch.rows'>>[] = []
  for (const { batchId } of world.machine.facts.batches()) {
    await ask(world, 'rows', (session, machine) => {
      const input = { batchId: v.parse(BatchIdSchema, batchId), filter: 'all' as const, offset: 0, limit: 100 }
      answers.push(machine.core.command('batch.rows', { session, input }))
    })
  }
  return (await Promise.all(answers)).flatMap((answer) => (answer.ok ? answer.value.rows : []))
}

async function judgeRows(world: World, afterPeople: boolean): Promise<void> {
  const { machine, watch, pg } = world
  const rows = machine.facts.rows()
  const shown = new Map((await shownRows(world)).map((row) => [String(row.rowId), row]))
  for (const row of rows) {
    const view = shown.get(row.rowId)
    const name = `row ${row.rowId} (${row.state})`
    if (view === undefined || view.state !== row.state) {
      watch.fail('I9', 'lost', `${name} is shown as ${view?.state ?? 'nothing'}`)
      continue
    }
    const effects = machine.facts.tagsOfRow(row.rowId).flatMap((tag) => pg.effectsOf(tag))
    // Before people have looked into the console, only what was notified is known.
    if (ENDED.has(row.state) && !afterPeople && isKiccRow(pg, row)) continue
    if (ENDED.has(row.state)) {
      // A case says so, somebody has taken the PG's history over, or an open refund of the payment has to be ended first.
      const told =
        machine.facts
          .payments()
          .some((each) => each.paymentId === row.paymentId && (each.flagged === 1 || each.open === 1)) ||
        watch.decided.has(row.rowId) ||
        machine.facts.adopted(row.paymentId)
      const green = row.state === 'accepted' || row.state === 'paid-out'
      if (green && effects.length === 0 && !told)
        watch.fail('end', 'lost', `${name} holds nothing at the PG and nobody is told`)
      if (!green && effects.length > 0 && !told)
        watch.fail('end', 'lost', `${name} took effect at the PG and nobody is told`)
      continue
    }
    // What stands behind an open refund of the same payment waits for it, as long as its approval lives.
    const blocked = machine.facts.payments().some((each) => each.paymentId === row.paymentId && each.open === 1)
    if (row.state === 'waiting' && blocked && !afterPeople) continue
    const looked = machine.facts.lookedAt(row.rowId)
    // Days have passed, so what is still open is a person's.
    const forPerson = row.state === 'needs-look' && view.next === 'decide'
    if (afterPeople || !forPerson || looked === null)
      watch.fail('end', 'lost', `${name} has not ended (${looked ?? 'no evidence'}, next: ${view.next})`)
  }
  for (const { batchId, state } of machine.facts.batches()) {
    const open = rows.some((row) => row.batchId === batchId && !ENDED.has(row.state))
    if ((state === 'approved' || state === 'running') && !open)
      watch.fail('end', 'broken', `batch ${batchId} is ${state} and has nothing left to do`)
  }
}

/** I6: for a payment with nothing open, our total is the PG's, or a case says that it is not. */
function judgeTotals(world: World): void {
  const { machine, watch, pg } = world
  for (const { paymentId, pgKey, cancelled, open, flagged } of machine.facts.payments()) {
    const account = pg.account(pgKey)
    if (open === 1 || account === undefined || account.payment.pg === 'kicc') continue
    const theirs = pg.shownTotal(account)
    if (cancelled !== theirs && flagged === 0)
      watch.fail('I6', 'lost', `${paymentId}: we hold ${cancelled}, the PG ${theirs}, and no case says so`)
  }
}

/** I7, I12: the file is sound and the audit chain holds. */
function judgeLedger(world: World): void {
  const trouble = world.machine.facts.trouble()
  if (trouble !== null) world.watch.fail('I12', 'broken', trouble)
}

/** Every open row is decided by a checker, every case adopted. */
async function decide(world: World): Promise<void> {
  const reason = '확인함'
  await decideAtKicc(world)
  for (const { rowId: id, state, paymentId } of world.machine.facts.rows()) {
    if (ENDED.has(state) || isKiccRow(world.pg, { paymentId })) continue
    const rowId = v.parse(RowIdSchema, id)
    await ask(world, 'decide ours', (session, machine) =>
      machine.ask('row.decideOurs', { session, input: { rowId, reason } }),
    )
    await ask(world, 'decide not sent', (session, machine) =>
      machine.ask('row.decideNotSent', { session, input: { rowId, reason } }),
    )
  }
  await pass(world, DAY_MS)
}
