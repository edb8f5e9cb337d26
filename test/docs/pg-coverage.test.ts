import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as kicc from '../../src/main/core/pg/kicc/fields'
import { NOTICE_FIELDS } from '../../src/main/core/pg/kicc/notices'
import * as portoneV1 from '../../src/main/core/pg/portone-v1/fields'
import * as portoneV2 from '../../src/main/core/pg/portone-v2/fields'
import { readCoverage, titlesOf } from '../fields/coverage.mjs'

const root = path.resolve(import.meta.dirname, '../..')
/** The PGs' pages lie beside the project in the room where they were read, not in a clone. */
const seeds = path.resolve(root, '../shared/reference/seeds')
const official = (name: string) => path.resolve(root, `../shared/reference/${name}.openapi.json`)

const rows = readCoverage()
const fieldsOf = (pg: string, table: string): readonly string[] =>
  rows.filter((row) => row.pg === pg && row.table === table).map(({ field }) => field)

describe('docs/pg-coverage.md', () => {
  test('says of each field once what is done with it', () => {
    expect(rows.length).toBeGreaterThan(300)
    expect(rows.filter(({ kind }) => kind === '').map(({ key }) => key)).toEqual([])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  })

  test('gives a reason for each field that is left alone', () => {
    const alone = rows.filter(({ kind }) => kind.startsWith('not '))
    expect(alone.filter(({ text }) => text.length < 8).map(({ key }) => key)).toEqual([])
  })

  test('has no table row that is not read', () => {
    const text = readFileSync(path.join(root, 'docs/pg-coverage.md'), 'utf8')
    expect(text.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(rows.length)
  })

  test('names tests that exist', () => {
    const missing = rows.flatMap(({ key, tests }) =>
      tests
        .filter(
          ({ file, suite, title }) =>
            !existsSync(path.join(root, file)) ||
            !titlesOf(file).some((each) => each.suite === suite && each.pattern.test(title)),
        )
        .map(({ title }) => `${key}: ${title}`),
    )
    expect(missing).toEqual([])
  })

  const tables = (pg: string, room: object): [string, string, readonly string[]][] =>
    Object.entries(room)
      .filter(
        ([name, value]) => /^[A-Z]/.test(name) && name !== 'TRANSCRIPT_FIELDS' && name !== 'PATHS' && value !== null,
      )
      .map(([name, value]) => [pg, name, Object.keys(value as object)])

  test.each([
    ...tables('portone-v1', portoneV1),
    ...tables('kicc', kicc),
    ...tables('portone-v2', portoneV2),
    ...tables('kicc', { NOTICE_FIELDS }),
  ])('of %s has every field of our table %s', (pg, table, fields) => {
    expect(fieldsOf(pg, table)).toEqual(expect.arrayContaining([...fields]))
    // What stands there besides is what we leave alone, or the frame that a table leaves out.
    const besides = rows.filter((row) => row.pg === pg && row.table === table && !fields.includes(row.field))
    expect(besides.filter(({ kind, field }) => !kind.startsWith('not ') && field !== 'response')).toEqual([])
  })
})

describe.skipIf(!existsSync(seeds))("the PGs' own pages", () => {
  const page = (number: string): string => {
    const file = readdirSync(seeds).find((name) => name.startsWith(number)) ?? ''
    return readFileSync(path.join(seeds, file), 'utf8')
  }

  /** The first cells of the tables of KICC's refund page, by the line above each table. */
  function tablesOfKicc(): ReadonlyMap<string, readonly string[]> {
    const tables = new Map<string, string[]>()
    let before = ''
    let cells: string[] = []
    for (const line of page('003').split('\n')) {
      if (/^\| (Field Name|Code|Type \| Code)/.test(line)) tables.set(before, (cells = []))
      else if (line.startsWith('| ')) cells.push(...cellsOf(line))
      else before = line.trim() === 'Parameters' ? (tables.size === 0 ? 'request' : 'answer') : line.trim()
    }
    return tables
  }
  /** The code of a sub-type stands in the second cell of the first row of its kind, else in the first. */
  const cellsOf = (line: string): string[] => {
    const [, first = '', second = ''] = line.split('|').map((cell) => cell.trim())
    return [/ /.test(first) ? second : first].filter((cell) => !/^-+$/.test(cell))
  }

  test.each([
    ['request', 'REVISE_REQUEST', 17],
    ['refundInfo (Refund Account Info)', 'REFUND_INFO', 4],
    ['taxInfo (Complex Tax Info)', 'TAX_INFO', 3],
    ['basketInfo (Basket Info for Split Settlement)', 'BASKET_INFO', 2],
    ['answer', 'ANSWER', 13],
    ['reviseInfo (Refund Response Info)', 'REVISE_INFO', 5],
    ['reviseInfo > refundInfo (Refund Details)', 'REFUND_DETAIL', 2],
    ['reviseInfo > cashReceiptInfo (Cash Receipt Cancel Details)', 'CASH_RECEIPT_INFO', 4],
    ['Change Type Codes (reviseTypeCode)', 'reviseTypeCode', 3],
    ['Change Sub-Type Codes (reviseSubTypeCode)', 'reviseSubTypeCode', 5],
  ] as const)('of KICC: every row of "%s" is a row of %s', (heading, table, count) => {
    const cells = tablesOfKicc().get(heading) ?? []
    expect(cells).toHaveLength(count)
    expect(fieldsOf('kicc', table)).toEqual(expect.arrayContaining([...cells]))
  })

  test('of KICC has no table that is not covered', () => {
    expect(tablesOfKicc().size).toBe(10)
  })

  test('of KICC: what its message authentication is made of', () => {
    expect(page('003')).toContain('HmacSHA256')
    expect(page('003')).toMatch(/pgCno\(.*\) \+ “\|” \+ shopTransactionId/)
    expect(fieldsOf('kicc', 'msgAuthValue')).toEqual(['pgCno', '\\|', 'shopTransactionId', 'HmacSHA256'])
  })

  test('of PortOne V1: every field of the cancel and its answer', () => {
    const text = page('004')
    const [head = '', rest = ''] = text.split(/^Responses$/m)
    const [answer = '', sample = ''] = rest.split(/^Response Model Schema$/m)
    const sent = [...head.matchAll(/^([a-z_]+)\*?\n(?:String\(\d+\)|Double)$/gm)].map((match) => match[1] ?? '')
    expect(sent).toHaveLength(10)
    expect(fieldsOf('portone-v1', 'CANCEL_REQUEST')).toEqual(expect.arrayContaining(sent))

    const told = (part: string) =>
      [...part.matchAll(/^([a-z_]+) (?:\* )?(?:string|integer|boolean|array)/gm)].map((match) => match[1] ?? '')
    const [payment = '', history = ''] = answer.split(/^cancel_history array/m)
    expect(told(payment).length).toBeGreaterThan(40)
    const known = [...fieldsOf('portone-v1', 'ENVELOPE'), ...fieldsOf('portone-v1', 'PAYMENT')]
    expect(known).toEqual(expect.arrayContaining(told(payment)))
    expect(told(history.split('401:')[0] ?? '')).toHaveLength(5)
    expect(fieldsOf('portone-v1', 'CANCEL_ENTRY')).toEqual(expect.arrayContaining(told(history.split('401:')[0] ?? '')))

    const { response } = JSON.parse(sample) as { response: { cancel_history: readonly object[] } }
    expect(fieldsOf('portone-v1', 'PAYMENT')).toEqual(expect.arrayContaining(Object.keys(response)))
    expect(fieldsOf('portone-v1', 'CANCEL_ENTRY')).toEqual(
      expect.arrayContaining(Object.keys(response.cancel_history[0] ?? {})),
    )
  })

  test.each(['000', '001', '002'])('of PortOne V1: every field that guide %s sends to the cancel', (number) => {
    const bodies = [...page(number).matchAll(/data: \{([^}]*)\}/g)].map((match) => match[1] ?? '')
    const sent = bodies.flatMap((body) =>
      [...body.matchAll(/^\s*([a-z_]+)(?=[:, ]|$)/gm)].map((match) => match[1] ?? ''),
    )
    const cancels = sent.filter((name) => !['cancel_request_amount'].includes(name))
    expect(cancels.length).toBeGreaterThan(3)
    expect([...fieldsOf('portone-v1', 'CANCEL_REQUEST')]).toEqual(expect.arrayContaining(cancels))
  })
})

describe.skipIf(!existsSync(official('portone-v1')) || !existsSync(official('portone-v2')))(
  'the official schemas',
  () => {
    interface Schema {
      readonly properties: Readonly<Record<string, unknown>>
    }
    const read = (name: string) => JSON.parse(readFileSync(official(name), 'utf8')) as Record<string, unknown>
    const v1 = () => read('portone-v1')['definitions'] as Readonly<Record<string, Schema>>
    const v2 = () => (read('portone-v2')['components'] as { schemas: Readonly<Record<string, Schema>> }).schemas

    test.each([
      ['AuthAnnotation', 'TOKEN_ANSWER'],
      ['ResponseAnnotation', 'ENVELOPE'],
      ['PagedPaymentAnnotation', 'PAGE'],
      ['PaymentAnnotation', 'PAYMENT'],
      ['PaymentCancelAnnotation', 'CANCEL_ENTRY'],
    ])('of PortOne V1: every field of %s is a row of %s', (schema, table) => {
      const names = Object.keys(v1()[schema]?.properties ?? {})
      expect(names.length).toBeGreaterThan(1)
      expect(fieldsOf('portone-v1', table)).toEqual(expect.arrayContaining(names))
    })

    test.each([
      ['/users/getToken', 'post', 'TOKEN_REQUEST'],
      ['/payments/cancel', 'post', 'CANCEL_REQUEST'],
      ['/payments', 'get', 'LOOKUP_QUERY'],
      ['/payments/status/{payment_status}', 'get', 'LIST_QUERY'],
    ])('of PortOne V1: every parameter of %s is a row', (place, method, table) => {
      const paths = read('portone-v1')['paths'] as Record<
        string,
        Record<string, { parameters: readonly { name: string; in: string }[] }>
      >
      const names = (paths[place]?.[method]?.parameters ?? [])
        .filter((each) => each.in !== 'path')
        .map(({ name }) => name)
      expect(names.length).toBeGreaterThan(1)
      expect(fieldsOf('portone-v1', table)).toEqual(expect.arrayContaining(names))
    })

    test.each([
      ['CancelPaymentBody', 'CANCEL_REQUEST'],
      ['CancelPaymentBodyRefundAccount', 'REFUND_ACCOUNT'],
      ['SucceededPaymentCancellation', 'CANCELLATION'],
      ['PgProviderError', 'PG_ERROR'],
      ['PaidPayment', 'PAYMENT'],
      ['PartialCancelledPayment', 'PAYMENT'],
      ['CancelledPayment', 'PAYMENT'],
      ['PaymentAmount', 'AMOUNT'],
      ['SelectedChannel', 'CHANNEL'],
      ['Customer', 'CUSTOMER'],
      ['PageInfo', 'PAGE_INFO'],
      ['PageInput', 'LIST_PAGE'],
      ['GetAllPaymentEventsByCursorBody', 'EVENTS_BODY'],
      ['PaymentEventWithCursor', 'EVENT_ITEM'],
    ])('of PortOne V2: every field of %s is a row of %s', (schema, table) => {
      const names = Object.keys(v2()[schema]?.properties ?? {})
      const known = [...fieldsOf('portone-v2', table), ...(table === 'PG_ERROR' ? fieldsOf('portone-v2', 'ERROR') : [])]
      expect(names.length).toBeGreaterThan(1)
      expect(known).toEqual(expect.arrayContaining(names))
    })
  },
)
