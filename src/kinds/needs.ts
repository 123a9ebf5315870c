/** What a profile of each kind needs of the tenants: a new kind is a line here; without one it does not compile. */
import type { Purpose } from '../microsoft/identity.ts'
import type { Need } from '../microsoft/need.ts'
import type { KindName } from '../profiles/kind.ts'
import type { CommonProfile } from '../profiles/profile.ts'
import { crossTenantSyncNeeds } from './cross-tenant-sync/needs.ts'
import { mailContactsNeeds } from './mail-contacts/needs.ts'
import { mailboxMigrationNeeds } from './mailbox-migration/needs.ts'
import { personalContactsNeeds } from './personal-contacts/needs.ts'

type NeedsOf = (profile: never, purpose: Purpose) => readonly Need[]

const NEEDS: Readonly<Record<KindName, NeedsOf>> = {
  'mail-contacts': mailContactsNeeds,
  'personal-contacts': personalContactsNeeds,
  'cross-tenant-sync': crossTenantSyncNeeds,
  'mailbox-migration': mailboxMigrationNeeds,
}

/**
 * What one profile needs to be planned, or to be applied: an apply plans too.
 * @param profile with its defaults, as its kind's schema has it. A paused one is never read, and needs nothing.
 */
export function needsOf(kind: KindName, profile: CommonProfile, purpose: Purpose): readonly Need[] {
  return profile.state === 'paused' ? [] : NEEDS[kind](profile as never, purpose)
}
