/** What the schema cannot say: what depends on the tenants, on other profiles, on Entra's expressions. */
import type { CheckContext } from '../../profiles/kind.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import { ENTRA_CLOUDS, WAYS } from './clouds.ts'
import { mappingFaults } from './mapping/check.ts'
import type { CrossTenantSyncProfile } from './schema.ts'

export function checkCrossTenantSync(profile: CrossTenantSyncProfile, context: CheckContext): void {
  checkTenants(profile, context)
  checkApplication(profile, context)
  checkPair(profile, context)
  for (const { path, message, options } of mappingFaults(profile)) context.report(path, message, options)
}

function checkTenants({ from, to }: CrossTenantSyncProfile, { tenants, report }: CheckContext): void {
  const source = tenants.get(from.tenant)
  const target = tenants.get(to.tenant)
  if (!source || !target) return
  if (source.tenantId.toLowerCase() === target.tenantId.toLowerCase())
    report(
      ['to', 'tenant'],
      from.tenant === to.tenant
        ? `\`${to.tenant}\` is also where the people are at home: a tenant is not synchronized with itself`
        : `\`${from.tenant}\` and \`${to.tenant}\` are one tenant, and a tenant is not synchronized with itself`,
    )
  const [home, away] = [source, target].map(({ cloud }) => ENTRA_CLOUDS[cloud])
  if (!WAYS.includes(`${home} to ${away}`))
    report(
      ['to', 'tenant'],
      `\`${from.tenant}\` is in the ${home} cloud, \`${to.tenant}\` in the ${away} cloud: Microsoft Entra synchronizes only ${WAYS.slice(0, -1).join(', ')} and ${WAYS.at(-1)}`,
    )
}

/** Each would undo what the other has just assigned and mapped. */
function checkApplication(
  { name, application, from }: CrossTenantSyncProfile,
  { tenants, others, report }: CheckContext,
): void {
  const source = idOf(from, tenants)
  for (const other of others) {
    // Told of one of the two.
    if (!isCrossTenantSync(other) || other.name > name) continue
    if (other.application.toLowerCase() !== application.toLowerCase()) continue
    if (source === undefined || idOf(other.from, tenants) !== source) continue
    report(
      ['application'],
      `profile \`${other.name}\` names the same application in the same tenant: each needs its own`,
    )
  }
}

/** Two would fight over the same guests (Microsoft Entra, "What is cross-tenant synchronization?": one for a source and a target). */
function checkPair(profile: CrossTenantSyncProfile, { tenants, others, report }: CheckContext): void {
  const pairOf = ({ from, to }: CrossTenantSyncProfile) => [from, to].map((side) => idOf(side, tenants))
  const pair = pairOf(profile)
  if (pair.includes(undefined) || profile.state === 'absent') return
  for (const other of others) {
    // Told of one of the two.
    if (!isCrossTenantSync(other) || other.state === 'absent' || other.name > profile.name) continue
    if (pairOf(other).join() === pair.join())
      report(
        ['to', 'tenant'],
        `profile \`${other.name}\` goes from \`${profile.from.tenant}\` to \`${profile.to.tenant}\` too: Entra allows one synchronization from one tenant to another`,
      )
  }
}

/** The tenant's id, to compare; `undefined` for one that is not in tenants.yaml. */
function idOf({ tenant }: { readonly tenant: string }, tenants: CheckContext['tenants']): string | undefined {
  return tenants.get(tenant)?.tenantId.toLowerCase()
}

function isCrossTenantSync(profile: CommonProfile): profile is CrossTenantSyncProfile {
  return profile.kind === 'cross-tenant-sync'
}
