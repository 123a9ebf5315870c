/** What an item of a service's list holds, by the person's field. */
import { LIST_FIELDS, type ListField, type PersonField } from '../../people/person.ts'
import type { RecordValues } from '../record.ts'
import { fault, kindOf } from './fault.ts'
import { valueAt } from './path.ts'

/** The fields that `fields` names, and where in an item each stands. */
export type FieldPaths = readonly (readonly [PersonField, string])[]

const LISTS: ReadonlySet<PersonField> = new Set<ListField>(LIST_FIELDS)

/**
 * @param place of the item, for readers.
 * @returns the values of the fields that stand in the item; null is empty.
 * @throws SourceError when a field is of a kind that it cannot take.
 */
export function valuesOf(item: unknown, paths: FieldPaths, place: string): RecordValues {
  if (kindOf(item) !== 'an object')
    throw fault('http-item', place, `this is ${kindOf(item)}, where an object was expected`)
  const values: [PersonField, string | string[]][] = []
  for (const [field, path] of paths) {
    const value = valueAt(item, path)
    if (value === undefined) continue
    const read = LISTS.has(field) ? textsOf(value) : textOf(value)
    if (typeof read === 'object' && 'fault' in read)
      throw fault('http-item', place, `${path} ${read.fault}, where ${field} takes ${takes(field)}`)
    values.push([field, read])
  }
  return Object.fromEntries(values)
}

interface Unfit {
  readonly fault: string
}

function takes(field: PersonField): string {
  return LISTS.has(field) ? 'a list of texts' : 'a text'
}

function textOf(value: unknown): string | Unfit {
  if (value === null) return ''
  if (typeof value === 'object') return { fault: `is ${kindOf(value)}` }
  // Two numbers that the service tells apart might read as one (RFC 8259, 6).
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return { fault: 'is a number of more digits than JSON is sure to keep (the service has to quote it)' }
  return String(value as string | number | boolean).trim()
}

function textsOf(value: unknown): string[] | Unfit {
  const texts: string[] = []
  for (const element of Array.isArray(value) ? value : [value]) {
    const text = textOf(element)
    if (typeof text === 'object') return Array.isArray(value) ? { fault: `holds what ${text.fault}` } : text
    if (text !== '') texts.push(text)
  }
  return texts
}
