const LOOK_UP = [
  {
    file: 'src/main/core/runner/recover.ts',
    find: `      to: 'unknown',
      what: 'recovered-sending',
      rowState: 'needs-look',
      problem: problem('pg-answer-lost'),`,
    replace: `      to: 'not-sent', what: 'not-sent', rowState: 'waiting', problem: null,`,
  },
]

const ONE_OPEN_ATTEMPT = [
  {
    file: 'src/main/core/ledger/migrations/0001-first-ledger.ts',
    find: `CREATE UNIQUE INDEX attempt_one_open ON attempt (payment_id)
  WHERE state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending');`,
    replace: ``,
  },
  {
    file: 'src/main/core/ledger/outbox.ts',
    find: `WHERE o.state = 'waiting' AND a.hold_until_ms`,
    replace: `WHERE o.state IN ('waiting', 'needs-look') AND a.hold_until_ms`,
  },
  {
    file: 'src/main/core/ledger/outbox.ts',
    find: `AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = o.payment_id
             AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
           AND NOT EXISTS (SELECT 1 FROM outbox e`,
    replace: `AND NOT EXISTS (SELECT 1 FROM outbox e`,
  },
  {
    file: 'src/main/core/runner/judge-row.ts',
    find: `if (row?.state !== 'waiting') return`,
    replace: `if (row?.state !== 'waiting' && row?.state !== 'needs-look') return`,
  },
  {
    file: 'src/main/core/runner/judge-row.ts',
    find: `if (payment.openAttempt || shared) return later(problem('payment-blocked-open-attempt'))`,
    replace: ``,
  },
]

const NO_TRANSACTION_TRIGGER = {
  file: 'src/main/core/ledger/migrations/0005-several-pgs.ts',
  find: `BEGIN SELECT RAISE(ABORT, 'another refund of this transaction is not settled'); END;`,
  replace: `BEGIN SELECT 1; END;`,
}

const PASSING_BALANCE = {
  file: 'src/main/core/runner/judge-row.ts',
  find: `if (balancesDiffer(payment)) {`,
  replace: `if (Number(0)) {`,
}

const NO_BALANCE = [
  { file: 'src/main/core/pg/portone-v2/encode.ts', find: `      currentCancellableAmount: checksum,\n`, replace: `` },
  {
    file: 'src/main/core/pg/portone-v2/cancel.ts',
    find: `body['amount'] === intent.amount && body['currentCancellableAmount'] === intent.checksum &&`,
    replace: `body['amount'] === intent.amount &&`,
  },
]

/**
 * The guards that the campaign must miss when they are gone, each as exact replacements in the sources on their way into
 * a bundle (scripts/run/fault-bundle.mjs). Nothing of this is in the program. When a source changes, the bundling says
 * which text it no longer finds: aim it anew, so that the guard is really off. Without it something must be doubled or
 * lost; where the PG itself would stop that, the campaign must say the words under `shows`.
 *
 * @type {readonly { id: string, what: string, fault: string, pg: string, shows?: string, mutations: { file: string, find: string, replace: string }[] }[]}
 */
export const GUARDS = [
  {
    id: 'intent-commit',
    what: 'the request leaves before its intent is committed',
    fault: 'F01',
    pg: 'portone-v1',
    mutations: [
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `const attemptId = ledger.write(() => commitIntent(context, queued, payment, seen, intent, encoded, atMs))`,
        replace: `const attemptId = ('late ' + Math.random()) as never;
  ((globalThis as any).late ??= new Map()).set(attemptId, {
    commit: () => commitIntent(context, queued, payment, seen, intent, encoded, atMs),
    send: () => context.gatewayOf(payment.channelId).sendCancel(encoded, intent),
  })`,
      },
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `  const { ledger } = context
  const attempt = ledger.write(() => {
    if (sendingStop(context) !== null) return null
    markSending(`,
        replace: `  const { ledger } = context
  const late = (globalThis as any).late?.get(attemptId)
  const early = late === undefined ? null : await late.send()
  if (late !== undefined) attemptId = ledger.write(late.commit) as never
  const attempt = ledger.write(() => {
    if (sendingStop(context) !== null) return null
    markSending(`,
      },
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `const outcome = await context.gatewayOf(channelId).sendCancel(attempt.encoded, attempt.intent)`,
        replace: `const outcome = early ?? (await context.gatewayOf(channelId).sendCancel(attempt.encoded, attempt.intent))`,
      },
    ],
  },
  {
    id: 'checksum',
    what: 'no checksum is sent, and a balance that differs passes',
    fault: 'F10',
    pg: 'portone-v1',
    mutations: [
      {
        file: 'src/main/core/pg/portone-v1/encode.ts',
        find: `      checksum,
      tax_free`,
        replace: `      tax_free`,
      },
      {
        file: 'src/main/core/pg/portone-v1/cancel.ts',
        find: `body['checksum'] === intent.checksum &&`,
        replace: ``,
      },
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `if (balancesDiffer(payment)) {`,
        replace: `if (Number(0)) {`,
      },
    ],
  },
  ...['portone-v1', 'kicc', 'portone-v2'].map((pg) => ({
    id: 'look-up',
    what: 'what was being sent when the program died counts as never sent',
    fault: 'F01',
    pg,
    mutations: LOOK_UP,
  })),
  // At KICC that of the transaction stands for it.
  ...['portone-v1', 'portone-v2'].map((pg) => ({
    id: 'one-open-attempt',
    what: 'an open attempt keeps no other attempt off',
    fault: 'F04',
    pg,
    mutations: ONE_OPEN_ATTEMPT,
  })),
  {
    id: 'open-transaction',
    what: 'an open refund of one deposit does not keep off that of another deposit of the account',
    fault: 'F04',
    pg: 'kicc',
    shows: 'unflagged_second_refund',
    mutations: [
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `payment.openAttempt || shared`,
        replace: `payment.openAttempt`,
      },
      NO_TRANSACTION_TRIGGER,
    ],
  },
  {
    id: 'not-found',
    what: 'a request that KICC does not find counts as never sent',
    fault: 'F04',
    pg: 'kicc',
    mutations: [
      {
        file: 'src/main/core/runner/look-at-requests.ts',
        find: `      note(context, attemptId, { what: 'request-not-found', pgMessage: null, transcript })`,
        replace: `      settleAttempt(context, attemptId, { to: 'not-sent', what: 'not-sent', rowState: 'waiting', problem: null,
        pgMessage: null, transcript, payment: null, cancel: null })`,
      },
    ],
  },
  {
    id: 'another-refund',
    what: 'what KICC answers for the last refund of a payment and an amount counts as ours',
    fault: 'F05',
    pg: 'kicc',
    mutations: [
      {
        file: 'src/main/core/runner/look-at-requests.ts',
        find: `isAnother(context, attempt, finding.cancel)`,
        replace: `finding.kind === 'accepted' && Number(0)`,
      },
    ],
  },
  {
    id: 'question-flag',
    what: 'the question for a lost real-time refund leaves without its flag',
    fault: 'F04',
    pg: 'kicc',
    mutations: [
      {
        file: 'src/main/core/pg/kicc/find-request.ts',
        find: `deps.settings.flaggedQueryKey === 'new'`,
        replace: `Number(1)`,
      },
      { file: 'src/main/core/pg/kicc/find-request.ts', find: `    refundQueryFlag: 'Y',\n`, replace: `` },
      {
        file: 'src/main/core/pg/kicc/find-request.ts',
        find: `  assert(json.ok && parseWith(QuestionSchema, json.value) !== null, 'a question without its flag must not leave')\n`,
        replace: ``,
      },
    ],
  },
  {
    id: 'used-key',
    what: 'that its key is used up counts as the success of a refund over KICC',
    fault: 'F07',
    pg: 'kicc',
    mutations: [
      {
        file: 'src/main/core/pg/kicc/revise.ts',
        find: `    case 'refusal':
      return unproven(said.words)`,
        replace: `    case 'refusal':
      if (said.kind === 'refusal' && said.code === 'PR06') {
        const { amount } = asked.intent
        const cancel = { cancelKey: null, pgTransactionKey: null, amount, cancelledAtMs: answer.endedAtMs, reason: '' }
        return { kind: 'accepted', payment: null, cancel, balanceAfter: null, receiptTrouble: null, transcript }
      }
      return unproven(said.words)`,
      },
    ],
  },
  {
    id: 'day-at-sending',
    what: 'a request to KICC leaves although its day is over',
    fault: 'F16',
    pg: 'kicc',
    shows: 'left on another day than it names',
    mutations: [
      {
        file: 'src/main/core/pg/kicc/revise.ts',
        find: `  if (!isOfToday(request, deps.nowMs())) return unsent(problem('pg-day-passed'))\n`,
        replace: ``,
      },
    ],
  },
  {
    id: 'key-of-its-day',
    what: 'the key of a refund over KICC does not hold its day',
    fault: 'F16',
    pg: 'kicc',
    shows: 'was asked under a key without its day',
    mutations: [
      {
        file: 'src/main/core/pg/kicc/encode.ts',
        find: '`${tag}-${dayText(requestedOn)}`',
        replace: '`${tag}-${String(requestedOn).length}`',
      },
    ],
  },
  {
    id: 'balance',
    what: 'PortOne V2 is not told the balance, and a balance that differs passes',
    fault: 'F10',
    pg: 'portone-v2',
    mutations: [...NO_BALANCE, PASSING_BALANCE],
  },
  {
    id: 'idempotency-key',
    what: 'a repeat to PortOne V2 has another key, and the balance is not told',
    fault: 'F04',
    pg: 'portone-v2',
    // A whole payment cannot be cancelled twice: the PG itself stops the second one.
    shows: 'no_cancellable_amount',
    mutations: [
      ...NO_BALANCE,
      {
        file: 'src/main/core/pg/portone-v2/cancel.ts',
        find: `'idempotency-key': idempotencyKey(intent.tag),`,
        replace: `'idempotency-key': idempotencyKey(intent.tag).slice(0, -1) + Math.random().toString(36).slice(2) + '"',`,
      },
    ],
  },

  {
    id: 'checksum',
    what: 'no checksum is sent',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/pg/portone-v1/encode.ts',
        find: `      checksum,\n      tax_free`,
        replace: `      tax_free`,
      },
    ],
  },
  {
    id: 'our-balance',
    what: "the PG's balance is the checksum, and a difference stops nothing",
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `const checksum = payment.ledgerBalance\n`,
        replace: `const checksum = payment.pgBalance\n`,
      },
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `if (balancesDiffer(payment)) {`,
        replace: `if (Number(0)) {`,
      },
    ],
  },
  {
    id: 'intent-commit',
    what: 'the request leaves before "may have left" is committed',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `    markSending(ledger, attemptId, context.nowMs())\n`,
        replace: `    if (requireAttempt(ledger, attemptId).state === 'unknown') markSending(ledger, attemptId, context.nowMs())\n`,
      },
    ],
  },
  {
    id: 'look-up',
    what: 'what was being sent when the program died counts as never sent',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/recover.ts',
        find: `      to: 'unknown',\n      what: 'recovered-sending',\n      rowState: 'needs-look',\n      problem: problem('pg-answer-lost'),`,
        replace: `      to: 'not-sent', what: 'not-sent', rowState: 'waiting', problem: null,`,
      },
    ],
  },
  {
    id: 'one-open-attempt',
    what: 'an open attempt keeps no other attempt off',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/ledger/migrations/0001-first-ledger.ts',
        find: `CREATE UNIQUE INDEX attempt_one_open`,
        replace: `CREATE INDEX attempt_one_open`,
      },
      {
        file: 'src/main/core/ledger/outbox.ts',
        find: `AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = o.payment_id
             AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
           AND NOT EXISTS (SELECT 1 FROM outbox e`,
        replace: `AND NOT EXISTS (SELECT 1 FROM outbox e`,
      },
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `if (payment.openAttempt || shared) return`,
        replace: `if (shared) return`,
      },
    ],
  },
  {
    id: 'lost-answer',
    what: 'a lost answer counts as not sent',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/answer.ts',
        find: `        to: 'unknown',
        what: outcome.why === 'odd-answer' ? 'odd-answer' : 'answer-lost',
        rowState: 'needs-look',`,
        replace: `        to: 'not-sent', what: 'answer-lost', rowState: 'waiting',`,
      },
    ],
  },
  {
    id: 'tag',
    what: 'a cancel of our amount counts as ours without our tag',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/domain/attribution.ts',
        find: `? { kind: 'proposal', cancel: only }`,
        replace: `? { kind: 'found', cancel: only }`,
      },
    ],
  },
  {
    id: 'v2-balance',
    what: 'PortOne V2 is not told the balance that it has to compare',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/pg/portone-v2/encode.ts',
        find: `      currentCancellableAmount: checksum,\n`,
        replace: ``,
      },
    ],
  },
  {
    id: 'kicc-day',
    what: 'a request to KICC leaves on another day than its own',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/pg/kicc/revise.ts',
        find: `dayText(kstDate(nowMs)) === fields.cancelReqDate`,
        replace: `nowMs > 0 && fields.cancelReqDate !== ''`,
      },
    ],
  },
  {
    id: 'kicc-transaction',
    what: 'an open refund of a KICC transaction keeps none of its other deposits off',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/ledger/migrations/0005-several-pgs.ts',
        find: `CREATE TRIGGER attempt_one_open_of_transaction BEFORE INSERT ON attempt
WHEN EXISTS (`,
        replace: `CREATE TRIGGER attempt_one_open_of_transaction BEFORE INSERT ON attempt
WHEN 1 = 0 AND EXISTS (`,
      },
      {
        file: 'src/main/core/ledger/outbox.ts',
        find: `\${filter.byTransaction ? FIRST_OF_TRANSACTION : ''}`,
        replace: ``,
      },
      {
        file: 'src/main/core/runner/judge-row.ts',
        find: `if (payment.openAttempt || shared) return`,
        replace: `if (payment.openAttempt) return`,
      },
    ],
  },
  {
    id: 'kicc-none',
    what: 'a request that KICC does not know so far counts as not sent',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/look-at-requests.ts',
        find: `      note(context, attemptId, { what: 'request-not-found', pgMessage: null, transcript })`,
        replace: `      settleAttempt(context, attemptId, { to: 'not-sent', what: 'request-not-found', rowState: 'waiting',
        problem: null, pgMessage: null, transcript, payment: null, cancel: null })`,
      },
    ],
  },
  {
    id: 'kicc-unsettled',
    what: 'a request whose result KICC does not know itself counts as not sent',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/runner/look-at-requests.ts',
        find: `      note(context, attemptId, { what: 'request-unsettled', pgMessage: finding.pgMessage, transcript })`,
        replace: `      settleAttempt(context, attemptId, { to: 'not-sent', what: 'request-unsettled', rowState: 'waiting',
        problem: null, pgMessage: null, transcript, payment: null, cancel: null })`,
      },
    ],
  },
  {
    id: 'sent-back',
    what: 'a transfer that came back, told without its refund, counts for the only one that still stands',
    fault: 'SIM',
    pg: 'mixed',
    mutations: [
      {
        file: 'src/main/core/usecases/place-notice.ts',
        find: `if (atMs === null || maybeTaken(context, payments).length > 0) return null`,
        replace: `if (atMs === null) return null`,
      },
      {
        file: 'src/main/core/usecases/place-notice.ts',
        find: `failedBy !== 'notice' &&`,
        replace: `failedBy === null &&`,
      },
    ],
  },
]

/** The proofs that the short form has time for. */
export const SHORT_GUARDS = ['desk-without-checksum', 'desk-without-look-up']

/** The bundle in which a guard is off: of the desk, or of the simulation. Some guards are tried at several PGs. */
export function bundleWithout({ id, fault, pg }) {
  return `${fault === 'SIM' ? 'sim' : 'desk'}-without-${id}${pg === 'portone-v1' ? '' : `-${pg}`}`
}

/** A program that knows one migration more, for the faults of a migration. */
export const ONE_MIGRATION_MORE = [
  {
    file: 'src/main/core/ledger/migrate.ts',
    find: `export function ledgerVersion(`,
    replace: `;(MIGRATIONS as Migration[]).push({
  version: MIGRATIONS.length + 1,
  name: 'one-more',
  sql: \`CREATE TABLE one_more (row_id TEXT NOT NULL PRIMARY KEY, amount INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO one_more (row_id, amount) SELECT row_id, amount FROM refund_row;
    CREATE INDEX one_more_by_amount ON one_more (amount);
    ALTER TABLE setting ADD COLUMN one_more TEXT;\`,
})

export function ledgerVersion(`,
  },
]
