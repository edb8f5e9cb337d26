import * as v from 'valibot'
import type { AuditStore } from '../audit/audit'
import type { AuditLine } from '../audit/chain'
import { blobSchema, readCount, readRow, readRows } from './read-rows'
import type { UnitOfWork } from './unit-of-work'

const COLUMNS = 'seq, at_ms AS atMs, who, action, subject, detail, previous_hash AS previousHash, hash'

const LineSchema = v.object({
  seq: v.number(),
  atMs: v.number(),
  who: v.string(),
  action: v.string(),
  subject: v.string(),
  detail: v.string(),
  previousHash: blobSchema,
  hash: blobSchema,
})

const HeadRowSchema = v.object({ value: v.string() })
const HeadSchema = v.object({ seq: v.number(), hash: v.string(), seal: v.string() })

/** The audit log's table, and its head in `meta`. */
export function createAuditLines(work: Pick<UnitOfWork, 'sql' | 'assertWriting'>): AuditStore {
  return {
    newest() {
      return readRow(LineSchema, work.sql(`SELECT ${COLUMNS} FROM audit ORDER BY seq DESC LIMIT 1`).get())
    },

    after(seq, limit) {
      return readRows(
        LineSchema,
        work.sql(`SELECT ${COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`).all(seq, limit),
      )
    },

    page(offset, limit) {
      return readRows(
        LineSchema,
        work.sql(`SELECT ${COLUMNS} FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?`).all(limit, offset),
      )
    },

    count() {
      return readCount(work.sql('SELECT COUNT(*) AS n FROM audit').get())
    },

    insert(line: AuditLine) {
      work
        .sql(
          `INSERT INTO audit (seq, at_ms, who, action, subject, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(line.seq, line.atMs, line.who, line.action, line.subject, line.detail, line.previousHash, line.hash)
    },

    readHead() {
      const row = readRow(HeadRowSchema, work.sql(`SELECT value FROM meta WHERE key = 'audit_head'`).get())
      if (row === null) return null
      const head = readHeadText(row.value)
      return head === null
        ? { head: { seq: -1, hash: new Uint8Array(0) }, seal: new Uint8Array(0) }
        : { head: { seq: head.seq, hash: Buffer.from(head.hash, 'hex') }, seal: Buffer.from(head.seal, 'hex') }
    },

    writeHead(head, seal) {
      const text = JSON.stringify({ seq: head.seq, hash: hex(head.hash), seal: hex(seal) })
      work
        .sql(`INSERT INTO meta (key, value) VALUES ('audit_head', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1`)
        .run(text)
    },

    assertWriting() {
      work.assertWriting()
    },
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Null for anything that the log did not write itself: it is then treated as a head with a wrong seal. */
function readHeadText(text: string): v.InferOutput<typeof HeadSchema> | null {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    // Not JSON: somebody else wrote it, which the caller reports.
    return null
  }
  const head = v.safeParse(HeadSchema, content)
  return head.success ? head.output : null
}
