import type { Database, RunResult, Statement } from 'better-sqlite3'
import { assert } from '../../../domain/result'
import { LedgerTrouble, namedTrouble } from './ledger-trouble'

/** A prepared statement. `?` and `?1` places are both filled by position. What comes back is unknown: see read-rows.ts. */
export interface LedgerStatement {
  run(...values: readonly unknown[]): RunResult
  get(...values: readonly unknown[]): unknown
  all(...values: readonly unknown[]): unknown[]
  iterate(...values: readonly unknown[]): IterableIterator<unknown>
}

export interface UnitOfWork {
  /**
   * Runs the work in one transaction that holds the write lock from its start, so that what it reads cannot change
   * before it writes. All or nothing: an error undoes everything. Never nested, never across an await.
   * Throws LedgerTrouble when the ledger itself fails.
   */
  write<T>(work: () => T): T
  /**
   * Runs the work on one state of the ledger; a change is undone and throws. Inside a write it sees what the write has
   * done so far.
   */
  read<T>(work: () => T): T
  /** The prepared statement of a text, made once. */
  sql(text: string): LedgerStatement
  /** Throws unless called inside a write: for steps that are only right as part of a larger whole. */
  assertWriting(): void
}

export function createUnitOfWork(
  db: Database,
  beforeWrite: () => void,
  committed: () => void = () => undefined,
): UnitOfWork {
  const statements = new Map<string, LedgerStatement>()
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const beginRead = db.prepare('BEGIN')
  const changes = db.prepare('SELECT total_changes()').pluck()
  let poison: LedgerTrouble | null = null
  let writing = false

  // After a failed fsync nobody knows what reached the disk, and a second fsync may wrongly report success. So the
  // connection is given up for good; only opening the file again, with its checks, tells what is there.
  const guarded = <T>(work: () => T): T => {
    assertHealthy()
    try {
      return work()
    } catch (error) {
      const trouble = namedTrouble(error)
      const fromSqlite = trouble !== error
      if (fromSqlite && trouble instanceof LedgerTrouble && trouble.code === 'ledger-damaged') poison = trouble
      throw trouble
    }
  }

  const assertHealthy = (): void => {
    if (poison !== null) throw new LedgerTrouble('ledger-damaged', `given up after ${poison.detail}`, poison)
  }

  const transaction = <T>(opening: Statement, work: () => T): T => {
    opening.run()
    try {
      const result = refusePromise(work())
      commit.run()
      return result
    } catch (error) {
      // SQLite undoes the transaction by itself after some errors, a full disk for one.
      if (db.inTransaction) rollback.run()
      throw error
    }
  }

  return {
    write(work) {
      return guarded(() => {
        assert(!db.inTransaction, 'a unit of work is never nested')
        beforeWrite()
        writing = true
        try {
          const result = transaction(begin, work)
          committed()
          return result
        } finally {
          writing = false
        }
      })
    },

    read(work) {
      return guarded(() => {
        if (db.inTransaction) return refusePromise(work())
        return transaction(beginRead, () => {
          const before = changes.get()
          const result = work()
          assert(changes.get() === before, 'a reading unit of work has changed the ledger')
          return result
        })
      })
    },

    sql(text) {
      assertHealthy()
      const known = statements.get(text)
      if (known !== undefined) return known
      const statement = prepareIn(db, text)
      statements.set(text, statement)
      return statement
    },

    assertWriting() {
      assert(writing, 'this step belongs inside a unit of work')
    },
  }
}

/**
 * The driver takes the values of numbered places by name only, so each place becomes one of its own. The plus hides its
 * value from the planner and changes nothing of it: SQLite would plan a joining statement anew at every binding, in case
 * the value decides between indexes, which takes longer than most of our statements run.
 */
function prepareIn(db: Database, text: string): LedgerStatement {
  const quoted = text.match(/'[^']*'/g) ?? []
  assert(!quoted.some((words) => words.includes('?')), 'a question mark in a statement is a place')
  assert(!(/\?\d/.test(text) && /\?(?!\d)/.test(text)), 'places are all numbered or all plain')
  const places: number[] = []
  const statement = db.prepare(
    text.replaceAll(/\?(\d*)/g, (_, number: string) => {
      places.push(number === '' ? places.length : Number(number) - 1)
      return '+?'
    }),
  )
  if (places.every((place, at) => place === at)) return statement
  const count = Math.max(...places) + 1
  const inPlaces = (values: readonly unknown[]): unknown[] => {
    assert(values.length === count, 'each place has its value')
    return places.map((place) => values[place])
  }
  return {
    run: (...values) => statement.run(...inPlaces(values)),
    get: (...values) => statement.get(...inPlaces(values)),
    all: (...values) => statement.all(...inPlaces(values)),
    iterate: (...values) => statement.iterate(...inPlaces(values)),
  }
}

// An async function would commit at its first await and write the rest outside of the transaction.
function refusePromise<T>(result: T): T {
  const thenable =
    typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function'
  assert(!thenable, 'a unit of work is synchronous: it must not return a promise')
  return result
}
