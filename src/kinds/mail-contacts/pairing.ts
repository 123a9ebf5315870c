/** People and contacts brought together: by mark first, then by address within the owned domains. */
import type { Skipped } from '../../engine/plan.ts'
import { domainOf } from '../../people/address.ts'
import type { MailContact } from './contact.ts'
import { derivedNames, isDerivedName } from '../../people/mark.ts'
import { isAdoptable, ownerOf, type Owner, type OwnershipRules } from './ownership.ts'
import { normalId, personLabel } from '../../people/person.ts'
import type { WantedContact } from './wanted.ts'

export interface Owned {
  readonly contact: MailContact
  readonly owner: Owner
}

export interface Pair extends Owned {
  readonly wanted: WantedContact
}

export interface Pairing {
  readonly pairs: readonly Pair[]
  /** People without a contact. */
  readonly fresh: readonly WantedContact[]
  /** Contacts of ours, or adoptable, that are nobody's. */
  readonly leavers: readonly Owned[]
  /** Newer contacts with a mark that an older one bears. */
  readonly duplicates: readonly Owned[]
  readonly skipped: readonly Skipped[]
  /** All contacts of the tenant, each with its owner. */
  readonly owned: readonly Owned[]
}

export function pair(
  wanted: readonly WantedContact[],
  contacts: readonly MailContact[],
  rules: OwnershipRules,
): Pairing {
  const owned = contacts.map((contact): Owned => ({ contact, owner: ownerOf(contact, rules) }))
  const marks = markedContacts(owned, rules)
  const taken = new Set<MailContact>()
  const pairs: Pair[] = []
  const fresh: WantedContact[] = []
  const skipped: Skipped[] = []

  const settle = (one: WantedContact, found: Owned) => {
    taken.add(found.contact)
    const why = refusal(found, rules)
    if (why) skipped.push({ key: one.key, label: personLabel(one.sourced.person), ...why })
    else pairs.push({ ...found, wanted: one })
  }

  const unmarked: WantedContact[] = []
  for (const one of wanted) {
    const found = marks.of(one.key)
    if (found) settle(one, found)
    else unmarked.push(one)
  }
  const at = contactsAt(unmarked, owned, taken, wanted)
  for (const one of unmarked) {
    const found = at(one.address)
    if (found) settle(one, found)
    else fresh.push(one)
  }

  const duplicates = marks.duplicates.filter((one) => !taken.has(one.contact) && isControlled(one, rules))
  for (const { contact } of duplicates) taken.add(contact)
  const leavers = owned.filter((one) => !taken.has(one.contact) && isControlled(one, rules))
  return { pairs, fresh, leavers, duplicates, skipped, owned }
}

/** In the plan: the person its mark names, else its id. Its name is somebody's, and keys stand in the journal. */
export function keyOf({ contact, owner }: Owned): string {
  return owner.by === 'profile' ? owner.person : contact.guid
}

/** Ours, or adoptable, in an owned domain: what the profile may change and delete. */
export function isControlled({ contact, owner }: Owned, rules: OwnershipRules): boolean {
  if (owner.by !== 'profile') return isAdoptable(owner, contact, rules)
  return !contact.directorySynced && rules.owns.has(domainOf(contact.address))
}

/** Why a contact that matches may not be touched. */
function refusal(
  { contact, owner }: Owned,
  rules: OwnershipRules,
): Pick<Skipped, 'reason' | 'detail'> | undefined {
  const named = `the mail contact "${contact.displayName}"`
  if (owner.by === 'another') return { reason: 'owned-by-another', detail: `${named} ${owner.detail}` }
  if (!rules.owns.has(domainOf(contact.address)))
    return {
      reason: 'outside-owned-domains',
      detail: `${named} is theirs and stands outside the owned domains: add ${domainOf(contact.address)} to owns`,
    }
  if (contact.directorySynced)
    return { reason: 'directory-synced', detail: `${named} is synchronized from an on-premises directory` }
  const unfinished = owner.by === 'nobody' && isDerivedName(contact.name)
  if (owner.by === 'nobody' && !unfinished && !isAdoptable(owner, contact, rules))
    return {
      reason: 'address-taken',
      detail: `${named} has the address and bears no mark; adopt: [unmarked] would take it over`,
    }
  return undefined
}

/** Contacts by the person they are marked for, or were about to be. */
function markedContacts(owned: readonly Owned[], { names }: OwnershipRules) {
  const marked = new Map<string, Owned>()
  const toolMarked = new Map<string, Owned>()
  const unfinished = new Map<string, Owned>()
  const duplicates: Owned[] = []

  for (const one of owned) {
    const { contact, owner } = one
    if (owner.by === 'profile') {
      const other = marked.get(normalId(owner.person))
      const [older, newer] = other && isOlder(other, one) ? [other, one] : [one, other]
      marked.set(normalId(owner.person), older)
      if (newer) duplicates.push(newer)
    } else if (owner.by === 'adopted-tool') {
      const other = toolMarked.get(owner.person)
      if (!other || isOlder(one, other)) toolMarked.set(owner.person, one)
    } else if (owner.by === 'nobody' && isDerivedName(contact.name)) unfinished.set(contact.name, one)
  }

  function begun(key: string): Owned | undefined {
    if (unfinished.size === 0) return undefined
    return [...names]
      .flatMap((name) => derivedNames(name, key))
      .map((name) => unfinished.get(name))
      .find((found) => found !== undefined)
  }

  return {
    of: (key: string) => marked.get(normalId(key)) ?? begun(key) ?? toolMarked.get(normalId(key)),
    duplicates,
  }
}

/**
 * Contacts by address, for people who have none by a mark. One of ours whose person is gone is found,
 * and marked anew; one whose person is there moves away by itself, if it moves at all.
 */
function contactsAt(
  unmarked: readonly WantedContact[],
  owned: readonly Owned[],
  taken: ReadonlySet<MailContact>,
  wanted: readonly WantedContact[],
): (address: string) => Owned | undefined {
  if (unmarked.length === 0) return () => undefined
  const people = new Set(wanted.map(({ key }) => normalId(key)))
  const addresses = new Set(unmarked.map(({ address }) => address))
  const found = new Map<string, Owned>()
  for (const one of owned) {
    const { contact, owner } = one
    if (!addresses.has(contact.address) || taken.has(contact)) continue
    const isThere = 'person' in owner && people.has(normalId(owner.person))
    if (!isThere) found.set(contact.address, one)
  }
  return (address) => found.get(address)
}

function isOlder({ contact: left }: Owned, { contact: right }: Owned): boolean {
  return left.created === right.created ? left.guid < right.guid : left.created < right.created
}
