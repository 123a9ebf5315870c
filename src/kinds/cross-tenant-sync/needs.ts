import type { Purpose } from '../../microsoft/identity.ts'
import type { Need } from '../../microsoft/need.ts'
import {
  ASSIGN_TO_APPLICATIONS,
  READ_APPLICATIONS,
  READ_AUDIT_LOGS,
  READ_GROUP_MEMBERS,
  READ_POLICIES,
  READ_SYNCHRONIZATION,
  READ_USERS,
  WRITE_OWN_APPLICATIONS,
  WRITE_POLICIES,
  WRITE_SYNCHRONIZATION,
  type Privilege,
} from '../../microsoft/permissions.ts'
import type { CrossTenantSyncProfile } from './schema.ts'

/** The policies of both tenants; the application, its synchronization and who is assigned to it in the source. */
export function crossTenantSyncNeeds(profile: CrossTenantSyncProfile, purpose: Purpose): Need[] {
  const { from, to, state } = profile
  const need = (privilege: Privilege, why: string): Need => ({ tenant: from.tenant, privilege, why })
  const policies =
    purpose === 'plan'
      ? need(READ_POLICIES, 'to read the settings of cross-tenant access')
      : need(WRITE_POLICIES, 'to write the settings of cross-tenant access')
  return [
    { ...policies, tenant: to.tenant },
    policies,
    ...(purpose === 'plan'
      ? [
          need(READ_APPLICATIONS, 'to find the application and who is assigned to it'),
          need(READ_SYNCHRONIZATION, 'to read its synchronization'),
        ]
      : [
          need(WRITE_OWN_APPLICATIONS, 'to write the application and its synchronization'),
          need(WRITE_SYNCHRONIZATION, 'to write the synchronization of an application that it does not own'),
          ...assigning(profile).map((privilege) => need(privilege, 'to assign users and groups')),
        ]),
    // Whatever the scope: somebody else may have been assigned.
    need(READ_USERS, 'to tell who is assigned'),
    need(READ_GROUP_MEMBERS, 'to count the people of groups that are assigned'),
    ...(state === 'present'
      ? [{ ...need(READ_AUDIT_LOGS, 'to show whom provisioning failed'), optional: true } as const]
      : []),
  ]
}

/** To give, an app must read applications besides; to take away, it need not. */
function assigning({ assign, scope, state }: CrossTenantSyncProfile): Privilege[] {
  if (assign === 'manual') return []
  const gives = state === 'present' && !('everyone' in scope)
  const takes = state === 'absent' || scope.exact
  return [...(gives || takes ? [ASSIGN_TO_APPLICATIONS] : []), ...(gives ? [READ_APPLICATIONS] : [])]
}
