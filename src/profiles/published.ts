/** A schema as it is published: for editors, and for programs that read what we write. */
import { withDefinitions } from './definitions.ts'

/**
 * In the check a key with a default is never missing, for the default is filled in first; a file may
 * leave it out.
 *
 * @param schema plain JSON Schema (TypeBox's symbols are left behind).
 */
export function published(name: string, title: string, schema: object): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:tenant-sync:schema:${name}`,
    title,
    ...withDefinitions(withoutFilledIn(schema) as object),
  }
}

function withoutFilledIn(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutFilledIn)
  if (typeof schema !== 'object' || schema === null) return schema
  const { required, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withoutFilledIn(value)]),
  ) as { required?: unknown; properties?: Record<string, { default?: unknown }> }
  if (!isNames(required)) return required === undefined ? rest : { required, ...rest }
  const missing = required.filter((name) => rest.properties?.[name]?.default === undefined)
  return missing.length === 0 ? rest : { ...rest, required: missing }
}

/** A property may be called `required` too. */
function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
