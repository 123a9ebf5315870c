/** Everybody whom a service lists. */
import { createHash } from 'node:crypto'
import type { Skipped } from '../../engine/plan.ts'
import { PERSON_FIELDS, type Person, type PersonField } from '../../people/person.ts'
import { personOf, unidentified, type RecordValues } from '../record.ts'
import { fault } from './fault.ts'
import { valuesOf, type FieldPaths } from './item.ts'
import type { Items } from './pages.ts'

export interface Listed {
  readonly people: readonly Person[]
  readonly skipped: readonly Skipped[]
  /** `fields` does not name them, or no item of any page has them. */
  readonly unknown: ReadonlySet<PersonField>
  /** Whether any page had anything where the link to the next one should stand. */
  readonly toldNext: boolean
}

/** @throws SourceError when an item cannot be read, or none has what people are known by. */
export async function peopleIn(
  pages: AsyncIterable<Items>,
  paths: FieldPaths,
  service: string,
): Promise<Listed> {
  const people = new Distinct()
  const skipped: Skipped[] = []
  const carried = new Set<PersonField>()
  let items = 0
  let toldNext = false
  for await (const page of pages) {
    toldNext ||= page.toldNext
    for (const [index, item] of page.items.entries()) {
      const place = `${page.place}, item ${index + 1}`
      const values = valuesOf(item, paths, place)
      for (const field of Object.keys(values)) carried.add(field as PersonField)
      const found = identified(values, place)
      if (found === undefined) skipped.push(unidentified(values, place))
      else people.add(found)
      items++
    }
  }
  const missing = items === 0 ? [] : paths.filter(([field]) => !carried.has(field))
  refuseMissing(missing, service)
  return { people: people.all, skipped, unknown: unknownAmong(paths, missing), toldNext }
}

function identified(values: RecordValues, place: string): Person | undefined {
  const found = personOf(values)
  if (found && 'fault' in found)
    throw fault('http-item', place, found.fault, 'this cannot be read as a person; detail: full tells why')
  return found
}

/** Nobody would be known by it any more, and all of them would look like leavers. */
function refuseMissing(missing: FieldPaths, service: string): void {
  for (const [field, path] of missing)
    if (field === 'id' || field === 'mail')
      throw fault(
        'http-field-missing',
        service,
        `no item has ${path}, which fields.${field} names: the service may have renamed it`,
      )
}

/** People without an id of their own have one all the same: their mail address. */
function unknownAmong(paths: FieldPaths, missing: FieldPaths): ReadonlySet<PersonField> {
  const named = new Set(paths.map(([field]) => field))
  const nowhere = new Set(missing.map(([field]) => field))
  return new Set(PERSON_FIELDS.filter((field) => field !== 'id' && (!named.has(field) || nowhere.has(field))))
}

/** Pages shift while they are read, so one item may come twice. Two items of one id that differ are two. */
class Distinct {
  readonly #all: Person[] = []
  /** Digests: a million people would take their room twice. */
  readonly #seen = new Set<string>()

  get all(): readonly Person[] {
    return this.#all
  }

  add(person: Person): void {
    const digest = createHash('sha256').update(JSON.stringify(person)).digest('base64')
    if (this.#seen.has(digest)) return
    this.#seen.add(digest)
    this.#all.push(person)
  }
}
