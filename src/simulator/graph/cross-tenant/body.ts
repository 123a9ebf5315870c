import type { Request } from '../../service.ts'
import { objectBody } from '../body.ts'
import { membersOf, navigationOf, valuesOf } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { noProperty, unreadable, wrongValue } from './errors.ts'

/** From a property's name to its type, as in the contract: `string`, `boolean`, `filterGroup[]`. */
type Shape = ReadonlyMap<string, string>

/**
 * The body of a write as it was sent, but for annotations: every property in it, on every level, is one that
 * its type has, with a value that it can have.
 * @param type its name
 * @param also properties that the type has as relationships, and takes with their contents
 * @throws GraphRefused 400
 */
export function checkedBody(
  request: Request,
  type: string,
  also: Readonly<Record<string, string>> = {},
): Properties {
  const shape = membersOf(type)
  if (!shape) throw new RangeError(`the contract has no type ${type}`)
  return checked(request, new Map([...shape, ...Object.entries(also)]), type)
}

/**
 * The parameters of an action, likewise.
 * @param parameters from their names to their types
 * @throws GraphRefused 400
 */
export function checkedParameters(
  request: Request,
  parameters: Readonly<Record<string, string>>,
): Properties {
  return checked(request, new Map(Object.entries(parameters)), 'parameters')
}

function checked(request: Request, shape: Shape, type: string): Properties {
  const body = objectBody(request, unreadable)
  checkObject(body, shape, type)
  return Object.fromEntries(Object.entries(body).filter(([key]) => !key.includes('@')))
}

function checkObject(value: object, shape: Shape, type: string): void {
  for (const [name, member] of Object.entries(value)) {
    // Annotations: `@odata.type`, `directories@odata.context`.
    if (name.includes('@')) continue
    const kind = shape.get(name)
    if (kind === undefined) throw noProperty(name, type)
    if (member !== null && member !== undefined) checkValue(member, kind, name)
  }
}

function checkValue(value: unknown, kind: string, name: string): void {
  if (kind.endsWith('[]')) {
    if (!Array.isArray(value)) throw wrongValue(name)
    for (const each of value) {
      if (each === null) throw wrongValue(name)
      checkValue(each, kind.slice(0, -2), name)
    }
    return
  }
  const allowed = valuesOf(kind)
  if (allowed) return checkMember(value, allowed, name)
  const shape = membersOf(kind)
  if (shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongValue(name)
    return checkObject(value, withRelationships(shape, kind), kind)
  }
  const primitive = PRIMITIVES[kind]
  if (primitive && typeof value !== primitive) throw wrongValue(name)
}

/** A relationship within a value may come along, as it was read. */
function withRelationships(shape: Shape, type: string): Shape {
  return new Map([...shape, ...navigationOf(type).map((name) => [name, 'object'] as const)])
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  'date-time': 'string',
  boolean: 'boolean',
  integer: 'number',
}

/** One of them, or several with commas where they are flags: `Add, Update, Delete`. */
function checkMember(value: unknown, allowed: readonly string[], name: string): void {
  if (typeof value !== 'string') throw wrongValue(name)
  const known = new Set(allowed.map((each) => each.toLowerCase()))
  if (!value.split(',').every((each) => known.has(each.trim().toLowerCase()))) throw wrongValue(name)
}

/** `''` when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
