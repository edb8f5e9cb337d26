/**
 * Guards that the simulation must miss when they are gone: exact replacements in the sources on their way into its bundle,
 * never on the disk. When a source changes, the bundling says which text it no longer finds: aim it anew.
 */
export const SIM_GUARDS = [
  {
    id: 'checksum',
    what: 'no checksum is sent',
    fault: 'SIM',
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
    mutations: [
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `const checksum = payment.ledgerBalance\n`,
        replace: `const checksum = payment.pgBalance\n`,
      },
      { file: 'src/main/core/runner/attempt.ts', find: `if (balancesDiffer(payment)) {`, replace: `if (Number(0)) {` },
    ],
  },
  {
    id: 'intent-commit',
    what: 'the request leaves before "may have left" is committed',
    fault: 'SIM',
    mutations: [
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `    markSending(ledger, attemptId, context.nowMs())\n`,
        replace: `    if (attempt.state === 'unknown') markSending(ledger, attemptId, context.nowMs())\n`,
      },
    ],
  },
  {
    id: 'look-up',
    what: 'what was being sent when the program died counts as never sent',
    fault: 'SIM',
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
    mutations: [
      {
        file: 'src/main/core/ledger/migrations/0001-first-ledger.ts',
        find: `CREATE UNIQUE INDEX attempt_one_open`,
        replace: `CREATE INDEX attempt_one_open`,
      },
      {
        file: 'src/main/core/ledger/outbox.ts',
        find: `WHERE o.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = o.payment_id
           AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))`,
        replace: `WHERE o.state = 'waiting'`,
      },
      {
        file: 'src/main/core/runner/attempt.ts',
        find: `if (payment.openAttempt) return`,
        replace: `if (Number(0)) return`,
      },
    ],
  },
  {
    id: 'changed-history',
    what: 'a request is repeated though the history changed',
    fault: 'SIM',
    mutations: [
      {
        file: 'src/main/core/runner/look.ts',
        find: `  const finding = findEffect(attempt, seen)
  switch (finding.kind) {`,
        replace: `  const finding = findEffect(attempt, seen)
  if (finding.kind === 'changed-otherwise') return nothingChanged(context, attempt, seen, askedAtMs, mayRepeat)
  switch (finding.kind) {`,
      },
    ],
  },
  {
    id: 'lost-answer',
    what: 'a lost answer counts as not sent',
    fault: 'SIM',
    mutations: [
      {
        file: 'src/main/core/runner/settle.ts',
        find: `        to: 'unknown',
        what: outcome.why === 'odd-answer' ? 'odd-answer' : 'answer-lost',
        rowState: 'needs-look',`,
        replace: `        to: 'not-sent', what: 'answer-lost', rowState: 'waiting',`,
      },
    ],
  },
  {
    id: 'repeat-once',
    what: 'a request is repeated as often as it seems needed',
    fault: 'SIM',
    mutations: [
      {
        file: 'src/main/core/runner/look.ts',
        find: `repeatedBefore: attempt.sentCount > 1`,
        replace: `repeatedBefore: false`,
      },
    ],
  },
  {
    id: 'tag',
    what: 'a cancel of our amount counts as ours without our tag',
    fault: 'SIM',
    mutations: [
      {
        file: 'src/domain/attribution.ts',
        find: `? { kind: 'proposal', cancel: only }`,
        replace: `? { kind: 'found', cancel: only, by: 'tag' }`,
      },
    ],
  },
]
