/** The people of a profile: all its sources read side by side, merged in their order. */
import { openNotice } from '../engine/notice.ts'
import type { Notice, Skipped } from '../engine/plan.ts'
import { inOrderOfIds, merge } from '../people/merge.ts'
import { personLabel, type PersonField, type Sourced } from '../people/person.ts'
import { sourceLabel, sourceName } from '../sources/check.ts'
import type { From } from '../sources/schema.ts'
import { SourceError } from '../sources/source-error.ts'
import { readOnce } from '../sources/read-once.ts'
import type { SourceRead } from '../sources/source.ts'
import type { Surroundings } from '../sources/surroundings.ts'
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

/**
 * @param fields what expressions read of a person.
 * @param required whom a source does not tell this of, nobody stands for: without it all would look like leavers.
 * @throws what the first failing source throws: people are known whole, or not at all.
 */
export async function readPeople(
  from: From,
  fields: ReadonlySet<PersonField>,
  required: readonly PersonField[],
  around: Surroundings,
): Promise<People> {
  const reads = await Promise.all(from.map((one, index) => readOnce(one, ['from', index], fields, around)))
  for (const [index, read] of reads.entries()) refuseWithout(required, read, from[index]!, index)
  const people = merged(from, reads)
  if (!reads.some(({ secondLook }) => secondLook)) return people
  const lookAgain = () => Promise.all(reads.map(async (read) => (await read.secondLook?.()) ?? read))
  return { ...people, secondLook: async () => merged(from, await lookAgain()) }
}

/** All of them together that give nobody are a limit; one that does beside others is easily overlooked. */
function emptySources(from: From, reads: readonly SourceRead[]): Notice[] {
  if (reads.every(({ people }) => people.length === 0)) return []
  return from
    .filter((_, index) => reads[index]!.people.length === 0)
    .map((source) =>
      openNotice(
        'source-empty',
        `The source ${sourceLabel(source)} (${sourceName(source)}) gave nobody: whoever came from it counts as left.`,
      ),
    )
}

function refuseWithout(
  required: readonly PersonField[],
  { people }: SourceRead,
  from: From[number],
  index: number,
): void {
  const missing = required.find((field) => people.some(({ unknown }) => unknown.has(field)))
  if (missing === undefined) return
  const message = `The source ${sourceLabel(from)} does not tell the ${missing} of its people, by which this kind of profile knows them: all of them would look as if they had left.`
  throw new SourceError('required-field-unknown', message, { advice: message, path: ['from', index] })
}

function merged(from: From, reads: readonly SourceRead[]): People {
  const { people, skipped } = merge(
    reads.map((read) => (read.inOrder ? read.people : inOrderOfIds(read.people))),
  )
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
    warnings: [...reads.flatMap(({ warnings }) => warnings), ...emptySources(from, reads)],
    explain: (address) => explainPerson(address, people, from, reads),
  }
}

/** Nobody was hidden, and nobody shown, who was not before. */
export function samePeople({ people: left }: People, { people: right }: People): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index])
}
