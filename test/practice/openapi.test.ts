import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CANCEL_FIELDS, PARAMETERS, PAYMENT_FIELDS, type FieldFact } from '../../src/practice/portone-v1/fields'
import { sampleShop } from '../../src/practice/shop/sample-shop'
import { schemaFaults, type Schema } from './schema-check'
import { aCancel, aPayment, KCP_ACCOUNT, NOON_MS, startPg, type Envelope } from './support'

/** PortOne's own description is not part of this repository; it is looked for beside it. */
const OFFICIAL_FILE = join(import.meta.dirname, '../../../shared/reference/portone-v1.openapi.json')
const hasOfficial = existsSync(OFFICIAL_FILE)

interface Operation {
  /** Some operations take none. */
  readonly parameters?: readonly { readonly name: string }[]
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Official {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly definitions: Readonly<Record<string, Schema>>
}

describe.skipIf(!hasOfficial)("the practice PG against PortOne's official description", () => {
  const official = (hasOfficial ? JSON.parse(readFileSync(OFFICIAL_FILE, 'utf8')) : {}) as Official
  const operation = (method: string, path: string): Operation => {
    const found = official.paths[path]?.[method]
    if (found === undefined) throw new Error(`the description has no ${method} ${path}`)
    return found
  }
  const check = { schemas: official.definitions, nullIsMissing: true, unknownIsFault: false }
  const faultsOf = (method: string, path: string, { status, body }: { status: number; body: unknown }): string[] => {
    const answer = operation(method, path).responses[String(status)]
    if (answer === undefined) return [`${method} ${path} knows no ${status}`]
    return answer.schema === undefined ? [] : schemaFaults(check, answer.schema, body, `${method} ${path} ${status}`)
  }

  it('has a validator that finds faults', () => {
    const envelope = (response: unknown) => ({ status: 200, body: { code: 0, message: null, response } })
    const good = {
      imp_uid: 'i',
      merchant_uid: 'm',
      amount: 1,
      cancel_amount: 0,
      currency: 'KRW',
      status: 'paid',
      sandbox: false,
    }
    const of = (changes: object) => faultsOf('get', '/payments/{imp_uid}', envelope({ ...good, ...changes }))
    expect(of({})).toEqual([])
    expect(of({ amount: '1' })).toHaveLength(1)
    expect(of({ currency: undefined })).toHaveLength(1)
    expect(of({ imp_uid: 'x'.repeat(33) })).toHaveLength(1)
    expect(of({ paid_at: 1.5 })).toHaveLength(1)
    expect(of({ cancel_history: [{ pg_tid: 't', amount: 1, reason: 'r', cancelled_at: 1 }] })).toHaveLength(1)
    expect(faultsOf('get', '/payments/{imp_uid}', { status: 418, body: {} })).toHaveLength(1)
  })

  it('answers as described on every endpoint, over the whole sample shop', async () => {
    const { get, post, cancel } = await startPg({ payments: sampleShop('2026-11-21') })
    const all = await get('/payments/status/all?limit=1000&include_sandbox=true')
    const list = all.body.response.list ?? []
    expect(list).toHaveLength(300)
    const some = list[10] ?? {}
    const [impUid, merchantUid] = [String(some['imp_uid']), String(some['merchant_uid'])]
    const found: readonly [string, string, { status: number; body: Envelope }][] = [
      ['get', '/payments/status/{payment_status}', all],
      ['get', '/payments/status/{payment_status}', await get('/payments/status/paid?page=99')],
      ['get', '/payments/{imp_uid}', await get(`/payments/${impUid}`)],
      ['get', '/payments/{imp_uid}', await get('/payments/imp_none')],
      ['get', '/payments/{imp_uid}', await get(`/payments/${impUid}`, { authorization: 'x' })],
      ['get', '/payments', await get(`/payments?imp_uid[]=${impUid}`)],
      ['get', '/payments', await get(`/payments?imp_uid[]=${impUid}&imp_uid[]=imp_none`)],
      ['get', '/payments', await get('/payments?imp_uid[]=imp_none')],
      ['get', '/payments/find/{merchant_uid}/{payment_status}', await get(`/payments/find/${merchantUid}`)],
      ['get', '/payments/find/{merchant_uid}/{payment_status}', await get('/payments/find/none')],
      ['get', '/payments/findAll/{merchant_uid}/{payment_status}', await get(`/payments/findAll/${merchantUid}`)],
      [
        'get',
        '/payments/findAll/{merchant_uid}/{payment_status}',
        await get(`/payments/findAll/${merchantUid}?page=9`),
      ],
      ['get', '/payments/findAll/{merchant_uid}/{payment_status}', await get('/payments/findAll/none')],
      [
        'post',
        '/users/getToken',
        await post('/users/getToken', { imp_key: 'practice-key', imp_secret: 'practice-secret' }),
      ],
      ['post', '/users/getToken', await post('/users/getToken', { imp_key: 'practice-key', imp_secret: 'wrong' })],
      ['post', '/payments/cancel', await cancel({ imp_uid: 'imp_none', amount: 1 })],
    ]
    for (const [method, path, answer] of found) expect(faultsOf(method, path, answer)).toEqual([])
    expect(found.map(([, , { status }]) => status)).toEqual([
      200, 400, 200, 404, 401, 200, 207, 404, 200, 404, 200, 400, 404, 200, 401, 200,
    ])
  })

  it('answers a cancel as described, with every field that a virtual account needs', async () => {
    const vbank = { code: '088', name: '신한은행', num: '99800010000001', holder: '연습상점', dueAtMs: NOON_MS }
    const { cancel } = await startPg({ payments: [aPayment({ payMethod: 'vbank', vbank })] })
    const answer = await cancel(aCancel({ ...KCP_ACCOUNT }))
    expect(answer.body.response['cancel_history']).toHaveLength(1)
    expect(faultsOf('post', '/payments/cancel', answer)).toEqual([])
  })

  it('reads no parameter that the description does not have', () => {
    const everywhere = new Set(
      Object.values(official.paths).flatMap((path) =>
        Object.values(path).flatMap(({ parameters = [] }) => parameters.map(({ name }) => name)),
      ),
    )
    for (const { method, path, names, source } of PARAMETERS) {
      const known = (operation(method, path).parameters ?? []).map(({ name }) => name)
      for (const name of names)
        expect(
          source === 'openapi' ? known.includes(name) : everywhere.has(name) && !known.includes(name),
          `${path} ${name}`,
        ).toBe(true)
    }
  })

  it.each([
    ['PaymentAnnotation', PAYMENT_FIELDS],
    ['PaymentCancelAnnotation', CANCEL_FIELDS],
  ])('carries the fields of %s over with types, lengths and duties', (name, ours) => {
    const { properties = {}, required = [] } = official.definitions[name] ?? {}
    const theirs = Object.fromEntries(
      Object.entries(properties).map(([field, { type, maxLength }]) => {
        const fact = {
          type,
          ...(required.includes(field) ? { required: true } : {}),
          ...(maxLength === undefined ? {} : { lengthMax: Number(maxLength) }),
        }
        return [field, fact as FieldFact]
      }),
    )
    expect(ours).toEqual(theirs)
  })
})

describe('the carried-over table', () => {
  it('has exactly the fields that the practice PG sends', async () => {
    const { cancel } = await startPg()
    const { response } = (await cancel(aCancel())).body
    expect(Object.keys(response).toSorted()).toEqual(Object.keys(PAYMENT_FIELDS).toSorted())
    const [entry] = response['cancel_history'] as readonly object[]
    expect(Object.keys(entry ?? {}).toSorted()).toEqual(Object.keys(CANCEL_FIELDS).toSorted())
  })
})
