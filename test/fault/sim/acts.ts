import {
  BatchIdSchema,
  DraftIdSchema,
  DriftCaseIdSchema,
  RowIdSchema,
  type BatchId,
  type RowId,
  type SessionId,
} from '../../../src/domain/ids'
import * as v from 'valibot'
import { carefulAct, carefulWord, inConsole, isKiccRow, type PersonsWord } from './console'
import type { RowFact } from './facts'
import type { FakePg, PgAccount } from './fake-pg'
import type { Machine } from './machine'
import type { Seeded } from './seeded'
import type { ShopPayment } from './shop'

export interface Desk {
  readonly seeded: Seeded
  readonly machine: Machine
  readonly pg: FakePg
  /** The simulation ends this run of the program as a person does who closes it. */
  readonly restart: () => void
}

type Act = readonly [weight: number, name: string, does: () => void]

const REASON = '확인함'
/** Few, so that several refunds of one payment go to one account. */
const ACCOUNTS = ['12345678901234', '12345678901234', '98765432109876'] as const
const AMOUNTS = [1_000, 2_000, 2_000, 5_000, 9_000] as const
/** More than this in the queue would only repeat what fewer show. */
const QUEUE_MAX = 8

/** One act of somebody at the desk, if there is anything to do; answers what it was. */
export function actOfUser(desk: Desk): string | null {
  const act = desk.seeded.weighted(possibleActs(desk).map((each) => [each[0], each] as const))
  if (act === null) return null
  act[2]()
  return act[1]
}

function possibleActs(desk: Desk): readonly Act[] {
  const { seeded, machine, pg, restart } = desk
  const { facts } = machine
  const rows = facts.rows()
  const paused = facts.paused()
  const as = (who: 'maker' | 'checker' | 'both', then: (session: SessionId) => void): void => machine.askAs(who, then)
  const anybody = (): 'maker' | 'checker' | 'both' => seeded.pick(['maker', 'checker', 'both'] as const)
  const busy = rows.filter((row) => row.state === 'waiting' || row.state === 'sending').length
  return [
    [busy < QUEUE_MAX ? 5 : 0, 'import', () => importFile(desk)],
    [desk.pg.kicc.notices.length > 0 ? 2.5 : 0, 'notices', () => importNotices(desk)],
    [2, 'sync', () => as(anybody(), (session) => machine.ask('sync.start', { session, input: { days: 90 } }))],
    paused
      ? [5, 'resume', () => as(anybody(), (session) => machine.ask('run.resume', { session, input: {} }))]
      : [0.4, 'pause', () => as(anybody(), (session) => machine.ask('run.pause', { session, input: {} }))],
    [0.7, 'restart', restart],
    ...draftActs(desk),
    ...batchActs(desk),
    ...rowActs(desk, rows),
    ...facts.openCases().flatMap((found): readonly Act[] => {
      const caseId = v.parse(DriftCaseIdSchema, found.caseId)
      const input = { caseId, reason: REASON }
      const act = carefulAct(machine, pg, found)
      if (act === null) return []
      const careless = isKiccRow(pg, found) ? 0 : 0.05
      return [
        [act === 'drift.adopt' ? 6 : 1, act, () => as(anybody(), (session) => machine.ask(act, { session, input }))],
        [careless, 'dismiss', () => as(anybody(), (session) => machine.ask('drift.dismiss', { session, input }))],
      ]
    }),
    [
      pg.accounts.length > 0 ? 0.3 : 0,
      'search',
      () =>
        as(anybody(), (session) =>
          machine.ask('payment.search', { session, input: { text: 'ORD', offset: 0, limit: 20 } }),
        ),
    ],
  ]
}

function draftActs({ seeded, machine }: Desk): readonly Act[] {
  return machine.facts.drafts().flatMap(({ draftId: id, fine }): readonly Act[] => {
    const draftId = v.parse(DraftIdSchema, id)
    const who = seeded.pick(['maker', 'both'] as const)
    const name = '묶음'
    return [
      [
        fine > 0 ? 8 : 0.1,
        'create',
        () =>
          machine.askAs(who, (session) =>
            machine.ask('batch.create', { session, input: { draftId, name, duplicatesIntended: true } }),
          ),
      ],
      [
        fine > 0 ? 0.2 : 2,
        'discard',
        () => machine.askAs(who, (session) => machine.ask('import.discard', { session, input: { draftId } })),
      ],
    ]
  })
}

function batchActs({ seeded, machine }: Desk): readonly Act[] {
  return machine.facts.batches().flatMap(({ batchId: id, state, makerId }): readonly Act[] => {
    const batchId = v.parse(BatchIdSchema, id)
    // Nobody is kept from trying what is not theirs; the program has to say no.
    const own = makerId === machine.staff.both ? 'both' : 'maker'
    const maker = seeded.chance(0.9) ? own : seeded.pick(['maker', 'both'] as const)
    const checker = own === 'both' || seeded.chance(0.6) ? 'checker' : 'both'
    const check: Act = [
      1,
      'check',
      () => machine.askAs(checker, (session) => machine.ask('batch.check', { session, input: { batchId } })),
    ]
    const withdraw: Act = [
      0.5,
      'withdraw',
      () =>
        machine.askAs(maker, (session) =>
          machine.ask('batch.withdraw', { session, input: { batchId, reason: REASON } }),
        ),
    ]
    if (state === 'draft' || state === 'checked') {
      return [
        check,
        [0.2, withdraw[1], withdraw[2]],
        [
          8,
          'submit',
          () =>
            machine.askAs(maker, (session) =>
              machine.ask('batch.submit', { session, input: { batchId, withoutBlocked: true } }),
            ),
        ],
      ]
    }
    if (state === 'submitted') return [check, withdraw, ...approvals(machine, batchId, checker)]
    return state === 'approved' || state === 'running' ? [withdraw] : []
  })
}

function approvals(machine: Machine, batchId: BatchId, checker: 'checker' | 'both'): readonly Act[] {
  return [
    [12, 'approve', () => machine.approve(checker, batchId, 'nothing')],
    [0.2, 'approve own', () => machine.approve('both', batchId, 'nothing')],
    [0.2, 'approve with a wrong PIN', () => machine.approve(checker, batchId, 'pin')],
    [0.2, 'approve other content', () => machine.approve(checker, batchId, 'content')],
    [
      0.3,
      'reject',
      () =>
        machine.askAs(checker, (session) =>
          machine.ask('batch.reject', { session, input: { batchId, reason: REASON } }),
        ),
    ],
  ]
}

const WORD_WEIGHTS: Readonly<Record<PersonsWord, number>> = {
  'row.decideOurs': 0.3,
  'row.decideNotSent': 0.3,
  'row.confirmPayout': 0.2,
  'row.payoutFailed': 0.3,
}

function rowActs(desk: Desk, rows: readonly RowFact[]): readonly Act[] {
  const { seeded, machine, pg } = desk
  return rows.flatMap((row): readonly Act[] => {
    if (isKiccRow(pg, row)) return kiccActs(desk, row)
    const { rowId: id, state } = row
    const rowId = v.parse(RowIdSchema, id)
    const input = { rowId, reason: REASON }
    const checker = seeded.pick(['checker', 'both'] as const)
    const cameBack = machine.facts
      .tagsOfRow(rowId)
      .some((tag) => pg.cancelsOf(tag).length > 0 && pg.effectsOf(tag).length === 0)
    const failed: Act = [
      cameBack && (state === 'accepted' || state === 'paid-out') ? 0.3 : 0,
      'payout failed',
      () => machine.askAs(checker, (session) => machine.ask('row.payoutFailed', { session, input })),
    ]
    if (state === 'paid-out') return [failed]
    if (state === 'accepted')
      return [
        failed,
        [
          0.1,
          'payout',
          () => machine.askAs(checker, (session) => machine.ask('row.confirmPayout', { session, input })),
        ],
      ]
    if (state === 'sending') return [look(machine, checker, rowId, 0.3)]
    if (state !== 'needs-look' && state !== 'pg-processing') return []
    return [
      look(machine, checker, rowId, 0.5),
      [
        0.12,
        'decide not sent',
        () => machine.askAs(checker, (session) => machine.ask('row.decideNotSent', { session, input })),
      ],
      [
        0.3,
        'decide ours',
        () => machine.askAs(checker, (session) => machine.ask('row.decideOurs', { session, input })),
      ],
    ]
  })
}

/** At KICC people look into its console before they say anything. */
function kiccActs({ seeded, machine, pg }: Desk, row: RowFact): readonly Act[] {
  const rowId = v.parse(RowIdSchema, row.rowId)
  const checker = seeded.pick(['checker', 'both'] as const)
  const word = carefulWord(row.state, inConsole(machine, pg, row))
  const open = row.state === 'needs-look' || row.state === 'sending'
  return [
    ...(open ? [look(machine, checker, rowId, 0.5)] : []),
    ...(word === null
      ? []
      : [
          [
            WORD_WEIGHTS[word],
            word,
            () => machine.askAs(checker, (session) => machine.ask(word, { session, input: { rowId, reason: REASON } })),
          ] as const,
        ]),
  ]
}

/** A part of the merchant's log, in any order, some lines twice: what the PG sent again, or what a file held already. */
function importNotices({ seeded, machine, pg }: Desk): void {
  const { notices } = pg.kicc
  const some = (share: number) => notices.filter(() => seeded.chance(share))
  const chosen = seeded.weighted<() => typeof notices>([
    [4, () => notices],
    [2, () => notices.slice(-seeded.between(1, 4))],
    [3, () => some(0.5).toSorted(() => seeded.next() - 0.5)],
    [1, () => [...some(0.3), ...some(0.3)]],
  ])
  const lines = (chosen?.() ?? notices).map((body) => JSON.stringify(body))
  if (lines.length === 0) return
  const file = noticesFile(lines)
  machine.askAs(seeded.pick(['maker', 'checker', 'both'] as const), (session) =>
    machine.ask('shell.importNotices', { session, file }),
  )
}

export const noticesFile = (lines: readonly string[]) => ({
  name: '알림.jsonl',
  bytes: new TextEncoder().encode(lines.join('\n')),
})

function look(machine: Machine, who: 'checker' | 'both', rowId: RowId, weight: number): Act {
  return [weight, 'look', () => machine.askAs(who, (session) => machine.ask('row.look', { session, input: { rowId } }))]
}

/** A file of one to three rows; amounts repeat, so that refunds of one payment are easily taken for one another. */
function importFile({ seeded, machine, pg }: Desk): void {
  const lines = Array.from(
    {
      length:
        seeded.weighted([
          [5, 1],
          [3, 2],
          [2, 3],
        ]) ?? 1,
    },
    () => {
      const account = seeded.pick(pg.accounts)
      return lineOf(account.payment, amountFor(seeded, pg, account), seeded.pick(ACCOUNTS))
    },
  )
  const text = ['주문번호,거래번호,환불금액,은행,계좌번호,예금주,연락처,환불사유', ...lines].join('\r\n')
  const file = { name: '환불요청.csv', bytes: new TextEncoder().encode(text) }
  machine.askAs(seeded.pick(['maker', 'both'] as const), (session) =>
    machine.ask('shell.importFile', { session, file }),
  )
}

function amountFor(seeded: Seeded, pg: FakePg, account: PgAccount): number {
  const left = account.payment.paid - pg.shownTotal(account)
  return left > 0 && seeded.chance(0.06) ? left : seeded.pick(AMOUNTS)
}

function lineOf({ orderNo, pgKey, pg, method }: ShopPayment, amount: number, accountNo: string): string {
  const needsAccount = pg === 'kicc' || method === 'virtual-account' || method === 'transfer'
  const account = needsAccount ? ['국민은행', accountNo, '홍길동', '010-1234-5678'] : ['', '', '', '']
  return [orderNo, pgKey, String(amount), ...account, '고객 변심'].join(',')
}
