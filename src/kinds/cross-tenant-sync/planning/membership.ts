/** Who is to be assigned to the configuration, and who no longer; how many people that is (DESIGN 3.5, `scope`). */
import type { Proposed } from '../../../engine/kind.ts'
import type { Skipped } from '../../../engine/plan.ts'
import { assign, unassign, type Assigned } from '../application/assignments.ts'
import type { Connection } from './connection.ts'
import { savedFields, writeCredentials } from './application-changes.ts'
import { applicationOf, unmarked, type Relationship } from './relationship.ts'
import type { Principal } from '../application/scope.ts'

export interface Membership {
  readonly joinings: readonly Proposed<Connection>[]
  /** What takes access from somebody. */
  readonly removals: readonly Proposed<Connection>[]
  readonly unchanged: number
  /** What is left to do by hand. */
  readonly skipped: readonly Skipped[]
}

export interface Members {
  readonly wanted: readonly Principal[]
  /** Somebody whom the scope names was not found. */
  readonly incomplete: boolean
  /** How many people have access because everyone has, where that shall end. */
  readonly everyone: number | undefined
  /** What makes the application, if that is still to be done. */
  readonly application: Proposed<Connection> | undefined
  /** What must be done before credentials are saved. */
  readonly beforeCredentials: readonly Proposed<Connection>[]
  /** What gives everyone access, if that is still to be done. */
  readonly widening: Proposed<Connection> | undefined
}

export function membership(about: Relationship, members: Members): Membership {
  const { profile, standing } = about
  const assigned = standing.configuration?.assigned ?? []
  const isAssigned = new Set(assigned.map(({ id }) => id))
  const isWanted = new Set(members.wanted.map(({ id }) => id))
  const joiners = members.wanted.filter(({ id }) => !isAssigned.has(id))
  const others = profile.scope.exact ? assigned.filter(({ id }) => !isWanted.has(id)) : []
  // Somebody whom scope names may be one of those who are assigned, under another name by now.
  const doubtful = others.filter(({ id, people }) => members.incomplete && people.has(id))
  const leavers = others.filter((one) => !doubtful.includes(one))
  const done =
    profile.assign === 'manual'
      ? leftToDo(about, members, joiners, leavers)
      : proposed(about, members, joiners, leavers)
  return {
    ...done,
    unchanged: assigned.filter(({ id }) => isWanted.has(id)).length,
    skipped: [...done.skipped, ...doubtful.map(kept)],
  }
}

type Done = Omit<Membership, 'unchanged'>

function proposed(
  about: Relationship,
  { everyone, application, beforeCredentials, widening }: Members,
  joiners: readonly Principal[],
  leavers: readonly Assigned[],
): Done {
  const joinings = joiners.map((one) => joining(about, one, application))
  // A cycle between the two would take away whoever only changes from one assignment to another.
  const replacing = ({ people }: Principal) =>
    joinings.filter((_, index) => [...joiners[index]!.people].some((id) => people.has(id)))
  const leavings = countedOnce(leavers).map(({ one, people }) => ({
    ...leaving(about, one),
    after: [...replacing(one), ...(widening ? [widening] : [])],
    // Nobody loses what everyone has, and whoever loses that counts once.
    people: 'everyone' in about.profile.scope || everyone !== undefined ? 0 : people,
  }))
  const narrowed =
    everyone === undefined ? [] : [narrowing(about, everyone, [...beforeCredentials, ...joinings])]
  return { joinings, removals: [...narrowed, ...leavings], skipped: [] }
}

/** Nobody is assigned here; and not everyone loses access before those in scope are assigned by hand. */
function leftToDo(
  about: Relationship,
  { everyone, beforeCredentials }: Members,
  joiners: readonly Principal[],
  leavers: readonly Assigned[],
): Done {
  const isEarly = joiners.length > 0
  return {
    joinings: [],
    removals: everyone === undefined || isEarly ? [] : [narrowing(about, everyone, beforeCredentials)],
    skipped: [
      ...(everyone !== undefined && isEarly
        ? [byHand(EVERYONE, 'to keep access until those in scope are assigned')]
        : []),
      ...joiners.map((one) => byHand(one, 'to be assigned')),
      ...leavers.map((one) => byHand(one, 'to be unassigned')),
    ],
  }
}

function kept({ id, label }: Principal): Skipped {
  const advice = 'stays assigned, for somebody whom scope names is not found and may be the same person'
  return { key: id, label, reason: 'scope-incomplete', detail: advice, advice }
}

function joining(
  about: Relationship,
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

/**
 * As many people as an assignment gives access to; who has it through several counts at the first that goes. A group
 * whose members nobody may see counts as one.
 */
export function countedOnce(leavers: readonly Assigned[]): { one: Assigned; people: number }[] {
  const counted = new Set<string>()
  return leavers.map((one) => {
    const before = counted.size
    for (const person of one.people) counted.add(person)
    return { one, people: one.people.size === 0 ? 1 : counted.size - before }
  })
}

export function leaving(
  about: Relationship,
  principal: Assigned,
  reason: 'left-scope' | 'profile-absent' = 'left-scope',
): Proposed<Connection> {
  const { id: key, label, assignment } = principal
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
    ...unmarked(about),
    write: (connection, record) =>
      unassign(connection.source, record, applicationOf(about, connection), assignment),
  }
}

/** Everyone had access: the secret that says so is written anew, with all the others. */
function narrowing(
  about: Relationship,
  everyone: number,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  return {
    change: {
      action: 'delete',
      object: 'assignment',
      key: EVERYONE.id,
      label: EVERYONE.label,
      configuration: true,
      reason: 'left-scope',
      fields: savedFields(about).map((field) =>
        field.field === 'SyncAll' && about.standing.configuration?.mark
          ? { ...field, before: 'true' }
          : field,
      ),
    },
    countsAs: 'deletes',
    people: everyone,
    ...unmarked(about),
    after,
    write: (connection, record) => writeCredentials(about, connection, record),
  }
}

/** The profile names the group: anybody may be shown the name. */
function ofNobody({ id, people }: Principal): { configuration?: true } {
  return people.has(id) ? {} : { configuration: true }
}

/** Stands for all whom no assignment names. */
const EVERYONE: Pick<Principal, 'id' | 'label'> = { id: 'everyone', label: 'everyone' }

function byHand({ id, label }: Pick<Principal, 'id' | 'label'>, what: string): Skipped {
  return {
    key: id,
    label,
    reason: 'assigned-by-hand',
    detail: `${what} by hand, for the profile says assign: manual`,
    advice: `${what} by hand, for the profile says assign: manual`,
  }
}
