import { invalidQuery } from './errors.ts'

/**
 * Sorts as `$orderby` says, texts without case.
 * @param text of an item's property; `undefined` for a property there is none by which to sort
 * @throws GraphRefused 400
 */
export function ordered<Item>(
  items: readonly Item[],
  orderby: string,
  text: (name: string) => ((item: Item) => string | undefined) | undefined,
): Item[] {
  const keys = orderby.split(',').map((part) => {
    const [, name = '', direction = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? []
    const of = text(name)
    if (!of) throw invalidQuery(`The property '${name || part}' does not support sorting.`)
    return { of, sign: direction.toLowerCase() === 'desc' ? -1 : 1 }
  })
  return items.toSorted((left, right) => {
    for (const { of, sign } of keys) {
      const [a, b] = [left, right].map((item) => (of(item) ?? '').toLowerCase()) as [string, string]
      if (a !== b) return a < b ? -sign : sign
    }
    return 0
  })
}
