import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** PortOne's own description is not part of this repository; it is looked for beside it. */
const OFFICIAL_FILE = join(import.meta.dirname, '../../../../../../shared/reference/portone-v2.openapi.json')
export const hasOfficial = existsSync(OFFICIAL_FILE)

export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly Schema[]
  readonly discriminator?: { readonly propertyName: string; readonly mapping: Readonly<Record<string, string>> }
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema?: Schema
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

interface Official {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

let kept: Official | undefined
const official = (): Official => (kept ??= JSON.parse(readFileSync(OFFICIAL_FILE, 'utf8')) as Official)

/** A schema by its name or reference. */
export function schemaOf(name: string): Schema {
  const schema = official().components.schemas[name.replace('#/components/schemas/', '')]
  if (schema === undefined) throw new Error(`the description has no ${name}`)
  return schema
}

export const resolved = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : resolved(schemaOf(schema.$ref))

export function operation(method: string, path: string): Operation {
  const found = official().paths[path]?.[method]
  if (found === undefined) throw new Error(`the description has no ${method} ${path}`)
  return found
}

/** The schema of what is sent as a body, or in place of it in the query. */
export function bodySchema(method: string, path: string): Schema {
  const { parameters = [], requestBody } = operation(method, path)
  const parameter = parameters.find(({ name }) => name === 'requestBody')?.content?.['application/json']
  const schema = (parameter ?? requestBody?.content['application/json'])?.schema
  if (schema === undefined) throw new Error(`the description has no body of ${method} ${path}`)
  return schema
}

/** The part of OpenAPI 3 that the description uses. Returns what is wrong, with its place; a field it lacks is wrong too. */
export function faults(schema: Schema, value: unknown, place = ''): string[] {
  if (schema.$ref !== undefined) return faults(resolved(schema), value, place)
  if (schema.discriminator !== undefined) {
    const { propertyName, mapping } = schema.discriminator
    const kind = String((value as Record<string, unknown> | null)?.[propertyName])
    const part = mapping[kind]
    return part === undefined ? [`${place}: no kind ${kind}`] : faults(schemaOf(part), value, place)
  }
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [`${place}: ${String(value)} is none of the enum`]
  const type = schema.type ?? 'object'
  if (!hasType(type, schema.format, value)) return [`${place}: ${JSON.stringify(value)} is no ${type}`]
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => faults(schema.items ?? {}, each, `${place}[${index}]`))
  }
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Readonly<Record<string, unknown>>
  return [
    ...(schema.required ?? []).filter((name) => fields[name] === undefined).map((name) => `${place}.${name}: missing`),
    ...Object.entries(fields).flatMap(([name, inner]) => {
      const part = schema.properties?.[name]
      return part === undefined ? [`${place}.${name}: not described`] : faults(part, inner, `${place}.${name}`)
    }),
  ]
}

function hasType(type: string, format: string | undefined, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type && (format !== 'date-time' || Number.isFinite(Date.parse(String(value))))
  }
}
