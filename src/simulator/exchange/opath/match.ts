/** Which objects a filter means. Texts compare without case, as the directory does. */
import type { CmdletFacts } from '../contract.ts'
import { badValue, notSimulated } from '../errors.ts'
import { addressKey } from '../recipient.ts'
import type { Kind, Property } from '../rows/view.ts'
import { parseFilter, type Comparison, type Expression } from './parse.ts'

/**
 * @param property how a property is read from an object, by its name.
 * @throws ExchangeRefusal for what is no filter, or a property that the cmdlet does not filter by.
 */
export function matcher<Item>(
  filter: string,
  cmdlet: CmdletFacts,
  property: (name: string) => Property<Item> | undefined,
): (item: Item) => boolean {
  return compile(parseFilter(filter), (name) => {
    if (!cmdlet.filterable.has(name.toLowerCase()))
      throw badValue(
        'Filter',
        `"${name}" is not a recognized filterable property. For a complete list of filterable properties see the command help.\r\n"${filter}" at position ${filter.indexOf(name) + 1}.`,
      )
    const known = property(name)
    if (!known) throw notSimulated(`a filter on ${name}`)
    return known
  })
}

function compile<Item>(
  expression: Expression,
  property: (name: string) => Property<Item>,
): (item: Item) => boolean {
  if ('and' in expression) {
    const parts = expression.and.map((part) => compile(part, property))
    return (item) => parts.every((part) => part(item))
  }
  if ('or' in expression) {
    const parts = expression.or.map((part) => compile(part, property))
    return (item) => parts.some((part) => part(item))
  }
  if ('not' in expression) {
    const inside = compile(expression.not, property)
    return (item) => !inside(item)
  }
  const { compare, value } = expression
  const known = property(expression.property)
  const { name, kind } = known
  const like = compare.endsWith('like')
  const wanted = like ? String(value).toLowerCase() : comparable(name, kind, value)
  return (item) => {
    const stored = known.of(item)
    const values = (kind === 'list' ? (stored as readonly unknown[]) : [stored])
      .filter((one) => one !== undefined && one !== '')
      .map((one) => comparable(name, kind, one))
    return holds(compare, values, wanted)
  }
}

type Comparable = string | number | boolean | null

function comparable(name: string, kind: Kind, value: unknown): Comparable {
  if (value === null) return null
  if (kind === 'date' || kind === 'utc') return new Date(value as string | Date).getTime()
  if (kind === 'number') return Number(value)
  if (kind === 'flag') return typeof value === 'string' ? value.toLowerCase() === 'true' : value === true
  const text = String(value as string).toLowerCase()
  return name === 'EmailAddresses' || name === 'ExternalEmailAddress' ? addressKey(text) : text
}

/** What is not set is equal to `$null` alone, and unequal to everything else. */
function holds(compare: Comparison, values: readonly Comparable[], wanted: Comparable): boolean {
  switch (compare) {
    case 'eq':
      return wanted === null ? values.length === 0 : values.includes(wanted)
    case 'ne':
      return !holds('eq', values, wanted)
    case 'like':
      return values.some((value) => isLike(String(value), String(wanted)))
    case 'notlike':
      return !holds('like', values, wanted)
    default:
      return wanted !== null && values.some((value) => value !== null && ordered(compare, value, wanted))
  }
}

function isLike(value: string, pattern: string): boolean {
  return pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern
}

function ordered(
  compare: Comparison,
  value: string | number | boolean,
  wanted: string | number | boolean,
): boolean {
  switch (compare) {
    case 'lt':
      return value < wanted
    case 'le':
      return value <= wanted
    case 'gt':
      return value > wanted
    default:
      return value >= wanted
  }
}
