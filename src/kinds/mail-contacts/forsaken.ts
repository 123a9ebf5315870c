/** Contacts that bear a mark and that nobody looks after. */
import type { Notice } from '../../engine/plan.ts'
import { domainOf } from '../../people/address.ts'
import { occurrences, vanishedProfileWarnings } from '../vanished-profiles.ts'
import type { OwnershipRules } from './ownership.ts'
import type { Owned } from './pairing.ts'

/** Marks of profiles that are no longer in the repository. */
export function vanishedProfiles(owned: readonly Owned[], profileNames: ReadonlySet<string>): Notice[] {
  const marks = owned.flatMap(({ owner }) =>
    owner.by === 'another' && owner.profile !== undefined ? [owner.profile] : [],
  )
  return vanishedProfileWarnings(occurrences(marks), profileNames, 'mail contacts')
}

/** Marks of this profile outside the domains it owns: never touched, not even where a domain was taken out of `owns`. */
export function outsideOwned(owned: readonly Owned[], { owns }: OwnershipRules): Notice[] {
  const outside = owned.filter(
    ({ contact, owner }) => owner.by === 'profile' && !owns.has(domainOf(contact.address)),
  )
  if (outside.length === 0) return []
  const domains = [...new Set(outside.map(({ contact }) => domainOf(contact.address)))].sort().join(', ')
  const told = (which: string) =>
    `${outside.length} mail contacts bear this profile's mark in domains that it does not own${which}: they are left alone. Name the domains under owns to manage them.`
  // Somebody may have a domain of their own.
  return [{ code: 'marked-outside-owned-domains', message: told(` (${domains})`), advice: told('') }]
}
