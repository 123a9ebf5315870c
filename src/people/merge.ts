/** People of several sources as one list: the first source that names a mail address wins. */
import { normalAddress } from './address.ts'
import type { Person, Sourced } from './person.ts'

export interface Merged {
  readonly people: readonly Sourced[]
  readonly skipped: readonly Duplicate[]
}

/** Somebody whose mail address is already another person's. */
export interface Duplicate {
  readonly person: Person
  readonly reason: 'duplicate-address'
  readonly detail: string
}

/**
 * The same people give the same list, in whatever order a source names them: within one source the
 * smallest id is first. One id in two sources is one person. People without mail are never duplicates
 * of each other.
 *
 * @param sources in the order of the profile.
 */
export function merge(sources: readonly (readonly Sourced[])[]): Merged {
  const people: Sourced[] = []
  const skipped: Duplicate[] = []
  const ids = new Set<string>()
  const holders = new Map<string, Person>()

  for (const source of sources)
    for (const sourced of source.toSorted(byId)) {
      const { person } = sourced
      if (ids.has(person.id)) continue
      ids.add(person.id)
      const address = normalAddress(person.mail)
      const holder = address === '' ? undefined : holders.get(address)
      if (holder) {
        skipped.push({
          person,
          reason: 'duplicate-address',
          detail: `"${holder.displayName}" (${holder.id}) is named first with ${address}`,
        })
        continue
      }
      holders.set(address, person)
      people.push(sourced)
    }
  return { people, skipped }
}

function byId({ person: left }: Sourced, { person: right }: Sourced): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0
}
