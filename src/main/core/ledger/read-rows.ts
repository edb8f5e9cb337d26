import * as v from 'valibot'

/** What SQLite gives is unknown until a schema has read it: a foreign ledger or a wrong query must not pass as data. */
export function readRow<const S extends v.GenericSchema>(schema: S, row: unknown): v.InferOutput<S> | null {
  return row === undefined ? null : v.parse(schema, row)
}

export function readRows<const S extends v.GenericSchema>(schema: S, rows: readonly unknown[]): v.InferOutput<S>[] {
  return rows.map((row) => v.parse(schema, row))
}

const CountSchema = v.object({ n: v.number() })
export function readCount(row: unknown): number {
  return v.parse(CountSchema, row).n
}

export const flagSchema = v.pipe(
  v.picklist([0, 1]),
  v.transform((flag) => flag === 1),
)
export const blobSchema = v.instance(Uint8Array)
