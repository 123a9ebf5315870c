/** Who is to be synchronized: the users and groups of `scope`, and the people whom they stand for. */
import type { Skipped } from '../../../engine/plan.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import { isNotThere } from '../../../microsoft/graph-transport.ts'
import { holdsAddress } from '../../../microsoft/odata.ts'
import { groupId } from '../../../sources/groups.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'

/** Somebody, or some people, that a configuration can be assigned to. */
export interface Principal {
  readonly id: string
  readonly label: string
  /** Object ids of users. */
  readonly people: ReadonlySet<string>
}

export interface Wanted {
  readonly principals: readonly Principal[]
  readonly skipped: readonly Skipped[]
}

interface User {
  readonly id: string
  readonly displayName?: string | null
  readonly userPrincipalName?: string | null
  readonly mail?: string | null
}

const SELECT = ['id', 'displayName', 'userPrincipalName', 'mail'] as const

/** @throws GroupError for a group that is not found, or whose name several bear. */
export async function wantedPrincipals(
  graph: GraphReader,
  scope: CrossTenantSyncProfile['scope'],
): Promise<Wanted> {
  const named = { groups: 'groups' in scope ? scope.groups : [], users: 'users' in scope ? scope.users : [] }
  const [groups, users] = await Promise.all([
    Promise.all((named.groups ?? []).map((group) => groupPrincipal(graph, group))),
    findUsers(graph, named.users ?? []),
  ])
  const principals = new Map<string, Principal>()
  for (const one of [...groups, ...users.found.values()]) principals.set(one.id, one)
  return {
    principals: [...principals.values()],
    skipped: users.missing.map((user) => ({
      key: user,
      label: user,
      reason: 'user-not-found',
      detail: `no one user goes by ${user} in tenant ${graph.tenant}: left, renamed, misspelt, or several`,
    })),
  }
}

export interface Users {
  /** By the name as it is given. */
  readonly found: ReadonlyMap<string, Principal>
  readonly missing: readonly string[]
}

/** @param names UPNs, mail addresses or object ids. */
export async function findUsers(graph: GraphReader, names: readonly string[]): Promise<Users> {
  const users = await graph.findEach<User>('/users/{id}', names, { select: SELECT })
  const found = new Map<string, Principal>()
  const missing: string[] = []
  for (const [index, name] of names.entries()) {
    const user = users[index] ?? (await findByAddress(graph, name))
    if (user) found.set(name, principalOf(user))
    else missing.push(name)
  }
  return { found, missing }
}

/** By any of their addresses: who was renamed keeps the old one. Of several nobody knows who is meant. */
async function findByAddress(graph: GraphReader, address: string): Promise<User | undefined> {
  if (!address.includes('@')) return undefined
  const found: User[] = []
  const filter = holdsAddress(address)
  for await (const page of graph.pages<User>('/users', { select: SELECT, filter })) found.push(...page)
  const shown = found.filter(({ mail }) => mail?.toLowerCase() === address.toLowerCase())
  const [one, ...others] = shown.length > 0 ? shown : found
  return others.length === 0 ? one : undefined
}

function principalOf({ id, displayName, userPrincipalName, mail }: User): Principal {
  const address = mail ?? userPrincipalName
  return {
    id,
    label: address ? `${displayName ?? ''} <${address}>`.trim() : (displayName ?? id),
    people: new Set([id]),
  }
}

async function groupPrincipal(graph: GraphReader, group: string): Promise<Principal> {
  const id = await groupId(graph, group)
  return { id, label: group, people: await membersOf(graph, id) }
}

/**
 * Provisioning looks at a group's direct members alone (Microsoft Entra, "Scoping users or groups to be
 * provisioned").
 * @returns the object ids of the users among them; none for a group that is gone.
 */
export async function membersOf(graph: GraphReader, group: string): Promise<ReadonlySet<string>> {
  const people = new Set<string>()
  try {
    for await (const page of graph.pages<{ id: string; '@odata.type'?: string }>(`/groups/${group}/members`, {
      select: ['id'],
      top: 999,
    }))
      for (const member of page) if (member['@odata.type'] === '#microsoft.graph.user') people.add(member.id)
  } catch (error) {
    if (!isNotThere(error)) throw error
  }
  return people
}
