/** One mailbox: the contacts wanted in it against those that stand there. */
import { diff, fieldsOfNew, type Wanted } from '../../engine/diff.ts'
import type { FieldChange, Reason } from '../../engine/plan.ts'
import { normalId, personLabel } from '../../people/person.ts'
import { formatMark } from '../../people/mark.ts'
import { bodyOf, MARK, PHOTO, sameValue, valueOf, type Contact } from './contact.ts'
import type { Target } from './mailboxes.ts'
import { ownerOf, type Owner, type OwnershipRules } from './ownership.ts'
import type { WantedContact } from './wanted.ts'

export interface Wishes {
  readonly profile: string
  readonly contacts: readonly WantedContact[]
  /** The people of these contacts, and of those that other mailboxes hold. */
  readonly people: ReadonlySet<string>
  readonly includeOwner: boolean
  /** By person: the entity tag of the photo; absent where photos are not kept, or there is none. */
  readonly photos: ReadonlyMap<string, string>
}

/** What a change of one contact is: the same in every mailbox where all of it is the same. */
export type ContactChange =
  | {
      readonly action: 'create'
      readonly key: string
      readonly label: string
      readonly fields: readonly FieldChange[]
    }
  | {
      readonly action: 'update'
      readonly key: string
      readonly label: string
      readonly reason: 'adopted' | 'source-changed'
      readonly fields: readonly FieldChange[]
      /** Of the request that makes the change. */
      readonly body: Readonly<Record<string, unknown>>
    }
  | {
      readonly action: 'delete'
      readonly key: string
      readonly label: string
      readonly reason: Reason
      /** By which it is known again: the mark it bears, or what O365-Synchronizer wrote into `fileAs`. */
      readonly owner: Exclude<Owner, { by: 'another' }>
      /** The person is still wanted: a second contact goes, or one in a mailbox that is not to hold it. */
      readonly stays: boolean
    }

export interface Compared {
  readonly changes: readonly { readonly change: ContactChange; readonly contactId?: string }[]
  /** Contacts that bear the profile's mark, and those that it takes over. */
  readonly marked: number
  /** When the oldest of the marked ones was made: ISO 8601; later than any time where there is none. */
  readonly oldest: string
  readonly adoptable: number
  readonly unchanged: number
  /** The profiles whose marks other contacts bear. */
  readonly others: readonly string[]
}

interface Owned {
  readonly contact: Contact
  readonly owner: Exclude<Owner, { by: 'another' }>
}

/** @param reason of the deletion of contacts that nobody stands behind. */
export function compare(
  target: Target,
  contacts: readonly Contact[],
  rules: OwnershipRules,
  wishes: Wishes,
  reason: Reason = 'left-scope',
): Compared {
  const { owned, marked, oldest, adoptable, others } = sorted(contacts, rules)
  const changes: { change: ContactChange; contactId?: string }[] = []
  let unchanged = 0
  for (const wanted of wishes.contacts) {
    if (!wishes.includeOwner && isOwner(wanted, target)) continue
    const key = normalId(wanted.key)
    const [kept, ...doubles] = owned.get(key) ?? []
    owned.delete(key)
    const change = kept ? amendment(kept, wanted, wishes) : creation(wanted, wishes)
    if (change) changes.push({ change, ...(kept && { contactId: kept.contact.id }) })
    else unchanged++
    for (const double of doubles) changes.push(deletion(double, 'duplicate', true))
  }
  for (const [person, leavers] of owned)
    for (const leaver of leavers) changes.push(deletion(leaver, reason, wishes.people.has(person)))
  return { changes, marked, oldest, adoptable, unchanged, others }
}

/** Behind every time, in the order of texts. */
const NEVER = '~'

function isOwner({ names }: WantedContact, target: Target): boolean {
  for (const name of names) if (target.names.has(name)) return true
  return false
}

/** By person: what is marked before what is to be taken over, the older before the newer. */
function sorted(contacts: readonly Contact[], rules: OwnershipRules) {
  const owned = new Map<string, Owned[]>()
  const others: string[] = []
  const counts = { profile: 0, o365synchronizer: 0 }
  let oldest = NEVER
  for (const contact of contacts) {
    const owner = ownerOf(contact, rules)
    if (owner.by === 'another') {
      if (owner.profile !== undefined) others.push(owner.profile)
      continue
    }
    counts[owner.by]++
    const made = contact.createdDateTime ?? NEVER
    if (owner.by === 'profile' && made < oldest) oldest = made
    const key = normalId(owner.person)
    const same = owned.get(key)
    if (same) same.push({ contact, owner })
    else owned.set(key, [{ contact, owner }])
  }
  for (const same of owned.values()) if (same.length > 1) same.sort(byMarkAndAge)
  return { owned, others, oldest, marked: counts.profile, adoptable: counts.o365synchronizer }
}

function byMarkAndAge(left: Owned, right: Owned): number {
  const rank = ({ contact, owner }: Owned) =>
    `${owner.by === 'profile' ? 0 : 1} ${contact.createdDateTime ?? ''} ${contact.id}`
  return rank(left) < rank(right) ? -1 : 1
}

function creation({ key, label, attributes }: WantedContact, { photos }: Wishes): ContactChange {
  const photo = photos.get(key)
  const fields = [
    ...fieldsOfNew(attributes),
    ...(photo === undefined ? [] : [{ field: PHOTO, before: null, after: photo }]),
  ]
  return { action: 'create', key, label, fields }
}

/** @returns `undefined` when the contact is as wanted. */
function amendment(
  { contact, owner }: Owned,
  { key, label, attributes, fileAs }: WantedContact,
  { profile, photos }: Wishes,
): ContactChange | undefined {
  const adopted = owner.by === 'o365synchronizer'
  const mark = formatMark({ profile, person: key })
  const photo = photos.get(key)
  const wanted = new Map<string, Wanted>([
    ...attributes,
    // Its place in lists is given back to people.
    ...(adopted && !attributes.has('fileAs') ? [['fileAs', always(fileAs)] as const] : []),
    [MARK, always(mark)],
    ...(photo === undefined ? [] : [[PHOTO, always(photo)] as const]),
  ])
  const fields = diff(wanted, { now: (field) => valueOf(contact, field), same: sameValue })
  if (fields.length === 0) return undefined
  const written = fields.filter(({ field }) => field !== PHOTO)
  // Graph would derive the display name anew from the other names.
  const displayName = { field: 'displayName', before: null, after: contact.displayName ?? null }
  const named = written.some(({ field }) => field === 'displayName') ? written : [displayName, ...written]
  const reason = adopted ? 'adopted' : 'source-changed'
  return { action: 'update', key, label, reason, fields, body: bodyOf(named, contact) }
}

function always(value: string): Wanted {
  return { value, when: 'always' }
}

function deletion(
  { contact, owner }: Owned,
  reason: Reason,
  stays: boolean,
): { change: ContactChange; contactId: string } {
  const label = personLabel({
    displayName: contact.displayName ?? '',
    mail: contact.emailAddresses?.[0]?.address ?? '',
  })
  const change: ContactChange = { action: 'delete', key: owner.person, label, reason, owner, stays }
  return { change, contactId: contact.id }
}
