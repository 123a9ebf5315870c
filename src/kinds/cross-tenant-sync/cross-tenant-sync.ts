/** Both sides of Microsoft Entra cross-tenant synchronization, from one file (DESIGN 3.5). */
import type { Context, Kind } from '../../engine/kind.ts'
import type { Writers } from '../../microsoft/connections.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import type { Connection } from './planning/connection.ts'
import { onceFound } from './job/eventually.ts'
import { explanation, type Explaining } from './explain.ts'
import { PartnerWriter } from './policies/partner.ts'
import type { CrossTenantSyncProfile } from './schema.ts'
import { readConfiguration, readStanding, type Identity, type Side } from './planning/standing.ts'
import { proposalOf } from './planning/proposal.ts'
import { teardown } from './planning/teardown.ts'
import { verification } from './health/verification.ts'

/** @param all every profile of the repository: what others of them use is not taken down. */
export function crossTenantSync(
  tenants: ReadonlyMap<string, Tenant>,
  connections: Writers,
  all: readonly CommonProfile[],
): Kind<CrossTenantSyncProfile, Connection> {
  const partners = new PartnerWriter()

  const side = (name: string): Side => {
    const { tenantId, cloud } = tenants.get(name)!
    return { name, tenantId, cloud, graph: connections.graph(name) }
  }

  async function planned(
    profile: CrossTenantSyncProfile,
    context: Context,
  ): Promise<Omit<Explaining, 'now'>> {
    const sides = { source: side(profile.from.tenant), target: side(profile.to.tenant) }
    const standing = await readStanding(sides, identityOf(profile))
    const about = { profile, names: namesOf(profile), sides, standing }
    return profile.state === 'absent'
      ? { about, wanted: [], proposal: await teardown(about, othersThan(profile, all), tenants) }
      : { about, ...(await proposalOf(about, context.now)) }
  }

  return {
    propose: async (profile, context) => (await planned(profile, context)).proposal,
    explain: async (profile, address, context) =>
      explanation(address, { ...(await planned(profile, context)), now: context.now }),
    connect: (profile) =>
      Promise.resolve({
        source: connections.graphWriter(profile.from.tenant),
        target: connections.graphWriter(profile.to.tenant),
        partners,
        policiesChanged: false,
      }),
    async verify(profile, connection, recorder) {
      const { verify = [], state } = profile
      if (state === 'absent' || verify.length === 0) return []
      // What was made a moment ago may not be shown yet.
      const configuration = await onceFound(async () => {
        const { configuration: found } = await readConfiguration(
          side(profile.from.tenant),
          identityOf(profile),
        )
        return found?.job && found.schema ? found : undefined
      })
      return verification(connection.source, configuration, verify, recorder)
    },
  }
}

function namesOf({ name, formerly = [] }: CrossTenantSyncProfile): ReadonlySet<string> {
  return new Set([name, ...formerly])
}

function identityOf(profile: CrossTenantSyncProfile): Identity {
  return { application: profile.application, names: namesOf(profile) }
}

function othersThan(
  { name }: CrossTenantSyncProfile,
  all: readonly CommonProfile[],
): readonly CrossTenantSyncProfile[] {
  return all.filter(
    (other): other is CrossTenantSyncProfile => other.kind === 'cross-tenant-sync' && other.name !== name,
  )
}
