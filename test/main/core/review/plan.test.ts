import { test } from 'vitest'
import { openTestLedger } from '../../../support/open-test-ledger'
test('plan', () => {
  const { ledger } = openTestLedger()
  for (const q of [`SELECT o.row_id FROM outbox o JOIN approval a ON a.batch_id = o.batch_id
         WHERE o.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.payment_id = o.payment_id
           AND t.state IN ('prepared', 'sending', 'unknown', 'unproven', 'pending'))
         ORDER BY o.queue_no LIMIT 50`, `SELECT a.batch_id AS batchId FROM approval a WHERE a.expires_at_ms < 5
         AND EXISTS (SELECT 1 FROM outbox o WHERE o.batch_id = a.batch_id AND o.state = 'waiting')`,
         `SELECT 1 FROM outbox WHERE batch_id = 'x' AND state IN ('waiting', 'sending', 'needs-look', 'pg-processing') LIMIT 1`])
  console.log((ledger.sql('EXPLAIN QUERY PLAN ' + q).all() as {detail:string}[]).map((r) => r.detail).join('\n'))
})
