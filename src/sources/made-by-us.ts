/** What tenant-sync made is never a person to carry on: else two profiles would hand contacts round for ever. */
import { isDerivedName, parseMark } from '../people/mark.ts'
import { EXTENSION_ATTRIBUTES, type Person } from '../people/person.ts'

/** @param attributes what may hold an ownership mark, where the source shows it. */
export function isMadeByUs({ alias }: Pick<Person, 'alias'>, attributes: readonly string[] = []): boolean {
  return isDerivedName(alias) || attributes.some((text) => parseMark(text) !== undefined)
}

/**
 * Of a source that tells little of what somebody is: a user or a mailbox that bears a mark is somebody, moved
 * to where a mail user was made for them.
 */
export function isContactOfOurs(person: Person): boolean {
  return (
    ['', 'contact'].includes(person.type) &&
    isMadeByUs(
      person,
      EXTENSION_ATTRIBUTES.map((field) => person[field]),
    )
  )
}
