/** A record of a file or of a web service as a person. */
import type { Skipped } from '../engine/plan.ts'
import { normalAddress } from '../people/address.ts'
import { isGuid } from '../people/guid.ts'
import { parseMark, formatMark } from '../people/mark.ts'
import { person, PERSON_TYPES, type Person, type PersonField } from '../people/person.ts'

/** What a record holds, by the person's field; trimmed. */
export type RecordValues = { readonly [F in PersonField]?: Person[F] }

/** In characters: an id stands in ownership marks, beside a profile's name. */
const LONGEST_ID = 256

/**
 * @returns the person, known by their id, else by their mail address in lower case; `undefined` for a
 *   record that has neither. Or what is wrong with it, as a sentence without a full stop.
 */
export function personOf(values: RecordValues): Person | { readonly fault: string } | undefined {
  const id = values.id || normalAddress(values.mail ?? '')
  if (id === '') return undefined
  const fault = idFault(id) ?? typeFault(values.type)
  if (fault !== undefined) return { fault }
  return person({ ...values, id: isGuid(id) ? id.toLowerCase() : id })
}

/** Somebody whom nothing could tell from others. @param place in the source, e.g. `people.csv:7`. */
export function unidentified({ displayName = '' }: RecordValues, place: string): Skipped {
  return {
    key: place,
    label: displayName,
    reason: 'no-mail-address',
    detail: 'has neither a mail address nor an id',
  }
}

function idFault(id: string): string | undefined {
  if (id.length > LONGEST_ID)
    return `the id has ${id.length} characters, and at most ${LONGEST_ID} fit a mark`
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(id)) return 'the id holds a control character'
  if (/\p{Surrogate}/u.test(id)) return 'the id holds half a character'
  // What would be read back as something else: the mark of a leaver.
  if (parseMark(formatMark({ profile: 'p', person: id }))?.person !== id) return 'the id ends like a mark'
  return undefined
}

function typeFault(type: string | undefined): string | undefined {
  return type === undefined || type === '' || PERSON_TYPES.includes(type)
    ? undefined
    : `the type is ${JSON.stringify(type)}: expected one of ${PERSON_TYPES.join(', ')}`
}
