/** Who is to be assigned to the configuration, and who no longer; how many people that is (DESIGN 3.5, `scope`). */
import type { Proposed } from '../../engine/kind.ts'
import type { Skipped } from '../../engine/plan.ts'
import { assign, unassign, type Assigned } from './assignments.ts'
import type { Connection } from './connection.ts'
import { UNREADABLE } from './credentials.ts'
import { applicationOf, writeCredentials, type Establishing } from './establishment.ts'
import type { Principal } from './scope.ts'

export interface Membership {
  readonly changes: readonly Proposed<Connection>[]
  readonly unchanged: number
  /** What is left to do by hand. */
  readonly skipped: readonly Skipped[]
}

export interface Members {
  readonly wanted: readonly Principal[]
  /** Somebody whom the scope names was not found. */
  readonly incomplete: boolean
  /** How many users the source tenant has, where everyone had access and no longer shall. */
  readonly everyone: number | undefined
  /** What makes the application, if that is still to be done. */
  readonly application: Proposed<Connection> | undefined
  /** What must be done before credentials are saved. */
  readonly beforeCredentials: readonly Proposed<Connection>[]
  /** What gives everyone access, if that is still to be done. */
  readonly widening: Proposed<Connection> | undefined
}

export function membership(
  about: Establishing,
  { wanted, incomplete, everyone, application, beforeCredentials, widening }: Members,
): Membership {
  const { profile, standing } = about
  const assigned = standing.configuration?.assigned ?? []
  const isAssigned = new Set(assigned.map(({ id }) => id))
  const isWanted = new Set(wanted.map(({ id }) => id))
  const joiners = wanted.filter(({ id }) => !isAssigned.has(id))
  const others = profile.scope.exact ? assigned.filter(({ id }) => !isWanted.has(id)) : []
  // Somebody whom scope names may be one of those who are assigned, under another name by now.
  const doubtful = others.filter(({ id, people }) => incomplete && people.has(id))
  const leavers = others.filter((one) => !doubtful.includes(one))
  const unchanged = assigned.filter(({ id }) => isWanted.has(id)).length
  if (profile.assign === 'manual')
    return {
      changes: everyone === undefined ? [] : [narrowing(about, everyone, beforeCredentials)],
      unchanged,
      skipped: [
        ...doubtful.map(kept),
        ...joiners.map((one) => byHand(one, 'to be assigned')),
        ...leavers.map((one) => byHand(one, 'to be unassigned')),
      ],
    }
  const joinings = joiners.map((one) => joining(about, one, application))
  // A cycle between the two would take away whoever only changes from one assignment to another.
  const replacing = ({ people }: Principal) =>
    joinings.filter((_, index) => [...joiners[index]!.people].some((id) => people.has(id)))
  return {
    changes: [
      ...joinings,
      ...(everyone === undefined ? [] : [narrowing(about, everyone, [...beforeCredentials, ...joinings])]),
      ...leavers.map((one) => ({
        ...leaving(about, one),
        after: [...replacing(one), ...(widening ? [widening] : [])],
        // Nobody loses what everyone has.
        ...('everyone' in profile.scope && { people: 0 }),
      })),
    ],
    unchanged,
    skipped: doubtful.map(kept),
  }
}

function kept({ id, label }: Principal): Skipped {
  const advice = 'stays assigned, for somebody whom scope names is not found and may be the same person'
  return { key: id, label, reason: 'scope-incomplete', detail: advice, advice }
}

function joining(
  about: Establishing,
  principal: Principal,
  application: Proposed<Connection> | undefined,
): Proposed<Connection> {
  const { id: key, label } = principal
  return {
    change: {
      action: 'create',
      object: 'assignment',
      key,
      label,
      ...ofNobody(principal),
      reason: 'new-in-source',
      fields: [{ field: 'principalId', before: null, after: key }],
    },
    countsAs: 'creates',
    after: application ? [application] : [],
    write: (connection, record) => assign(connection.source, record, applicationOf(about, connection), key),
  }
}

export function leaving(
  about: Establishing,
  principal: Assigned,
  reason: 'left-scope' | 'profile-absent' = 'left-scope',
): Proposed<Connection> {
  const { id: key, label, people, assignment } = principal
  return {
    change: {
      action: 'delete',
      object: 'assignment',
      key,
      label,
      targetId: assignment.id,
      reason,
      fields: [],
    },
    countsAs: 'deletes',
    people: people.size,
    ...takenOver(about),
    write: (connection, record) =>
      unassign(connection.source, record, applicationOf(about, connection), assignment),
  }
}

/** Everyone had access: the secret that says so is written anew, with all the others. */
function narrowing(
  about: Establishing,
  everyone: number,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  return {
    change: {
      action: 'delete',
      object: 'assignment',
      key: 'everyone',
      label: 'everyone',
      configuration: true,
      reason: 'left-scope',
      fields: [
        {
          field: 'SyncAll',
          before: about.standing.configuration?.mark ? 'true' : UNREADABLE,
          after: 'false',
        },
      ],
    },
    countsAs: 'deletes',
    people: everyone,
    ...takenOver(about),
    after,
    write: (connection, record) => writeCredentials(about, connection, record),
  }
}

/** Of a configuration that does not bear the profile's mark nothing goes that nobody reviewed. */
export function takenOver({ standing }: Establishing): Pick<Proposed<Connection>, 'unmarked'> {
  return standing.configuration?.mark ? {} : { unmarked: true }
}

/** The profile names the group: anybody may be shown the name. */
function ofNobody({ id, people }: Principal): { configuration?: true } {
  return people.has(id) ? {} : { configuration: true }
}

function byHand({ id, label }: Principal, what: string): Skipped {
  return {
    key: id,
    label,
    reason: 'assigned-by-hand',
    detail: `${what} by hand, for the profile says assign: manual`,
    advice: `${what} by hand, for the profile says assign: manual`,
  }
}
