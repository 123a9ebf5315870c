/** Who belongs to any of some groups, through as many groups as there are between. */
import { isGuid } from '../people/guid.ts'
import { literal } from '../microsoft/odata.ts'
import type { GraphReader } from '../microsoft/graph.ts'
import type { Memberships } from './scope.ts'

interface DirectoryObject {
  readonly id: string
}

export class GroupError extends Error {
  override readonly name = 'GroupError'
  readonly code: 'group-not-found' | 'group-ambiguous'
  /** Groups are named by the profile, not by a directory. */
  readonly advice: string
  constructor(code: GroupError['code'], message: string) {
    super(message)
    this.code = code
    this.advice = message
  }
}

/** The groups that a source names: of whom a member is asked for, and of whom none. */
export interface Belonging {
  readonly within: Memberships | undefined
  readonly without: Memberships | undefined
}

/** @throws GroupError when a group is not found, or its name is borne by several. */
export async function memberships(
  graph: GraphReader,
  { groups, excludeGroups }: { groups?: readonly string[]; excludeGroups?: readonly string[] },
): Promise<Belonging> {
  const [within, without] = await Promise.all([
    groups && groupMembers(graph, groups),
    excludeGroups && groupMembers(graph, excludeGroups),
  ])
  return { within, without }
}

/**
 * @param groups display names or object ids.
 * @returns by the name as it is given: the ids of all transitive members, of whatever type.
 * @throws GroupError when one is not found, or a name is borne by several.
 */
async function groupMembers(graph: GraphReader, groups: readonly string[]): Promise<Memberships> {
  const members = new Map<string, ReadonlySet<string>>()
  for (const group of groups) {
    const id = await groupId(graph, group)
    const ids = new Set<string>()
    for await (const page of graph.pages<DirectoryObject>(`/groups/${id}/transitiveMembers`, {
      select: ['id'],
      top: 999,
    }))
      for (const member of page) ids.add(member.id)
    members.set(group, ids)
  }
  return members
}

export async function groupId(graph: GraphReader, group: string): Promise<string> {
  if (isGuid(group)) {
    const found = await graph.find<DirectoryObject>(`/groups/${group}`, { select: ['id'] })
    if (found) return found.id
    throw new GroupError(
      'group-not-found',
      `There is no group with the id ${group} in tenant ${graph.tenant}.`,
    )
  }
  const filter = `displayName eq ${literal(group)}`
  const found: string[] = []
  for await (const page of graph.pages<DirectoryObject>('/groups', { select: ['id'], filter }))
    found.push(...page.map(({ id }) => id))
  if (found.length === 1) return found[0]!
  if (found.length === 0)
    throw new GroupError(
      'group-not-found',
      `There is no group "${group}" in tenant ${graph.tenant}: it may have been renamed or deleted. Name it by its object id to survive a renaming.`,
    )
  throw new GroupError(
    'group-ambiguous',
    `${found.length} groups in tenant ${graph.tenant} are called "${group}": name the one that is meant by its object id (${found.join(', ')}).`,
  )
}
