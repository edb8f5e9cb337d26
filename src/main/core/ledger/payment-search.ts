import type { Ledger } from './open-ledger'
import { PAYMENT_COLUMNS, PaymentRowSchema, toPayment, type LedgerPayment } from './payments'
import { readCount, readRows } from './read-rows'

/**
 * Payments by part of the order number, PG key or product; by exact amount; by exact buyer name (keyed hash); by the tag
 * of a refund. Newest payment first, what was never paid last.
 */
export function searchPayments(
  ledger: Ledger,
  text: string,
  offset: number,
  limit: number,
): { total: number; rows: LedgerPayment[] } {
  const like = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const digits = text.replaceAll(/[,원\s]/g, '')
  const amount = /^\d{1,12}$/.test(digits) ? Number(digits) : -1
  const where = `(?1 = '%%' OR p.order_no LIKE ?1 ESCAPE '\\' OR p.pg_key LIKE ?1 ESCAPE '\\' OR p.product_name LIKE ?1 ESCAPE '\\'
    OR p.paid = ?2 OR p.payment_id IN (SELECT ref FROM blind_index WHERE kind = 'buyer' AND hash = ?3)
    OR p.payment_id IN (SELECT payment_id FROM attempt WHERE tag = ?4))`
  const buyer = ledger.cipher.hash('buyer', text.normalize('NFC'))
  const tag = text.toUpperCase()
  const total = readCount(
    ledger.sql(`SELECT COUNT(*) AS n FROM payment p WHERE ${where}`).get(like, amount, buyer, tag),
  )
  const rows = ledger
    .sql(
      `SELECT ${PAYMENT_COLUMNS} FROM payment p WHERE ${where}
       ORDER BY p.paid_at_ms IS NULL, p.paid_at_ms DESC, p.payment_id LIMIT ?5 OFFSET ?6`,
    )
    .all(like, amount, buyer, tag, limit, offset)
  return { total, rows: readRows(PaymentRowSchema, rows).map((row) => toPayment(ledger, row)) }
}
