/** Objects of a tenant's configuration, which go by their names. */
import { guidOf } from '../../ids.ts'

/** Never changed in place: `NamedObjects.change` puts a new one in its stead. */
export interface Named<Values> {
  readonly guid: string
  readonly name: string
  readonly created: Date
  readonly changed: Date
  readonly values: Values
}

export class NamedObjects<Values> implements Iterable<Named<Values>> {
  readonly #kind: string
  readonly #byGuid = new Map<string, Named<Values>>()
  #additions = 0

  /** @param kind what they are, and whose: two of different kinds never share a GUID. */
  constructor(kind: string) {
    this.#kind = kind
  }

  /** In the order of their creation. */
  [Symbol.iterator](): IterableIterator<Named<Values>> {
    return this.#byGuid.values()
  }

  /** By name or GUID, without case. */
  find(identity: string): Named<Values> | undefined {
    const wanted = identity.toLowerCase()
    return this.#byGuid.get(wanted) ?? [...this].find(({ name }) => name.toLowerCase() === wanted)
  }

  add(name: string, values: Values, now: Date): Named<Values> {
    this.#additions += 1
    const guid = guidOf(`${this.#kind}\n${name}\n${this.#additions}`)
    const added = { guid, name, created: now, changed: now, values }
    this.#byGuid.set(guid, added)
    return added
  }

  change(old: Named<Values>, change: { name?: string; values: Values }, now: Date): Named<Values> {
    const changed = { ...old, ...change, changed: now }
    this.#byGuid.set(old.guid, changed)
    return changed
  }

  remove({ guid }: Named<Values>): void {
    this.#byGuid.delete(guid)
  }
}
