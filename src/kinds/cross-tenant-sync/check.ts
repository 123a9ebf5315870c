/** What the schema cannot say: what depends on the tenants, on other profiles, on Entra's expressions. */
import type { Cloud } from '../../microsoft/clouds.ts'
import type { CheckContext } from '../../profiles/kind.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import { mappingFaults } from './mapping/check.ts'
import type { CrossTenantSyncProfile } from './schema.ts'

export function checkCrossTenantSync(profile: CrossTenantSyncProfile, context: CheckContext): void {
  checkTenants(profile, context)
  checkApplication(profile, context)
  for (const { path, message, options } of mappingFaults(profile)) context.report(path, message, options)
}

/** The two US government clouds are one to Entra. */
const ENTRA_CLOUDS: Readonly<Record<Cloud, string>> = {
  global: 'commercial',
  usgov: 'US government',
  'usgov-dod': 'US government',
  china: '21Vianet',
}

/** Between clouds, from which to which (Microsoft Entra, "Cross-tenant synchronization across clouds"). */
const CROSS_CLOUD = ['commercial to US government', 'US government to commercial', 'commercial to 21Vianet']

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
  const way = [source, target].map(({ cloud }) => ENTRA_CLOUDS[cloud])
  if (way[0] !== way[1] && !CROSS_CLOUD.includes(way.join(' to ')))
    report(
      ['to', 'tenant'],
      `\`${from.tenant}\` is in the ${way[0]} cloud, \`${to.tenant}\` in the ${way[1]} cloud: Microsoft Entra synchronizes between clouds only ${CROSS_CLOUD.slice(0, -1).join(', ')} and ${CROSS_CLOUD.at(-1)}`,
    )
}

/** Each would undo what the other has just assigned and mapped. */
function checkApplication(
  { name, application, from }: CrossTenantSyncProfile,
  { tenants, others, report }: CheckContext,
): void {
  const idOf = (tenant: string) => tenants.get(tenant)?.tenantId.toLowerCase()
  for (const other of others) {
    // Told of one of the two.
    if (!isCrossTenantSync(other) || other.name > name) continue
    if (other.application.toLowerCase() !== application.toLowerCase()) continue
    if (idOf(from.tenant) === undefined || idOf(other.from.tenant) !== idOf(from.tenant)) continue
    report(
      ['application'],
      `profile \`${other.name}\` names the same application in the same tenant: each needs its own`,
    )
  }
}

function isCrossTenantSync(profile: CommonProfile): profile is CrossTenantSyncProfile {
  return profile.kind === 'cross-tenant-sync'
}
