/**
 * Addresses that change hands. A mail address stands on one recipient of a tenant, as where mail goes
 * or as a proxy; so whoever holds it lets go before another gets it. A person whose address changed
 * keeps the old one as a proxy, until somebody else needs it.
 */
import type { Skipped } from '../../engine/plan.ts'
import { mailAddresses } from '../../microsoft/proxy-addresses.ts'
import type { MailContact } from './contact.ts'
import { isAdoptable, type OwnershipRules } from './ownership.ts'
import type { Owned, Pair, Pairing } from './pairing.ts'
import { normalId, personLabel } from '../../people/person.ts'
import type { WantedContact } from './wanted.ts'

/** Other recipients of the tenant (mailboxes, groups, mail users), in words. */
export interface OtherRecipients {
  /** By the addresses they hold. */
  readonly holders: ReadonlyMap<string, string>
  /** By the id of the person whose mailbox moves, or has moved, to it. */
  readonly movers: ReadonlyMap<string, string>
}

export interface Claims extends Omit<Pairing, 'owned'> {
  /** By contact: addresses it holds and somebody else gets. */
  readonly released: ReadonlyMap<MailContact, ReadonlySet<string>>
  /** By person's key: the contact that must change or go first. */
  readonly waitsFor: ReadonlyMap<string, MailContact>
}

/** The addresses that somebody gets who did not have them. */
export function claimedAddresses({ pairs, fresh }: Pick<Pairing, 'pairs' | 'fresh'>): Set<string> {
  const moving = pairs.filter(moves).map(({ wanted }) => wanted.address)
  return new Set([...fresh.map(({ address }) => address), ...moving])
}

/** @param options.leaversGo contacts without a person make room (they stay with `unlisted: keep`). */
export function settleClaims(
  pairing: Pairing,
  rules: OwnershipRules,
  { leaversGo, others }: { leaversGo: boolean; others: OtherRecipients },
): Claims {
  const holders = holdersOf(pairing)
  const going = new Set(
    [...(leaversGo ? pairing.leavers : []), ...pairing.duplicates].map(({ contact }) => contact),
  )
  const duplicates = [...pairing.duplicates]
  const skipped = [...pairing.skipped]
  let pairs = pairing.pairs
  let fresh = pairing.fresh
  let paired = new Set<MailContact>()

  /** @returns why the person cannot have the address; nothing when they can, or once somebody has let go. */
  function refusal(
    { key, address }: WantedContact,
    own?: MailContact,
  ): Pick<Skipped, 'reason' | 'detail'> | undefined {
    const holder = holders.get(address)
    if (!holder || holder.contact === own) {
      const other = others.holders.get(address)
      if (other !== undefined) return { reason: 'address-taken', detail: `${other} has the address` }
      const mover = own ? undefined : others.movers.get(normalId(key))
      return mover === undefined
        ? undefined
        : { reason: 'address-taken', detail: `${mover} was made for this person, who moves here` }
    }
    const { contact, owner } = holder
    if (going.has(contact) || paired.has(contact)) return undefined
    const named = `the mail contact "${contact.displayName}"`
    if (owner.by === 'another')
      return { reason: 'owned-by-another', detail: `${named} ${owner.detail}, and has the address` }
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
    return { reason: 'address-taken', detail: `${named} has the address` }
  }

  // Whoever is refused stays where they are, and may so refuse the next one.
  for (let settled = false; !settled;) {
    settled = true
    paired = new Set(pairs.map(({ contact }) => contact))
    const refuse = (wanted: WantedContact, own?: MailContact): boolean => {
      const why = refusal(wanted, own)
      if (!why) return false
      skipped.push({ key: wanted.key, label: personLabel(wanted.sourced.person), ...why })
      settled = false
      return true
    }
    pairs = pairs.filter((one) => !moves(one) || !refuse(one.wanted, one.contact))
    fresh = fresh.filter((wanted) => !refuse(wanted))
  }

  const gone = new Set(duplicates.map(({ contact }) => contact))
  return {
    pairs,
    fresh,
    duplicates,
    skipped,
    leavers: pairing.leavers.filter(({ contact }) => !gone.has(contact)),
    ...handovers(pairs, fresh, holders),
  }
}

function moves({ wanted, contact }: Pair): boolean {
  return wanted.address !== contact.address
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
  for (const one of pairs) if (moves(one)) claim(one.wanted, one.contact)
  for (const wanted of fresh) claim(wanted)
  return { released, waitsFor }
}

/** Who among the mail contacts holds each address that somebody is to get; where mail goes counts before a proxy. */
function holdersOf(pairing: Pairing): Map<string, Owned> {
  const claimed = claimedAddresses(pairing)
  const holders = new Map<string, Owned>()
  if (claimed.size === 0) return holders
  const { owned } = pairing
  for (const one of owned) if (claimed.has(one.contact.address)) holders.set(one.contact.address, one)
  for (const one of owned)
    for (const address of mailAddresses(one.contact.emailAddresses))
      if (claimed.has(address) && !holders.has(address)) holders.set(address, one)
  return holders
}
