/** The kinds of profile: a new one is a folder and a line in each table; without one it does not compile. */
import type { Kind } from '../engine/kind.ts'
import type { Writers } from '../microsoft/connections.ts'
import type { KindName, ProfileKind } from '../profiles/kind.ts'
import type { Loaded } from '../profiles/load.ts'
import type { Surroundings } from '../sources/surroundings.ts'
import { crossTenantSync } from './cross-tenant-sync/cross-tenant-sync.ts'
import { crossTenantSyncProfile } from './cross-tenant-sync/profile.ts'
import { mailContacts } from './mail-contacts/mail-contacts.ts'
import { mailContactsProfile } from './mail-contacts/profile.ts'
import { mailboxMigration } from './mailbox-migration/mailbox-migration.ts'
import { mailboxMigrationProfile } from './mailbox-migration/profile.ts'
import { personalContacts } from './personal-contacts/personal-contacts.ts'
import { personalContactsProfile } from './personal-contacts/profile.ts'

/** How a profile of each kind is written and checked. */
export const PROFILE_KINDS: Readonly<Record<KindName, ProfileKind>> = {
  'mail-contacts': mailContactsProfile,
  'personal-contacts': personalContactsProfile,
  'cross-tenant-sync': crossTenantSyncProfile,
  'mailbox-migration': mailboxMigrationProfile,
}

/** How each kind is planned and written. */
export function kindsOf(
  { tenants, all }: Pick<Loaded, 'tenants' | 'all'>,
  connections: Writers,
  around: (file: string) => Surroundings,
): Readonly<Record<KindName, Kind<unknown, unknown>>> {
  return {
    'mail-contacts': mailContacts(tenants, all, connections, around) as Kind<unknown, unknown>,
    'personal-contacts': personalContacts(connections, around) as Kind<unknown, unknown>,
    'cross-tenant-sync': crossTenantSync(tenants, connections, all) as Kind<unknown, unknown>,
    'mailbox-migration': mailboxMigration(tenants, connections, all, around) as Kind<unknown, unknown>,
  }
}
