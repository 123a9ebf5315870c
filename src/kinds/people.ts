/** The people of a profile: all its sources read side by side, merged in their order. */
import type { Notice, Skipped } from '../engine/plan.ts'
import type { Readers } from '../microsoft/connections.ts'
import { merge } from '../people/merge.ts'
import { personLabel, type PersonField, type Sourced } from '../people/person.ts'
import type { From } from '../sources/schema.ts'
import { source } from '../sources/sources.ts'
import type { SourceRead } from '../sources/source.ts'
import { explainNobody, explainPerson, type PersonExplained } from './people-explained.ts'

export interface People {
  readonly people: readonly Sourced[]
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
  /** Asks the sources what they ask only when somebody new is to be shown; absent when there is nothing more to learn. */
  readonly secondLook?: () => Promise<People>
  /**
   * Whether somebody is among these people, and why: by any of their addresses or their id.
   * It takes a few requests of its own.
   */
  explain(address: string): Promise<PersonExplained>
}

/** The people of a profile that is absent: no source is read. */
export const NOBODY: People = {
  people: [],
  skipped: [],
  warnings: [],
  explain: (address) => Promise.resolve(explainNobody(address)),
}

/** @throws what the first failing source throws: people are known whole, or not at all. */
export async function readPeople(
  from: From,
  fields: ReadonlySet<PersonField>,
  readers: Readers,
): Promise<People> {
  const reads = await Promise.all(from.map((one) => source(one, readers).read(fields)))
  const people = merged(from, reads)
  if (!reads.some(({ secondLook }) => secondLook)) return people
  const lookAgain = () => Promise.all(reads.map(async (read) => (await read.secondLook?.()) ?? read))
  return { ...people, secondLook: async () => merged(from, await lookAgain()) }
}

function merged(from: From, reads: readonly SourceRead[]): People {
  const { people, skipped } = merge(reads.map((read) => read.people))
  return {
    people,
    skipped: [
      ...reads.flatMap((read) => read.skipped),
      ...skipped.map(({ person, reason, detail }) => ({
        key: person.id,
        label: personLabel(person),
        reason,
        detail,
      })),
    ],
    warnings: reads.flatMap(({ warnings }) => warnings),
    explain: (address) => explainPerson(address, people, from, reads),
  }
}

/** Nobody was hidden, and nobody shown, who was not before. */
export function samePeople({ people: left }: People, { people: right }: People): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index])
}
