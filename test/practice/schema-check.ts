/** The part of Swagger 2 and OpenAPI 3 that PortOne's descriptions use. */
export interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly discriminator?: { readonly propertyName: string; readonly mapping: Readonly<Record<string, string>> }
  readonly type?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly maxLength?: string | number
}

export interface SchemaCheck {
  /** The schemas by the last part of their `$ref`. */
  readonly schemas: Readonly<Record<string, Schema>>
  /** What does not apply to a payment comes as null, as V1 sends it; its description says so for card_type only. */
  readonly nullIsMissing: boolean
  /** A field that the description does not have is a fault: it may be a misspelt one. */
  readonly unknownIsFault: boolean
}

/** Returns what is wrong, with its place. */
export function schemaFaults(check: SchemaCheck, schema: Schema, value: unknown, place: string): string[] {
  const follow = (part: Schema, inner = value, where = place): string[] => schemaFaults(check, part, inner, where)
  const { $ref, discriminator } = schema
  if ($ref !== undefined) {
    const definition = check.schemas[$ref.split('/').at(-1) ?? '']
    return definition === undefined ? [`${place}: no ${$ref}`] : follow(definition)
  }
  if (schema.allOf !== undefined) return schema.allOf.flatMap((part) => follow(part))
  if (discriminator !== undefined) {
    const kind = (value as Readonly<Record<string, unknown>> | null)?.[discriminator.propertyName]
    const target = discriminator.mapping[String(kind)]
    return target === undefined ? [`${place}: no kind ${String(kind)}`] : follow({ $ref: target })
  }
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [`${place}: ${String(value)} is none of ${schema.enum.join()}`]
  const type = schema.type ?? (schema.properties === undefined ? undefined : 'object')
  if (type !== undefined && !hasType(type, value)) return [`${place}: ${JSON.stringify(value)} is no ${type}`]
  if (schema.format === 'date-time' && !DATE_TIME.test(String(value))) return [`${place}: no instant`]
  if (typeof value === 'string' && schema.maxLength !== undefined && value.length > Number(schema.maxLength))
    return [`${place}: too long`]
  if (Array.isArray(value))
    return value.flatMap((each, index) => follow(schema.items ?? {}, each, `${place}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Readonly<Record<string, unknown>>
  const { properties = {}, required = [] } = schema
  const isMissing = (name: string): boolean =>
    fields[name] === undefined || (check.nullIsMissing && fields[name] === null)
  return [
    ...required.filter(isMissing).map((name) => `${place}.${name}: missing`),
    ...(check.unknownIsFault ? Object.keys(fields) : [])
      .filter((name) => properties[name] === undefined)
      .map((name) => `${place}.${name}: unknown`),
    ...Object.entries(properties).flatMap(([name, part]) =>
      isMissing(name) ? [] : follow(part, fields[name], `${place}.${name}`),
    ),
  ]
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}
