import { describe, expect, test } from 'vitest'
import { openTestCore, openTestPg, sampleText, unwrap } from '../../../support/open-test-core'

describe('files in and out', () => {
  test('each template has a header that its own import takes', async () => {
    const { pg } = await openTestPg()
    const desk = await openTestCore({ origin: pg.origin })
    const template = async (which: 'refunds' | 'books') =>
      unwrap(await desk.core.command('shell.templateFile', { session: desk.maker, which }))
    const refunds = await template('refunds')
    const draft = unwrap(await desk.core.command('shell.importFile', { session: desk.maker, file: refunds }))
    expect(draft.columns.every((column) => column.takenAs !== null)).toBe(true)
    // The example itself is no payment of the shop: it can never be refunded by mistake.
    expect(draft).toMatchObject({ rowsAll: 1, rowsFine: 0 })
    const books = unwrap(
      await desk.core.command('shell.importBooks', { session: desk.maker, file: await template('books') }),
    )
    expect(books).toMatchObject({ cancelsAdded: 0, problemsAll: 1 })
    expect(await desk.core.command('shell.templateFile', { session: null, which: 'books' })).toMatchObject({
      ok: false,
      problem: { code: 'sign-in-required' },
    })
  })

  test('a cell that is no account is shown as it is written, but never a whole account', async () => {
    const { pg } = await openTestPg()
    const desk = await openTestCore({ origin: pg.origin })
    const draft = await desk.importText(sampleText('with-errors'))
    const { rows } = await desk.call('import.rows', { draftId: draft.draftId, filter: 'errors', offset: 0, limit: 100 })
    const shown = rows.map((row) => row.accountMasked)
    expect(shown).toContain('5.62E+13')
    for (const text of shown) expect(text.match(/\d/g)?.length ?? 0, text).toBeLessThanOrEqual(5)
  })
})
