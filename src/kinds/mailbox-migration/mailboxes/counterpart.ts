/**
 * Who stands in the target for a mailbox, what is in the way of that, and the mail contacts that give way: those of
 * the same person that a profile of this repository made.
 */
import { isMailAddress } from '../../../people/address.ts'
import type { Recipient } from '../../../microsoft/recipients.ts'
import type { WantedAddresses } from './addresses.ts'
import { createdNames, type Matched } from './matching.ts'
import type { MailContact, MailUser } from './mail-user.ts'
import type { Mailbox } from './mailbox.ts'

export interface Counterpart {
  readonly mailbox: Mailbox
  /** Absent where one is to be made. */
  readonly mailUser: MailUser | undefined
  /** The profile made it, or began to. */
  readonly ours: boolean
  readonly addresses: WantedAddresses
  /** They hold its address, and are replaced. */
  readonly contacts: readonly MailContact[]
}

/** Why somebody has no counterpart, and cannot have one. */
export interface Conflict {
  readonly mailbox: Mailbox
  readonly reason:
    | 'address-taken'
    | 'archive-guid-mismatch'
    | 'directory-synced'
    | 'exchange-guid-mismatch'
    | 'no-exchange-guid'
    | 'no-mail-address'
    | 'owned-by-another'
  /** May name people. */
  readonly detail: string
  /** Names nobody. */
  readonly advice: string
}

export interface Ownership {
  /** The profile's own name, and its former ones. */
  readonly names: ReadonlySet<string>
  /** Of all profiles of the repository. */
  readonly profileNames: ReadonlySet<string>
  /** The target's, for readers. */
  readonly tenant: string
}

/** All addresses that somebody is to have: who else holds one of them is in the way. */
export function claimsOf(all: readonly Matched[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ addresses }) => own(addresses)))
}

function own({ primary, delivery, external }: WantedAddresses): string[] {
  return [primary, delivery, external]
}

/** Everybody who holds a claimed address. */
interface Holders {
  readonly recipients: ReadonlyMap<string, readonly Recipient[]>
  readonly contacts: ReadonlyMap<string, readonly MailContact[]>
  /** Whoever gets it in this plan. */
  readonly given: Map<string, Mailbox>
}

/**
 * @param recipients those who hold any of the claims, mail contacts aside.
 * @param contacts all mail contacts.
 */
export function counterparts(
  all: readonly Matched[],
  recipients: readonly Recipient[],
  contacts: readonly MailContact[],
  ownership: Ownership,
): (Counterpart | Conflict)[] {
  const claims = claimsOf(all)
  const holders: Holders = {
    recipients: byAddress(recipients, claims),
    contacts: byAddress(contacts, new Set([...claims, ...all.flatMap(({ mailbox }) => mailbox.addresses)])),
    given: new Map(),
  }
  return all.map((one) => {
    const { mailbox, mailUser, addresses } = one
    const fault = faultOf(one, ownership) ?? addressFault(one, holders, ownership)
    if (fault) return { mailbox, ...fault }
    for (const address of own(addresses)) holders.given.set(address, mailbox)
    return {
      mailbox,
      mailUser,
      ours: isOurs(one, ownership),
      addresses,
      contacts: ownContacts(one, holders, ownership),
    }
  })
}

function byAddress<One extends { readonly addresses: readonly string[] }>(
  all: readonly One[],
  claims: ReadonlySet<string>,
): ReadonlyMap<string, readonly One[]> {
  const index = new Map<string, One[]>()
  for (const one of all)
    for (const address of one.addresses)
      if (claims.has(address)) index.set(address, [...(index.get(address) ?? []), one])
  return index
}

type Fault = Omit<Conflict, 'mailbox'>

/** What of the two themselves does not fit. */
function faultOf({ mailbox, mailUser, addresses }: Matched, ownership: Ownership): Fault | undefined {
  const { names, tenant } = ownership
  if (mailbox.exchangeGuid === undefined)
    return {
      reason: 'no-exchange-guid',
      detail: 'the mailbox has no ExchangeGuid yet',
      advice: 'The mailbox has no ExchangeGuid yet.',
    }
  if (addresses.external === '')
    return {
      reason: 'no-mail-address',
      detail: 'the mailbox has no address that its mail user could forward to',
      advice: 'The mailbox has no address of the kind that `external` asks for.',
    }
  // What comes from a directory may be anything, and goes into a file of addresses.
  if (!own(addresses).every(isMailAddress))
    return {
      reason: 'no-mail-address',
      detail: `not all of its addresses are mail addresses: ${JSON.stringify(own(addresses))}`,
      advice: 'One of its addresses is no mail address.',
    }
  if (!mailUser) return undefined
  const named = `the mail user "${mailUser.displayName}"`
  if (mailUser.mark && !names.has(mailUser.mark.profile))
    return {
      reason: 'owned-by-another',
      detail: `${named} belongs to profile ${mailUser.mark.profile}`,
      advice:
        'The mail user belongs to another profile; of one that was renamed, name the old one under `formerly`.',
    }
  if (mailUser.exchangeGuid !== undefined && mailUser.exchangeGuid !== mailbox.exchangeGuid)
    return {
      reason: 'exchange-guid-mismatch',
      detail: `${named} has the ExchangeGuid of another mailbox`,
      advice: `The mail user in ${tenant} has another ExchangeGuid: of another mailbox, or of one that it once had itself. Only of the latter Set-User -PermanentlyClearPreviousMailboxInfo may clear it, and that cannot be undone.`,
    }
  // An archive of its own would be cut off.
  if (
    !isOurs({ mailbox, mailUser }, ownership) &&
    mailUser.archiveGuid !== undefined &&
    mailUser.archiveGuid !== mailbox.archiveGuid
  )
    return {
      reason: 'archive-guid-mismatch',
      detail: `${named} has another archive than the mailbox`,
      advice: `The mail user in ${tenant} was there before, with an archive of its own: it stays, so the mailbox cannot move to it.`,
    }
  return undefined
}

/** Whoever else holds, or gets, one of the addresses. */
function addressFault(
  { mailbox, mailUser, addresses }: Matched,
  { recipients, contacts, given }: Holders,
  { profileNames, tenant }: Ownership,
): Fault | undefined {
  const taken = (detail: string, advice: string): Fault => ({ reason: 'address-taken', detail, advice })
  for (const address of own(addresses)) {
    const holder = recipients.get(address)?.find(({ guid }) => guid !== mailUser?.id)
    if (holder)
      return taken(
        `the ${holder.type} "${holder.displayName}" has the address ${address}`,
        `A ${holder.type} in ${tenant} has one of the addresses.`,
      )
    const contact = contacts
      .get(address)
      ?.find((one) => address !== addresses.external || !givesWay(one, mailbox, profileNames))
    if (contact)
      return taken(
        `the mail contact "${contact.displayName}" has the address ${address}`,
        `A mail contact in ${tenant} that is not the person's own of a profile of this repository has one of the addresses.`,
      )
    const other = given.get(address)
    if (other)
      return taken(
        `the mail user of "${other.displayName}" gets the address ${address}`,
        'Another member of the group gets one of the addresses.',
      )
  }
  return undefined
}

/** They hold an address of the mailbox, whichever it is that the mail user forwards to. */
function ownContacts(
  { mailbox }: Matched,
  { contacts }: Holders,
  { profileNames }: Ownership,
): readonly MailContact[] {
  const holding = mailbox.addresses.flatMap((address) => contacts.get(address) ?? [])
  return [...new Set(holding)].filter((contact) => givesWay(contact, mailbox, profileNames))
}

/** A profile of this repository made it, of the same person: of another one it may hold a former address. */
function givesWay(
  { marks, external, directorySynced }: MailContact,
  { key, addresses }: Mailbox,
  profileNames: ReadonlySet<string>,
): boolean {
  return (
    !directorySynced &&
    marks.length > 0 &&
    marks.every(({ profile }) => profileNames.has(profile)) &&
    (addresses.includes(external) || marks.some(({ person }) => person.toLowerCase() === key))
  )
}

/** Marked for this person; or of the name that only a create of ours gives, and not marked yet. */
function isOurs({ mailbox, mailUser }: Pick<Matched, 'mailbox' | 'mailUser'>, { names }: Ownership): boolean {
  if (!mailUser) return true
  const { mark, markText, name } = mailUser
  if (mark) return names.has(mark.profile)
  return markText === '' && createdNames(mailbox.key, names).includes(name)
}

export function isConflict(one: Counterpart | Conflict): one is Conflict {
  return 'reason' in one
}
