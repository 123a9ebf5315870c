/** People and contacts brought together: by mark first, then by address within the owned domains. */
import type { Skipped } from '../../engine/plan.ts'
import type { MailContact } from './contact.ts'
import { derivedName, isDerivedName } from './mark.ts'
import { isAdoptable, ownerOf, type Owner, type OwnershipRules } from './ownership.ts'
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
  /** Contacts that stay as they are, since their person was skipped. */
  readonly untouched: readonly MailContact[]
  readonly owned: readonly Owned[]
}

export function pair(
  wanted: readonly WantedContact[],
  contacts: readonly MailContact[],
  rules: OwnershipRules,
): Pairing {
  const owned = contacts
    .map((contact): Owned => ({ contact, owner: ownerOf(contact, rules) }))
    .sort(olderFirst)
  const book = index(owned, rules)
  const people = new Set(wanted.map(({ key }) => key.toLowerCase()))
  const taken = new Set<MailContact>()
  const pairs: Pair[] = []
  const fresh: WantedContact[] = []
  const skipped: Skipped[] = []
  const untouched: MailContact[] = []

  for (const one of wanted) {
    const found = book.of(one) ?? atItsAddress(one)
    const why = found && refusal(found, rules)
    if (!found) fresh.push(one)
    else if (why) {
      skipped.push({ key: one.key, label: one.label, ...why })
      untouched.push(found.contact)
    } else pairs.push({ ...found, wanted: one })
    if (found) taken.add(found.contact)
  }

  /** A contact of ours whose person is gone is found by its address, and marked anew; one whose person is there moves away by itself. */
  function atItsAddress({ address }: WantedContact): Owned | undefined {
    const found = book.atAddress(address)
    if (!found || taken.has(found.contact)) return undefined
    const { owner } = found
    const marked = owner.by === 'profile' || owner.by === 'adopted-tool'
    return marked && people.has(owner.person.toLowerCase()) ? undefined : found
  }

  const duplicates = book.duplicates.filter(
    ({ contact, owner }) => !taken.has(contact) && owner.by === 'profile' && !contact.directorySynced,
  )
  const extra = new Set(duplicates.map(({ contact }) => contact))
  const leavers = owned.filter(
    ({ contact, owner }) =>
      !taken.has(contact) &&
      !extra.has(contact) &&
      !contact.directorySynced &&
      (owner.by === 'profile' || isAdoptable(owner, contact, rules)),
  )
  return { pairs, fresh, leavers, duplicates, skipped, untouched, owned }
}

/** Why a contact that matches may not be touched. */
function refusal(
  { contact, owner }: Owned,
  rules: OwnershipRules,
): Pick<Skipped, 'reason' | 'detail'> | undefined {
  if (owner.by === 'another')
    return { reason: 'owned-by-another', detail: `the mail contact "${contact.displayName}" ${owner.detail}` }
  const unfinished = owner.by === 'nobody' && isDerivedName(contact.name)
  if (owner.by === 'nobody' && !unfinished && !isAdoptable(owner, contact, rules))
    return {
      reason: 'address-taken',
      detail: `the mail contact "${contact.displayName}" has the address and bears no mark; adopt: [unmarked] would take it over`,
    }
  if (contact.directorySynced)
    return {
      reason: 'directory-synced',
      detail: `the mail contact "${contact.displayName}" is synchronized from an on-premises directory`,
    }
  return undefined
}

function index(owned: readonly Owned[], rules: OwnershipRules) {
  const byMark = new Map<string, Owned>()
  const byToolsMark = new Map<string, Owned>()
  const unfinished = new Map<string, Owned>()
  const byAddress = new Map<string, Owned>()
  const duplicates: Owned[] = []

  for (const one of owned) {
    const { contact, owner } = one
    if (!byAddress.has(contact.address)) byAddress.set(contact.address, one)
    if (owner.by === 'profile') {
      if (byMark.has(owner.person)) duplicates.push(one)
      else byMark.set(owner.person, one)
    }
    if (owner.by === 'adopted-tool' && !byToolsMark.has(owner.person)) byToolsMark.set(owner.person, one)
    if (owner.by === 'nobody' && isDerivedName(contact.name)) unfinished.set(contact.name, one)
  }

  function unfinishedOf(key: string): Owned | undefined {
    if (unfinished.size === 0) return undefined
    return [...rules.names]
      .map((name) => unfinished.get(derivedName(name, key)))
      .find((found) => found !== undefined)
  }

  return {
    of: ({ key }: WantedContact) =>
      byMark.get(key) ?? unfinishedOf(key) ?? byToolsMark.get(key.toLowerCase()),
    atAddress: (address: string) => byAddress.get(address),
    duplicates,
  }
}

function olderFirst({ contact: left }: Owned, { contact: right }: Owned): number {
  return left.created < right.created
    ? -1
    : left.created > right.created
      ? 1
      : left.guid < right.guid
        ? -1
        : 1
}
