/** What a `Get-` cmdlet shows of an object: its properties, and how each stands in JSON. */
import { badRequest } from '../errors.ts'

export type Row = Record<string, unknown>
export type Kind = 'text' | 'flag' | 'number' | 'list' | 'guid' | 'date' | 'utc'

export interface Property<Item> {
  readonly name: string
  readonly kind: Kind
  /** Text, flag, number, list of text, or Date; `undefined` where there is none. */
  of(item: Item): unknown
}

export class View<Item> {
  readonly #properties: ReadonlyMap<string, Property<Item>>

  constructor(properties: readonly Property<Item>[]) {
    this.#properties = new Map(properties.map((property) => [property.name.toLowerCase(), property]))
  }

  /** Without case. */
  property(name: string): Property<Item> | undefined {
    return this.#properties.get(name.toLowerCase())
  }

  /**
   * @param names the columns wanted; all when absent.
   * @throws ExchangeRefusal for a name it does not have. (What the service does with one is not known; here
   * it is refused, so that a misspelt column cannot pass for an empty one.)
   */
  columns(names?: readonly string[]): readonly Property<Item>[] {
    if (!names) return [...this.#properties.values()]
    return names.map((name) => {
      const property = this.property(name)
      if (!property)
        throw badRequest(`Could not find a property named '${name}' on type 'Exchange.GenericHashTable'.`)
      return property
    })
  }
}

/** One row of the answer, with the annotations the service puts beside values. */
export function rowOf<Item>(item: Item, columns: readonly Property<Item>[]): Row {
  const row: Row = {}
  for (const property of columns) {
    const { name, kind } = property
    const value = property.of(item)
    switch (kind) {
      case 'list':
        row[`${name}@odata.type`] = '#Collection(String)'
        row[name] = value ?? []
        break
      case 'guid':
        row[`${name}@data.type`] = 'System.Guid'
        row[`${name}@odata.type`] = '#Guid'
        row[name] = value
        break
      case 'date':
      case 'utc':
        row[`${name}@data.type`] = 'System.DateTime'
        row[name] = value === undefined ? null : timeOf(value as Date, kind)
        break
      case 'number':
        row[`${name}@data.type`] = 'System.Int32'
        row[name] = value ?? null
        break
      case 'flag':
        row[name] = value ?? false
        break
      case 'text':
        row[name] = value ?? ''
    }
  }
  return row
}

/** Seven decimals; `…UTC` properties end in Z, the others in an offset. */
function timeOf(date: Date, kind: 'date' | 'utc'): string {
  const time = date.toISOString().slice(0, -1).padEnd(27, '0')
  return time + (kind === 'utc' ? 'Z' : '+00:00')
}
