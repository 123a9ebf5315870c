import type { Properties } from '../directory.ts'
import { invalidExtendedProperty, wrongType } from './errors.ts'

export interface ExtendedProperty {
  readonly id: string
  readonly value: string
}

export const EXTENDED = 'singleValueExtendedProperties'

/** `String {GUID} Name x`, `Integer {GUID} Id 0x8012`, `String 0x3A45` (Graph, "extended properties overview"). */
const NAMED = /^(\w+) (\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}) Name (.+)$/i
const NUMBERED = /^(?:\w+) (?:\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\} Id )?0x[0-9a-f]+$/i

const keys = new Map<string, string>()

/**
 * What two ids of one property share: a name counts with its case, all else without.
 * @throws GraphRefused 400 when it is no such id
 */
export function propertyKey(id: string): string {
  const known = keys.get(id)
  if (known !== undefined) return known
  const [, type = '', set = '', name] = NAMED.exec(id) ?? []
  if (name === undefined && !NUMBERED.test(id)) throw invalidExtendedProperty(id)
  const key = name === undefined ? id.toLowerCase() : `${type} ${set} name `.toLowerCase() + name
  keys.set(id, key)
  return key
}

export function extendedProperties(properties: Properties): readonly ExtendedProperty[] {
  return (properties[EXTENDED] ?? []) as readonly ExtendedProperty[]
}

/**
 * Reads them from a body.
 * @throws GraphRefused 400
 */
export function readExtendedProperties(value: unknown): Properties[] {
  if (!Array.isArray(value)) throw wrongType()
  return value.map((each: unknown) => {
    const { id, value: own, ...more } = (each ?? {}) as Properties
    if (typeof id !== 'string' || !(typeof own === 'string' || own === null)) throw wrongType()
    if (Object.keys(more).some((name) => !name.startsWith('@'))) throw wrongType()
    propertyKey(id)
    return { id, value: own }
  })
}

/** What a contact has after a body that names some of them: those stay that it does not name, null takes one away. */
export function mergeExtendedProperties(
  had: readonly ExtendedProperty[],
  sent: readonly { readonly id: string; readonly value: string | null }[],
): ExtendedProperty[] {
  const named = new Set(sent.map(({ id }) => propertyKey(id)))
  return [
    ...had.filter(({ id }) => !named.has(propertyKey(id))),
    ...sent.flatMap(({ id, value }) => (value === null ? [] : [{ id, value }])),
  ]
}
