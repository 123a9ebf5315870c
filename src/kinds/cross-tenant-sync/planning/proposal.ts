/** What a profile proposes, of all that stands: configuration, assignments, warnings, health. */
import type { Proposal } from '../../../engine/kind.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import { wasEveryone } from '../application/credentials.ts'
import { findUsers, wantedPrincipals, type Principal } from '../application/scope.ts'
import { health } from '../health/health.ts'
import { synchronizedUsers } from '../job/job.ts'
import { checkAttributes } from '../mapping/attributes.ts'
import type { Connection } from './connection.ts'
import type { Relationship } from './relationship.ts'
import { establishment } from './establishment.ts'
import { forewarnings } from './forewarnings.ts'
import { membership } from './membership.ts'
import type { Configuration } from './standing.ts'

export interface Proposing {
  /** Whom scope names. */
  readonly wanted: readonly Principal[]
  readonly proposal: Proposal<Connection>
}

/** @throws MappingError for attributes that there are not, GroupError for groups that are not found. */
export async function proposalOf(about: Relationship, now: Date): Promise<Proposing> {
  const { profile, sides, standing } = about
  const { graph } = sides.source
  const { configuration } = standing
  checkAttributes(profile, configuration?.schema)
  const [scope, verified, everyone, state] = await Promise.all([
    wantedPrincipals(graph, profile.scope),
    findUsers(graph, profile.verify ?? []),
    everyoneWithAccess(graph, configuration),
    configuration?.job ? health(graph, profile, configuration.job, now) : [],
  ])
  const isEveryone = 'everyone' in profile.scope
  const narrowed = everyone !== undefined && !isEveryone
  const managed =
    everyone ?? Math.max(countPeople(configuration?.assigned ?? []), synchronizedUsers(configuration?.job))
  const established = establishment(about, narrowed)
  const { application, beforeCredentials, credentials } = established
  const members = membership(about, {
    wanted: scope.principals,
    incomplete: scope.skipped.length > 0,
    everyone: narrowed ? everyone : undefined,
    application,
    beforeCredentials,
    widening: isEveryone ? credentials : undefined,
  })
  const removed = members.removals.reduce((sum, { people = 1 }) => sum + people, 0)
  // From whoever is unassigned beside it, a filter takes nothing more.
  const filter = established.filter(Math.max(0, managed - removed))
  const configured = [...established.changes, ...(filter ? [filter] : [])]
  const last = established.state([...members.removals, ...(filter ? [filter] : [])])
  const proposal: Proposal<Connection> = {
    managed,
    begun: configuration?.mark !== undefined && managed > 0,
    ...(!isEveryone && { people: countPeople(scope.principals) }),
    proposed: [...configured, ...members.joinings, ...members.removals, ...(last ? [last] : [])],
    unchanged: established.unchanged + members.unchanged + (filter ? 0 : 1) + (last ? 0 : 1),
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
