/** Rows of what is no recipient: configuration objects, whose properties are named as they are kept. */
import { MORE_RESULTS } from '../cmdlets/listing.ts'
import type { Output } from '../cmdlets/cmdlet.ts'
import { rowOf, type Kind, type Property, type View } from './view.ts'

export type Plain = Readonly<Record<string, unknown>>

export const column = (name: string, kind: Kind): Property<Plain> => ({
  name,
  kind,
  of: (item) => item[name],
})

export const columns = (kind: Kind, names: readonly string[]): Property<Plain>[] =>
  names.map((name) => column(name, kind))

/** @param limit rows given at most; more of them are told of. */
export function plainOutput(
  view: View<Plain>,
  items: readonly Plain[],
  limit = Infinity,
  warnings: readonly string[] = [],
): Output {
  return {
    count: Math.min(items.length, limit),
    rows: (from, to, wanted) => items.slice(from, to).map((item) => rowOf(item, view.columns(wanted))),
    warnings: items.length > limit ? [...warnings, MORE_RESULTS] : warnings,
  }
}
