/** A second profile between the same tenants: the other way, or the same way with another application. */
import { user } from '../people.ts'
import { app, CONTOSO, LIMITLESS, type Starting, type Synchronized } from './synchronized.ts'

/** People of the target, who go back. */
export const DIANA = user('Diana Day', { userPrincipalName: 'diana@contoso.com', mail: 'diana@contoso.com' })

export const CONTOSO_WITH_PEOPLE: Starting['contoso'] = { apps: [app(CONTOSO)], users: [DIANA] }

/** The other way. */
export const BACK = `name: back
kind: cross-tenant-sync
from: { tenant: contoso }
to: { tenant: fabrikam }
application: To Fabrikam
scope: { users: [diana@contoso.com] }
${LIMITLESS}
`

/** The same way. */
export const BESIDE = `name: beside
kind: cross-tenant-sync
from: { tenant: fabrikam }
to: { tenant: contoso }
application: Managers to Contoso
scope: { groups: [Leavers] }
${LIMITLESS}
`

/** Names of people who came to a tenant from elsewhere. */
export function guestsOf({ tenants }: Synchronized, tenant: 'fabrikam' | 'contoso'): string[] {
  return [...tenants.simulator.world.tenants.get(tenant)!.directory.users()]
    .filter(({ properties }) => String(properties['userPrincipalName']).includes('#EXT#'))
    .map(({ properties }) => String(properties['displayName']))
    .sort()
}

/** The plans of all profiles, by name: what each would do. */
export async function planned({ tenants }: Synchronized): Promise<Record<string, string[]>> {
  const { plan } = await tenants.planRun()
  return Object.fromEntries(
    plan.profiles.map(({ name, changes, errors }) => [
      name,
      [...errors.map(({ message }) => message), ...changes.map(({ action, label }) => `${action} ${label}`)],
    ]),
  )
}
