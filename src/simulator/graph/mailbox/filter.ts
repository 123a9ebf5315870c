import { parseFilter } from '../query/filter-syntax.ts'
import type { Filter } from '../query/filter-syntax.ts'
import type { Properties } from '../directory.ts'
import type { Contact } from './contact.ts'
import { invalidFilter } from './errors.ts'
import { EXTENDED, extendedProperties, propertyKey } from './extended-properties.ts'

type Test<Item> = (item: Item) => boolean

/** What of an item a filter may name. */
export interface Filterable<Item> {
  /** The text of a property; `undefined` when it has no such property, or not of text. */
  text(name: string): ((item: Item) => string | undefined) | undefined
  /** A condition on some entry of a list. */
  any?(name: string, of: Filter): Test<Item> | undefined
}

/**
 * A `$filter` made into a test: `eq` and `startsWith` on texts, `any` where the item has it, `and`, `or`.
 * @throws GraphRefused 400 for everything else
 */
export function compileFilter<Item>(source: string, filterable: Filterable<Item>): Test<Item> {
  const compile = (filter: Filter): Test<Item> => {
    if (filter.kind === 'and' || filter.kind === 'or') {
      const [left, right] = [compile(filter.left), compile(filter.right)]
      return filter.kind === 'and' ? (item) => left(item) && right(item) : (item) => left(item) || right(item)
    }
    if (filter.kind === 'not' || filter.path.length !== 1) throw invalidFilter()
    const name = filter.path[0] ?? ''
    if (filter.kind === 'any') {
      const test = filter.of && filterable.any?.(name, filter.of)
      if (!test) throw invalidFilter()
      return test
    }
    const text = filterable.text(name)
    if (!text || filter.kind === 'in' || filter.kind === 'endsWith') throw invalidFilter()
    if (filter.kind === 'startsWith') {
      const prefix = filter.text.toLowerCase()
      return (item) => text(item)?.toLowerCase().startsWith(prefix) ?? false
    }
    if (filter.by !== 'eq' || typeof filter.to !== 'string') throw invalidFilter()
    const wanted = filter.to.toLowerCase()
    return (item) => text(item)?.toLowerCase() === wanted
  }
  return compile(parseFilter(source))
}

/** Lists of a contact that `any` may look into. */
export function anyOfContact(name: string, of: Filter): Test<Contact> | undefined {
  if (name === EXTENDED) {
    const { id, value } = equalities(of)
    if (id === undefined || value === undefined) return undefined
    // The name in the id counts with its case, the value without (Graph, "Get singleValueExtendedProperty").
    const [key, wanted] = [propertyKey(id), value.toLowerCase()]
    return ({ properties }) =>
      extendedProperties(properties).some(
        (each) => each.value.toLowerCase() === wanted && propertyKey(each.id) === key,
      )
  }
  const { address, ...others } = equalities(of)
  if (name !== 'emailAddresses' || address === undefined || Object.keys(others).length > 0) return undefined
  return ({ properties }) =>
    ((properties['emailAddresses'] ?? []) as Properties[]).some(
      (each) => String(each['address']).toLowerCase() === address.toLowerCase(),
    )
}

/** `ep/id eq 'a' and ep/value eq 'b'` as `{ id: 'a', value: 'b' }`; nothing else is understood. */
function equalities(filter: Filter): Record<string, string> {
  if (filter.kind === 'and') return { ...equalities(filter.left), ...equalities(filter.right) }
  if (filter.kind !== 'compare' || filter.by !== 'eq' || typeof filter.to !== 'string') throw invalidFilter()
  return { [filter.path.join('/')]: filter.to }
}
