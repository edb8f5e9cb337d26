/** Files of src that are longer than the rest for a reason. */
export const longFiles: Readonly<Record<string, string>> = {
  'src/main/core/ledger/migrations/0001-first-ledger.ts': 'one schema: a table and what it refuses are read together',
}
