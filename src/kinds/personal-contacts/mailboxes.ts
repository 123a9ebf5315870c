/** Whose mailboxes hold the contacts: users, members of groups, or everybody; and where they are taken out. */
import pMap from 'p-map'
import type { Mailbox } from '../../engine/kind.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import { holdsAddress } from '../../microsoft/odata.ts'
import { normalAddress } from '../../people/address.ts'
import { isGuid } from '../../people/guid.ts'
import { namesOf, type Named } from '../../people/names.ts'
import { groupId } from '../../sources/groups.ts'
import type { PersonalContactsProfile } from './schema.ts'

export interface Target extends Mailbox {
  /** The owner's id and addresses in lower case. */
  readonly names: ReadonlySet<string>
  /** Named, or reached through a group: one that cannot be reached is told of. */
  readonly named: boolean
  /** The profile's contacts are taken out of it. */
  readonly excluded: boolean
}

export interface Mailboxes {
  readonly targets: readonly Target[]
  /** Entries of `users` and of `exclude` that no user of the tenant goes by. */
  readonly unknownUsers: readonly string[]
  readonly unknownExcluded: readonly string[]
}

const SELECT = ['id', 'mail', 'userPrincipalName', 'proxyAddresses']
const LOOKUPS = 4

/**
 * @param known users of the target tenant who were read already: nobody is asked for them again.
 * @throws GroupError, ServiceError: which mailboxes are meant is known whole, or not at all.
 */
export async function mailboxesOf(
  { to, state }: PersonalContactsProfile,
  graph: GraphReader,
  known: readonly Named[],
): Promise<Mailboxes> {
  const { users = [], groups = [], all, exclude = [] } = to.mailboxes
  // By what names one user alone: a mail address may be several users', and says nothing before all were asked.
  const byName = new Map(
    known.flatMap((user) =>
      [user.id, user.userPrincipalName ?? ''].map((name) => [normalAddress(name), user] as const),
    ),
  )
  const everybody = all || state === 'absent'
  const [named, members, excluded, everyone] = await Promise.all([
    usersNamed(graph, users, byName),
    pMap(state === 'absent' ? [] : groups, (group) => membersOf(graph, group), { concurrency: LOOKUPS }),
    usersNamed(graph, exclude, byName),
    everybody ? usersWithMail(graph) : [],
  ])
  const targets = new Map<string, Target>()
  const add = (found: readonly Named[], how: Pick<Target, 'named' | 'excluded'>) => {
    for (const user of found) if (!targets.has(user.id)) targets.set(user.id, targetOf(user, how))
  }
  add([...excluded.found, ...excluded.among], { named: true, excluded: true })
  add([...named.found, ...members.flat()], { named: true, excluded: false })
  // Of several who go by one address, whichever has a mailbox is meant.
  add([...named.among, ...everyone], { named: false, excluded: false })
  return {
    targets: [...targets.values()].sort(byNameAndId),
    unknownUsers: named.unknown,
    unknownExcluded: excluded.unknown,
  }
}

/** Two mailboxes may be called alike, in directories that are out of order. */
export function byNameAndId(left: Mailbox, right: Mailbox): number {
  const [one, other] = [`${left.name}\n${left.id}`, `${right.name}\n${right.id}`]
  return one < other ? -1 : one > other ? 1 : 0
}

function targetOf(user: Named, how: Pick<Target, 'named' | 'excluded'>): Target {
  const { id, mail, userPrincipalName } = user
  return { id, name: mail || userPrincipalName || id, names: namesOf(user), ...how }
}

/** @returns `among`: several of whom one was meant. */
async function usersNamed(
  graph: GraphReader,
  names: readonly string[],
  known: ReadonlyMap<string, Named>,
): Promise<{ found: Named[]; among: Named[]; unknown: string[] }> {
  const asked = names.filter((name) => !known.has(normalAddress(name)))
  const users = await graph.findEach<Named>('/users/{id}', asked, { select: SELECT })
  const answered = new Map(asked.map((name, index) => [name, users[index]]))
  const found: Named[] = []
  const among: Named[] = []
  const unknown: string[] = []
  for (const name of names) {
    const one = known.get(normalAddress(name)) ?? answered.get(name)
    const those = one ? [one] : await usersWithAddress(graph, name)
    if (those.length === 0) unknown.push(name)
    else (those.length === 1 ? found : among).push(...those)
  }
  return { found, among, unknown }
}

/** A mail address need not be a user principal name, and several users may go by it. */
async function usersWithAddress(graph: GraphReader, address: string): Promise<Named[]> {
  if (isGuid(address)) return []
  const filter = holdsAddress(address)
  const users: Named[] = []
  for await (const page of graph.pages<Named>('/users', { select: SELECT, filter }))
    users.push(...page.filter((user) => !isGuest(user)))
  return users
}

function isGuest({ userPrincipalName }: Named): boolean {
  return /#EXT#/i.test(userPrincipalName ?? '')
}

async function membersOf(graph: GraphReader, group: string): Promise<Named[]> {
  const id = await groupId(graph, group)
  const members: Named[] = []
  for await (const page of graph.pages<Named>(`/groups/${id}/transitiveMembers`, {
    select: SELECT,
    top: 999,
  }))
    // Groups, devices, organizational contacts and guests have no mailbox here.
    members.push(...page.filter((member) => !!member.userPrincipalName && !isGuest(member)))
  return members
}

async function usersWithMail(graph: GraphReader): Promise<Named[]> {
  const users: Named[] = []
  for await (const page of graph.pages<Named>('/users', { select: SELECT, top: 999 }))
    users.push(...page.filter((user) => !!user.mail && !isGuest(user)))
  return users
}
