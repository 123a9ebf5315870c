/** `state: absent`: all that bears the profile's mark goes, and nothing that it might adopt. */
import type { Context, Proposal } from '../../engine/kind.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import { deletion, type Marking } from './changes.ts'
import type { MailContact } from './contact.ts'
import { ownerOf, type OwnershipRules } from './ownership.ts'
import { vanishedProfiles } from './forsaken.ts'

export function removal(
  contacts: readonly MailContact[],
  rules: OwnershipRules,
  marking: Marking,
  { profileNames }: Context,
): Proposal<ExchangeWriter> {
  const owned = contacts.map((contact) => ({ contact, owner: ownerOf(contact, rules) }))
  const ours = owned.filter(({ owner }) => owner.by === 'profile')
  const bound = ours.filter(({ contact }) => contact.directorySynced)
  return {
    managed: ours.length,
    begun: ours.length > 0,
    proposed: ours
      .filter((one) => !bound.includes(one))
      .map((one) => deletion(one, 'profile-absent', marking)),
    unchanged: 0,
    skipped: bound.map(({ contact }) => ({
      key: contact.name,
      label: `${contact.displayName} <${contact.address}>`,
      reason: 'directory-synced',
      detail: 'it is synchronized from an on-premises directory',
    })),
    warnings: vanishedProfiles(owned, profileNames),
    health: [],
  }
}
