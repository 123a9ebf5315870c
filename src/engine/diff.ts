/** What is wanted of one object, held against what it holds now. */
import type { FieldChange, Value } from './plan.ts'

export interface Wanted {
  readonly value: Value
  /** `empty`: only where the target holds nothing. `create`: only when the object is made. */
  readonly when: 'always' | 'empty' | 'create'
}

export interface Attributes {
  /** What the object holds now; `null`, `''` and `[]` are all nothing. */
  now(field: string): Value
  /** Whether two values mean the same to the service, where that is not plain equality. */
  same?(field: string, left: Value, right: Value): boolean
}

/** @returns the fields to write, in the order wanted; nothing wanted where something stands is a clearing (`after: null`). */
export function diff(wanted: ReadonlyMap<string, Wanted>, { now, same }: Attributes): FieldChange[] {
  const changes: FieldChange[] = []
  for (const [field, { value, when }] of wanted) {
    const before = held(now(field))
    const after = held(value)
    if (when === 'create' || (when === 'empty' && before !== null)) continue
    if (equal(before, after) || (before !== null && after !== null && same?.(field, before, after))) continue
    changes.push({ field, before, after })
  }
  return changes
}

/** The fields of an object that does not exist yet: all that is wanted and not empty. */
export function fieldsOfNew(wanted: ReadonlyMap<string, Wanted>): FieldChange[] {
  return [...wanted]
    .map(([field, { value }]) => ({ field, before: null, after: held(value) }))
    .filter(({ after }) => after !== null)
}

function held(value: Value): Value {
  return value === '' || (Array.isArray(value) && value.length === 0) ? null : value
}

function equal(left: Value, right: Value): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right
  return left.length === right.length && left.every((item, index) => item === right[index])
}
