/** Request bodies, checked against GitHub's own description. */
import type { Answer } from '../service.ts'
import { refused } from './refusals.ts'

export interface BodyRules {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, PropertyRules>>
}

export interface PropertyRules {
  readonly types: readonly string[]
  readonly values?: readonly string[]
}

/**
 * Reads a body.
 * @param text as it was sent; an empty one stands for no properties
 * @returns the properties, or the refusal
 */
export function readBody(text: string, rules: BodyRules): { body: Record<string, unknown> } | Answer {
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return refused(400, 'Problems parsing JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refused(400, 'Body should be a JSON object')
  }
  const properties = body as Record<string, unknown>
  const fault =
    rules.required
      .filter((name) => !(name in properties))
      .map((name) => `"${name}" wasn't supplied.`)
      .at(0) ??
    Object.entries(properties)
      .map(([name, value]) => faultOf(name, value, rules.properties[name]))
      .find((each) => each !== undefined)
  return fault === undefined ? { body: properties } : refused(422, `Invalid request.\n\n${fault}`)
}

function faultOf(name: string, value: unknown, rules: PropertyRules | undefined): string | undefined {
  if (!rules) return `"${name}" is not a permitted key.`
  if (!rules.types.includes(typeOf(value))) {
    return `For 'properties/${name}', ${inspected(value)} is not ${article(rules.types[0] ?? '')}.`
  }
  if (rules.values && value !== null && !rules.values.some((each) => each === value)) {
    return `For 'properties/${name}', ${inspected(value)} is not a member of ${JSON.stringify(rules.values)}.`
  }
  return undefined
}

/** JSON Schema's name of its type. */
function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** As Ruby shows it: GitHub's answer does. */
function inspected(value: unknown): string {
  return value === null ? 'nil' : JSON.stringify(value)
}

function article(type: string): string {
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`
}
