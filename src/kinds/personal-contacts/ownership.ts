/**
 * Whose a contact in a mailbox is: this profile's by its mark, one of O365-Synchronizer's that may be
 * taken over, or somebody else's, which is never touched.
 */
import { parseMark } from '../../people/mark.ts'
import { MARK_PROPERTY, propertyOf, type Contact } from './contact.ts'
import type { PersonalContactsProfile } from './schema.ts'

export type Owner =
  | { readonly by: 'profile'; readonly person: string; readonly mark: string }
  | { readonly by: 'o365synchronizer'; readonly person: string; readonly fileAs: string }
  | { readonly by: 'another'; readonly profile?: string }

export interface OwnershipRules {
  /** The profile's name, and its former ones. */
  readonly names: ReadonlySet<string>
  /** What stands before the GUID in `fileAs` of contacts that may be taken over. */
  readonly prefixes: readonly string[]
}

export function ownershipRules({ name, formerly, adopt }: PersonalContactsProfile): OwnershipRules {
  return {
    names: new Set([name, ...(formerly ?? [])]),
    prefixes: (adopt ?? []).map(({ o365synchronizer }) => o365synchronizer.guidPrefix),
  }
}

export function ownerOf(contact: Contact, { names, prefixes }: OwnershipRules): Owner {
  const text = propertyOf(contact, MARK_PROPERTY)
  if (text !== '') {
    const mark = parseMark(text)
    if (!mark) return { by: 'another' }
    if (names.has(mark.profile)) return { by: 'profile', person: mark.person, mark: text }
    return { by: 'another', profile: mark.profile }
  }
  const { fileAs } = contact
  for (const prefix of prefixes) {
    const person = fileAs?.startsWith(prefix) ? guidOf(fileAs.slice(prefix.length)) : undefined
    if (person !== undefined) return { by: 'o365synchronizer', person, fileAs: fileAs! }
  }
  return { by: 'another' }
}

/** The forms in which .NET reads a GUID, but the one of hexadecimal fields: N, D, B and P. */
const GUID = /^(?:[{(])?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})(?:[)}])?$/i

function guidOf(text: string): string | undefined {
  return GUID.exec(text.trim())?.slice(1).join('-').toLowerCase()
}
