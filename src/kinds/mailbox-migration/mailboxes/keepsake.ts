/**
 * By what old mail finds a contact, nobody else may be found while the contact is there; and a run may end between
 * its removal and the next write. So its names are kept with the mail user meanwhile, where they are no address.
 */
import type { FieldChange } from '../../../engine/plan.ts'

/** A list, for whatever the organization likes: other values in it stay. */
export const KEPT_IN = 'extensionCustomAttribute5'

const PREFIX = 'tenant-sync:'
const KEPT = /^tenant-sync:(X500|smtp):./

/** The proxy addresses that a run has left there; never a primary one. */
export function keptIn(values: readonly string[]): string[] {
  return values.filter((value) => KEPT.test(value)).map((value) => value.slice(PREFIX.length))
}

export function keeping(values: readonly string[], names: readonly string[]): FieldChange {
  return {
    field: KEPT_IN,
    before: values,
    after: [...new Set([...values, ...names.map((name) => PREFIX + name)])],
  }
}

export function letGo(values: readonly string[]): FieldChange {
  const others = values.filter((value) => !KEPT.test(value))
  return { field: KEPT_IN, before: values, after: others.length > 0 ? others : null }
}
