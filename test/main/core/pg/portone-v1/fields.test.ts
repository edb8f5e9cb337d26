import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { won } from '../../../../../src/domain/money'
import { encodeCancel } from '../../../../../src/main/core/pg/portone-v1/encode'
import {
  CANCEL_ENTRY,
  CANCEL_REQUEST,
  ENVELOPE,
  LIST_QUERY,
  LOOKUP_QUERY,
  PAGE,
  PAYMENT,
  TOKEN_ANSWER,
  TOKEN_REQUEST,
  type WireField,
} from '../../../../../src/main/core/pg/portone-v1/fields'
import { ACCOUNT, anIntent } from '../support'

type Table = Readonly<Record<string, WireField>>
interface Property {
  readonly type?: string
  readonly maxLength?: string | number
}
interface Parameter extends Property {
  readonly name: string
  readonly in: string
}
interface OfficialSchema {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly Parameter[] }>>>>
  readonly definitions: Readonly<
    Record<string, { readonly properties: Readonly<Record<string, Property>>; readonly required?: readonly string[] }>
  >
}

/** A copy of PortOne's own schema, which is not part of this project and may be absent. */
const OFFICIAL = join(import.meta.dirname, '../../../../../../shared/reference/portone-v1.openapi.json')
const readOfficial = (): OfficialSchema => JSON.parse(readFileSync(OFFICIAL, 'utf8')) as OfficialSchema

const IS_OF_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
}

describe('the fields on the wire', () => {
  it('of a cancel are all in our table, of its type and within its length', () => {
    const full = anIntent({ account: ACCOUNT, method: 'virtual-account', vat: won(1), taxFree: won(0) })
    const body = JSON.parse(encodeCancel(full).body) as Record<string, never>
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(CANCEL_REQUEST).toSorted())
    for (const [name, { type, lengthMax }] of Object.entries<WireField>(CANCEL_REQUEST)) {
      expect(IS_OF_TYPE[type]?.(body[name] ?? {}), name).toBe(true)
      expect(String(body[name]).length, name).toBeLessThanOrEqual(lengthMax ?? Infinity)
    }
  })
})

describe.skipIf(!existsSync(OFFICIAL))('the official PortOne V1 schema', () => {
  const parametersOf = (path: string, method: string): readonly Parameter[] =>
    readOfficial().paths[path]?.[method]?.parameters ?? []
  const inSchema = (table: Table) => Object.entries(table).filter(([, { source }]) => source.startsWith('schema'))

  it.each<[string, string, string, Table]>([
    ['/users/getToken', 'post', 'formData', TOKEN_REQUEST],
    ['/payments', 'get', 'query', LOOKUP_QUERY],
    ['/payments/status/{payment_status}', 'get', 'query', LIST_QUERY],
    ['/payments/cancel', 'post', 'formData', CANCEL_REQUEST],
  ])('knows every parameter that we send to %s', (path, method, place, table) => {
    const official = parametersOf(path, method)
    expect(official.length).toBeGreaterThan(0)
    for (const [name, { type }] of inSchema(table)) {
      expect(
        official.find((parameter) => parameter.name === name),
        name,
      ).toMatchObject({ in: place, type })
    }
  })

  it('knows include_sandbox for the single look-up only, as our table says', () => {
    expect(parametersOf('/payments/{imp_uid}', 'get').some(({ name }) => name === 'include_sandbox')).toBe(true)
    for (const path of ['/payments', '/payments/status/{payment_status}']) {
      expect(parametersOf(path, 'get').some(({ name }) => name === 'include_sandbox')).toBe(false)
    }
  })

  it.each<[string, Table]>([
    ['AuthAnnotation', TOKEN_ANSWER],
    ['ResponseAnnotation', ENVELOPE],
    ['PagedPaymentAnnotation', PAGE],
    ['PaymentAnnotation', PAYMENT],
    ['PaymentCancelAnnotation', CANCEL_ENTRY],
  ])('has every field that we read of %s, with its type and length', (name, table) => {
    const properties = readOfficial().definitions[name]?.properties ?? {}
    for (const [field, { type, lengthMax }] of Object.entries(table)) {
      expect(properties[field]?.type, field).toBe(type)
      if (lengthMax !== null) expect(Number(properties[field]?.maxLength), field).toBe(lengthMax)
    }
  })

  it('accepts the body of a cancel by name and type', () => {
    const official = parametersOf('/payments/cancel', 'post')
    const bodies = [
      anIntent(),
      anIntent({ account: ACCOUNT, method: 'virtual-account', vat: won(900), taxFree: won(0) }),
    ]
    for (const body of bodies.map((intent) => JSON.parse(encodeCancel(intent).body) as Record<string, never>)) {
      for (const [name, value] of Object.entries(body)) {
        const parameter = official.find((each) => each.name === name)
        expect(parameter, name).toBeDefined()
        expect(IS_OF_TYPE[parameter?.type ?? '']?.(value), name).toBe(true)
      }
    }
  })
})
