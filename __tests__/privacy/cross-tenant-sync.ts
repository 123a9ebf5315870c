/** What readers of a repository learn of the people whom it synchronizes into another tenant. */
import type { Properties } from '../../src/simulator/graph/directory.ts'
import type { ServicePrincipal } from '../../src/simulator/graph/cross-tenant/state.ts'
import { groupId } from '../cross-tenant-sync/standing.ts'
import { app } from '../cross-tenant-sync/synchronized.ts'
import { FABRIKAM } from '../people.ts'
import { Repository } from '../review/repository.ts'
import { canaries, canary, TELLTALE } from './canaries.ts'
import type { Case } from './cases.ts'
import { Watched } from './watched.ts'

const upn = (index: number) => canary(index).userPrincipalName
const members = (...indices: number[]) => indices.map(upn)

const PROFILE = `name: people
kind: cross-tenant-sync
from: { tenant: fabrikam }
to: { tenant: contoso }
application: To Contoso
scope:
  groups: [Shared]
  users: [${upn(6)}, mailcanary7@fabrikam.com, ${canary(8).id!}, upncanary99@fabrikam.com]
  where: [{ attribute: department, operator: NOT EQUALS, values: [Departmentcanary3] }]
mapping:
  jobTitle: { constant: Titlecanary }
  displayName: { expression: 'Append([displayName], " Namecanary")' }
notify: notifycanary@fabrikam.com
verify: [${upn(1)}, mailcanary7@fabrikam.com, upncanary98@fabrikam.com]
`

/** Its name may be shown, for the profile names it. */
const GROUPS = [
  { displayName: 'Shared', members: members(0, 1, 2, 3, 4, 5) },
  { displayName: 'Qcanary9 Zcanary9', members: members(9, 10) },
]

/** Somebody made it by hand, for others. */
const APPLICATION = {
  displayName: 'To Contoso',
  owners: [app(FABRIKAM).clientId],
  assigned: [upn(11), 'Qcanary9 Zcanary9'],
  notes: 'Ask Notescanary',
}

const ASSIGNMENTS = '/servicePrincipals/{id}/appRoleAssignedTo'
const error = { code: TELLTALE, message: TELLTALE }
const refusal = { status: 400, body: { error } }

/** A plan, a merge and a schedule that fail in part, a schedule without anybody in scope, a reading that is refused. */
export async function crossTenantSync(given: Case): Promise<Watched> {
  const repository = await Repository.start({
    users: canaries(12),
    contacts: [1, 2].map((index) => ({
      Name: `Namecanary${index}`,
      DisplayName: `Qcanary${index} Zcanary${index}`,
      ExternalEmailAddress: `mailcanary${index}@fabrikam.com`,
    })),
    profile: PROFILE,
    fabrikam: { groups: GROUPS, crossTenant: { applications: [APPLICATION] } },
  })
  const { simulator, directory } = repository.tenants
  for (const tenant of simulator.world.tenants.values())
    for (const { permissions } of tenant.apps) permissions?.push(...app(FABRIKAM).permissions)
  const { crossTenant } = simulator.world.tenants.get('fabrikam')!
  const [principal] = crossTenant.servicePrincipals.values()
  const watched = new Watched(given, repository)
  const run = (event: string) => watched.run({ event })
  try {
    await run('pull_request')
    simulator.faults.add({ on: { operation: ASSIGNMENTS, method: 'POST', nth: 1 }, do: refusal })
    repository.merge(7)
    await run('push')

    await run('schedule')

    misspoken(crossTenant.log, principal!)
    for (const index of [6, 7, 8]) directory.removeUser(canary(index).id!)
    directory.setMembers(groupId({ tenants: repository.tenants }, 'Shared'), [])
    await run('schedule')

    simulator.faults.add({ on: { operation: '/servicePrincipals' }, do: refusal })
    await run('schedule')
    return watched
  } finally {
    await repository.stop()
  }
}

/** People stand wherever the service has texts, also where it should have codes. */
function misspoken(log: Properties[], { job }: ServicePrincipal): void {
  const now = new Date()
  for (const [index, entry] of log.entries())
    log[index] = {
      ...entry,
      provisioningStatusInfo: {
        status: 'failure',
        errorInformation: { errorCode: index % 2 ? TELLTALE : 'Known', reason: TELLTALE },
      },
    }
  job!.quarantine = {
    reason: TELLTALE,
    seriesBegan: now,
    currentBegan: now,
    nextAttempt: new Date(now.getTime() + 24 * 3_600_000),
    seriesCount: 1,
    error: { ...error, tenantActionable: true },
  }
}
