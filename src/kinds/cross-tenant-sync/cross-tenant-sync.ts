/** Both sides of Microsoft Entra cross-tenant synchronization, from one file (DESIGN 3.5). */
import type { Context, Kind, Proposal } from '../../engine/kind.ts'
import type { Writers } from '../../microsoft/connections.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import type { Connection } from './connection.ts'
import { wasEveryone } from './credentials.ts'
import { establishment, type Establishing } from './establishment.ts'
import { onceFound } from './eventually.ts'
import { explanation, type Explaining } from './explain.ts'
import { health } from './health.ts'
import { synchronizedUsers } from './job.ts'
import { checkAttributes } from './mapping/attributes.ts'
import { membership } from './membership.ts'
import { PartnerWriter } from './partner.ts'
import type { CrossTenantSyncProfile } from './schema.ts'
import { findUsers, wantedPrincipals, type Principal } from './scope.ts'
import { readConfiguration, readStanding, type Configuration, type Identity, type Side } from './standing.ts'
import { forewarnings } from './forewarnings.ts'
import { teardown } from './teardown.ts'
import { verification } from './verification.ts'

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

  async function planned(profile: CrossTenantSyncProfile, context: Context): Promise<Planned> {
    const sides = { source: side(profile.from.tenant), target: side(profile.to.tenant) }
    const standing = await readStanding(sides, identityOf(profile))
    const about = { profile, names: namesOf(profile), sides, standing }
    return profile.state === 'absent'
      ? { about, wanted: [], proposal: await teardown(about, othersThan(profile, all), tenants) }
      : { about, ...(await wantedState(about, context)) }
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

type Planned = Omit<Explaining, 'now'>

async function wantedState(about: Establishing, context: Context): Promise<Omit<Planned, 'about'>> {
  const { profile, sides, standing } = about
  const { graph } = sides.source
  const { configuration } = standing
  checkAttributes(profile, configuration?.schema)
  const [scope, verified, everyone, state] = await Promise.all([
    wantedPrincipals(graph, profile.scope),
    findUsers(graph, profile.verify ?? []),
    everyoneWithAccess(graph, configuration),
    configuration?.job ? health(graph, profile, configuration.job, context.now) : [],
  ])
  const isEveryone = 'everyone' in profile.scope
  const narrowed = everyone !== undefined && !isEveryone
  const managed =
    everyone ?? Math.max(countPeople(configuration?.assigned ?? []), synchronizedUsers(configuration?.job))
  const established = establishment(about, { people: managed, narrowed })
  const { application, beforeCredentials, credentials } = established
  const members = membership(about, {
    wanted: scope.principals,
    incomplete: scope.skipped.length > 0,
    everyone: narrowed ? everyone : undefined,
    application,
    beforeCredentials,
    widening: isEveryone ? credentials : undefined,
  })
  const last = established.state(members.removals)
  const proposal: Proposal<Connection> = {
    managed,
    begun: configuration?.mark !== undefined && managed > 0,
    ...(!isEveryone && { people: countPeople(scope.principals) }),
    proposed: [...established.changes, ...members.joinings, ...members.removals, ...(last ? [last] : [])],
    unchanged: established.unchanged + members.unchanged + (last ? 0 : 1),
    skipped: [...scope.skipped, ...members.skipped],
    warnings: [
      ...forewarnings(about),
      ...verified.missing.map((user) => ({
        code: 'verify-user-not-found',
        message: `There is no user ${user} in tenant ${sides.source.name}: verification would fail.`,
        advice: `A user of verify is not found in tenant ${sides.source.name}: verification would fail.`,
      })),
    ],
    health: state,
  }
  return { wanted: scope.principals, proposal }
}

/**
 * @returns how many people have access because everyone has; `undefined` where that is not so. Of a configuration that
 * the profile takes over nobody can read it: more users in the target than are assigned tell.
 */
async function everyoneWithAccess(
  graph: GraphReader,
  configuration: Configuration | undefined,
): Promise<number | undefined> {
  if (!configuration) return undefined
  const { mark, job, assigned } = configuration
  if (mark) return wasEveryone(mark) ? graph.count('/users') : undefined
  const synchronized = synchronizedUsers(job)
  return synchronized > countPeople(assigned) ? synchronized : undefined
}

function countPeople(principals: readonly Principal[]): number {
  return new Set(principals.flatMap(({ people }) => [...people])).size
}

function othersThan(
  { name }: CrossTenantSyncProfile,
  all: readonly CommonProfile[],
): readonly CrossTenantSyncProfile[] {
  return all.filter(
    (other): other is CrossTenantSyncProfile => other.kind === 'cross-tenant-sync' && other.name !== name,
  )
}
