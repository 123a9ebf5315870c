/** Says once what a schema says repeatedly: the published file stays readable, the check compiles faster. */

type Schema = Readonly<Record<string, unknown>>

/** Keywords that hold a schema, a list of schemas, or schemas by name. */
const ONE = ['then', 'else', 'items', 'additionalProperties']
const MANY = ['allOf', 'anyOf']
const NAMED = ['properties']

/** In characters: less is no shorter as a reference. */
const WORTH_IT = 150

/** The same schema, with repeated parts under `$defs`. */
export function withDefinitions(schema: object): object {
  const counts = new Map<string, number>()
  const count = (part: Schema): Schema => {
    const text = JSON.stringify(part)
    const seen = counts.get(text) ?? 0
    counts.set(text, seen + 1)
    if (seen === 0) inner(part, count)
    return part
  }
  inner(schema as Schema, count)

  const definitions: Record<string, Schema> = {}
  const names = new Map<string, string>()
  const refer = (part: Schema): Schema => {
    const text = JSON.stringify(part)
    // A default counts only where it stands, beside the key.
    if ((counts.get(text) ?? 0) < 2 || text.length < WORTH_IT || 'default' in part) return inner(part, refer)
    let name = names.get(text)
    if (name === undefined) {
      names.set(text, (name = `shape${names.size + 1}`))
      definitions[name] = inner(part, refer)
    }
    return { $ref: `#/$defs/${name}` }
  }
  const short = inner(schema as Schema, refer)
  return names.size === 0 ? short : { ...short, $defs: definitions }
}

/** A schema with each schema directly within it replaced. */
function inner(schema: Schema, replace: (part: Schema) => Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, unknown] => {
      if (ONE.includes(keyword) && isSchema(value)) return [keyword, replace(value)]
      if (MANY.includes(keyword) && Array.isArray(value))
        return [keyword, value.map((part: Schema) => replace(part))]
      if (NAMED.includes(keyword) && isSchema(value))
        return [
          keyword,
          Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replace(part as Schema)])),
        ]
      return [keyword, value]
    }),
  )
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null
}
