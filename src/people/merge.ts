/** People of several sources as one list: the first source that names a mail address wins. */
import { normalAddress } from './address.ts'
import { isGuid } from './guid.ts'
import { normalId, personLabel, type Person, type Sourced } from './person.ts'

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

/** Two people bear one id: what stands in the target for one would be handed to the other. */
export class AmbiguousIdError extends Error {
  override readonly name = 'AmbiguousIdError'
  readonly code = 'ambiguous-id'
  readonly advice: string
  constructor(one: Person, other: Person) {
    const cure =
      'so nobody could tell whose contact is whose. Ids are unique over all sources: put a prefix before those of one source, or leave one of the two out.'
    super(`${personLabel(one)} and ${personLabel(other)} both have the id ${one.id}, ${cure}`)
    this.advice = `Two people have one id, ${cure} detail: full tells which.`
  }
}

/**
 * One id in two sources is one person: the first source that gives them an address has it. People without
 * mail are never duplicates of each other.
 *
 * @param sources in the order of the profile, each in an order that is the same whenever it is read.
 * @throws AmbiguousIdError
 */
export function merge(sources: readonly (readonly Sourced[])[]): Merged {
  const people: Sourced[] = []
  const skipped: Duplicate[] = []
  /** By id: where among the people its bearer is, and which source named them. */
  const bearers = new Map<string, { readonly index: number; readonly source: number }>()
  const holders = new Map<string, Person>()

  for (const [source, named] of sources.entries())
    for (const sourced of named) {
      const { person } = sourced
      const id = normalId(person.id)
      const address = normalAddress(person.mail)
      const holder = address === '' ? undefined : holders.get(address)
      const bearer = bearers.get(id)
      const known = bearer && people[bearer.index]!.person
      if (bearer && known && isSame(known, person, bearer.source !== source)) {
        if (known.mail !== '' || address === '') continue
        if (!holder) {
          people[bearer.index] = sourced
          holders.set(address, person)
          continue
        }
      }
      if (holder) {
        skipped.push({
          person,
          reason: 'duplicate-address',
          detail: `"${holder.displayName}" (${holder.id}) is named first with ${address}`,
        })
        continue
      }
      if (known) throw new AmbiguousIdError(known, person)
      bearers.set(id, { index: people.length, source })
      holders.set(address, person)
      people.push(sourced)
    }
  return { people, skipped }
}

/**
 * Whether those who bear one id are one person. A GUID is nobody else's, and a directory may name somebody
 * twice while it is read. Of other ids (a number of a list) two systems may have the same, which their
 * addresses tell apart; within one system each is somebody of their own.
 */
function isSame(one: Person, other: Person, inTwoSources: boolean): boolean {
  const [first, second] = [normalAddress(one.mail), normalAddress(other.mail)]
  return isGuid(one.id) || (inTwoSources && (first === second || first === '' || second === ''))
}

/**
 * People of a source whose own order means nothing, as a directory's: the smallest id first, and those who
 * bear one id by what else they are.
 */
export function inOrderOfIds(people: readonly Sourced[]): Sourced[] {
  return people
    .map((sourced) => ({ id: normalId(sourced.person.id), sourced }))
    .sort((left, right) => order(left.id, right.id) || order(textOf(left.sourced), textOf(right.sourced)))
    .map(({ sourced }) => sourced)
}

function textOf({ person }: Sourced): string {
  return JSON.stringify(person)
}

/** By code unit: the same on every machine. */
function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
