/** The values of a field as text: for a block of code, a terminal, a cell. */
import type { Value } from '../engine/plan.ts'
import { visible } from './inert.ts'

const MOST_VALUE = 160

/** Texts in quotes, so that white space at an end, and an empty text, can be seen. */
export function valueText(value: Value, max = MOST_VALUE): string {
  if (value === null) return 'nothing'
  if (typeof value === 'string') return `"${visible(value, max)}"`
  if (typeof value !== 'object') return visible(String(value), max)
  return visible(value.map((entry) => `"${entry}"`).join(', ') || 'nothing', max)
}

/** Nothing stands there, or an empty text or list, which is as good as nothing. */
export function isNothing(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
