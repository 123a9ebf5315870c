/**
 * Addresses that change hands. A mail address stands on one recipient of a tenant, as where mail goes
 * or as a proxy; so whoever holds it lets go before another gets it. A person whose address changed
 * keeps the old one as a proxy, until somebody else needs it.
 */
import type { Skipped } from '../../engine/plan.ts'
import { mailAddresses, type MailContact } from './contact.ts'
import { isAdoptable, type OwnershipRules } from './ownership.ts'
import type { Owned, Pair, Pairing } from './pairing.ts'
import type { WantedContact } from './wanted.ts'

/** Other recipients of the tenant (mailboxes, groups, mail users) by the addresses they hold. */
export type OtherRecipients = ReadonlyMap<string, { readonly id: string; readonly description: string }>

export interface Claims extends Omit<Pairing, 'owned'> {
  /** By contact: addresses it holds and somebody else gets. */
  readonly released: ReadonlyMap<MailContact, ReadonlySet<string>>
  /** By person's key: the contact that must change or go first. */
  readonly waitsFor: ReadonlyMap<string, MailContact>
}

/**
 * @param options.leaversGo contacts without a person make room (they stay with `unlisted: keep`).
 * @param options.others absent while they have not been read: no address is taken by them then.
 */
export function settleClaims(
  pairing: Pairing,
  rules: OwnershipRules,
  { leaversGo, others }: { leaversGo: boolean; others?: OtherRecipients },
): Claims {
  const holders = holdersOf(pairing.owned)
  const going = new Set(
    [...(leaversGo ? pairing.leavers : []), ...pairing.duplicates].map(({ contact }) => contact),
  )
  const duplicates = [...pairing.duplicates]
  const skipped = [...pairing.skipped]
  const untouched = new Set(pairing.untouched)
  let pairs = pairing.pairs
  let fresh = pairing.fresh
  let paired = new Set<MailContact>()

  /** @returns why the person cannot have the address; nothing when they can, or once somebody has let go. */
  function refusal(
    { address }: WantedContact,
    own?: MailContact,
  ): Pick<Skipped, 'reason' | 'detail'> | undefined {
    const holder = holders.get(address)
    if (!holder || holder.contact === own) {
      const other = others?.get(address)
      return other && other.id !== own?.guid
        ? { reason: 'address-taken', detail: `${other.description} has the address` }
        : undefined
    }
    const { contact, owner } = holder
    if (going.has(contact)) return undefined
    if (paired.has(contact)) return undefined
    if (owner.by === 'another')
      return {
        reason: 'owned-by-another',
        detail: `the mail contact "${contact.displayName}" ${owner.detail}, and has the address`,
      }
    // Nobody's, and the person has a contact already: one of the two is too many.
    if (
      own &&
      contact.address === address &&
      !contact.directorySynced &&
      isAdoptable(owner, contact, rules)
    ) {
      duplicates.push(holder)
      going.add(contact)
      return undefined
    }
    return { reason: 'address-taken', detail: `the mail contact "${contact.displayName}" has the address` }
  }

  // Whoever is refused stays where they are, and may so refuse the next one.
  for (let settled = false; !settled;) {
    settled = true
    paired = new Set(pairs.map(({ contact }) => contact))
    const refuse = (wanted: WantedContact, own?: MailContact): boolean => {
      const claims = !own || own.address !== wanted.address
      const why = claims ? refusal(wanted, own) : undefined
      if (!why) return false
      skipped.push({ key: wanted.key, label: wanted.label, ...why })
      if (own) untouched.add(own)
      settled = false
      return true
    }
    pairs = pairs.filter(({ wanted, contact }) => !refuse(wanted, contact))
    fresh = fresh.filter((wanted) => !refuse(wanted))
  }

  return {
    pairs,
    fresh,
    duplicates,
    skipped,
    leavers: pairing.leavers.filter(
      ({ contact }) => !duplicates.some((duplicate) => duplicate.contact === contact),
    ),
    untouched: [...untouched],
    ...handovers(pairs, fresh, holders),
  }
}

function handovers(
  pairs: readonly Pair[],
  fresh: readonly WantedContact[],
  holders: ReadonlyMap<string, Owned>,
): Pick<Claims, 'released' | 'waitsFor'> {
  const released = new Map<MailContact, Set<string>>()
  const waitsFor = new Map<string, MailContact>()
  const claim = ({ key, address }: WantedContact, own?: MailContact) => {
    const holder = holders.get(address)?.contact
    if (!holder || holder === own) return
    waitsFor.set(key, holder)
    released.set(holder, (released.get(holder) ?? new Set()).add(address))
  }
  for (const { wanted, contact } of pairs) if (contact.address !== wanted.address) claim(wanted, contact)
  for (const wanted of fresh) claim(wanted)
  return { released, waitsFor }
}

/** Every address of every mail contact, where mail goes first: it decides when two hold one. */
function holdersOf(owned: readonly Owned[]): Map<string, Owned> {
  const holders = new Map<string, Owned>()
  for (const one of owned) if (!holders.has(one.contact.address)) holders.set(one.contact.address, one)
  for (const one of owned)
    for (const address of mailAddresses(one.contact.emailAddresses))
      if (!holders.has(address)) holders.set(address, one)
  return holders
}
