/**
 * Members, guests and organizational contacts of a tenant, through Microsoft Graph.
 * Source: Microsoft Graph, "List users", "List orgContacts".
 */
import type { Skipped } from '../../engine/plan.ts'
import type { Readers } from '../../microsoft/connections.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import { claimsOf, mayReadExchange } from '../../microsoft/token-claims.ts'
import { compile } from '../../people/expression.ts'
import type { Person, PersonField, Sourced } from '../../people/person.ts'
import type { EntraFrom } from '../schema.ts'
import type { Source } from '../source.ts'
import { groupMembers } from './groups.ts'
import { readHidden, unknownHidden } from './hidden.ts'
import { readManagers } from './managers.ts'
import { ORG_CONTACT_UNKNOWN, orgContactPerson, orgContactQuery, type OrgContact } from './org-contact.ts'
import { USER_UNKNOWN, userPerson, userQuery, type User } from './user.ts'

/** An alias that a mail contact of ours bears. What tenant-sync made is never a person to carry on. */
const MADE_BY_US = /^tenant-sync-[0-9a-f]{32}$/

export function entraSource(from: EntraFrom, { graph, exchange }: Readers): Source {
  const reader = graph(from.entra)
  const where = from.where === undefined ? undefined : compile(from.where)

  return {
    async read(fields) {
      const reads = new Set([...fields, ...(where?.reads ?? [])])
      const inGroups = await memberOf(reader, from)
      const people: Sourced[] = []
      const skipped: Skipped[] = []
      const take = (one: Sourced) => {
        if (!inGroups(one.person) || where?.evaluate(one.person) === false) return
        if (MADE_BY_US.test(one.person.alias)) skipped.push(madeByUs(one.person))
        else people.push(one)
      }
      for await (const one of users(reader, from, reads)) take(one)
      for await (const one of orgContacts(reader, from, reads)) take(one)

      if (from.hidden === 'include') return { people, skipped, warnings: [] }
      const look = () => readHidden(exchange(from.entra), people)
      // The token names the directory roles of its holder: one that may read Exchange is asked at once.
      if (mayReadExchange(claimsOf(await reader.token())) !== true)
        return { people, skipped, warnings: [unknownHidden(from.entra)], secondLook: look }
      const { hidden, warnings } = await look()
      return { people: people.filter(({ person }) => !hidden.has(person.id)), skipped, warnings }
    },
  }
}

async function memberOf(
  reader: GraphReader,
  { groups, excludeGroups }: EntraFrom,
): Promise<(person: Person) => boolean> {
  const [within, without] = await Promise.all([
    groups && groupMembers(reader, groups),
    excludeGroups && groupMembers(reader, excludeGroups),
  ])
  return ({ id }) => (within?.has(id) ?? true) && !without?.has(id)
}

async function* users(
  reader: GraphReader,
  { include, filter, disabled, hidden }: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Sourced> {
  if (!include.includes('members') && !include.includes('guests')) return
  const managers = reads.has('manager') && filter !== undefined ? await readManagers(reader) : undefined
  for await (const page of reader.pages<User>('/users', userQuery(reads, filter)))
    for (const user of page) {
      if (typeof user.accountEnabled !== 'boolean') throw unreadable(reader.tenant)
      const person = userPerson(managers ? { ...user, manager: managers.get(user.id) } : user)
      if (!include.includes(person.type === 'guest' ? 'guests' : 'members')) continue
      if (disabled === 'exclude' && user.accountEnabled === false) continue
      if (hidden === 'exclude' && user.showInAddressList === false) continue
      yield { person, unknown: USER_UNKNOWN }
    }
}

async function* orgContacts(
  reader: GraphReader,
  { include }: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Sourced> {
  if (!include.includes('org-contacts')) return
  for await (const page of reader.pages<OrgContact>('/contacts', orgContactQuery(reads)))
    for (const contact of page) yield { person: orgContactPerson(contact), unknown: ORG_CONTACT_UNKNOWN }
}

/** Graph shows null for what the app may not read: taken for empty, it would clear everybody's attributes. */
function unreadable(tenant: string): ServiceError {
  return new ServiceError({
    service: 'Microsoft Graph',
    tenant,
    operation: 'GET /users',
    code: 'not-all-shown',
    detail: '',
    cure: 'The app may not read all of a user (accountEnabled comes empty): grant it the application permission User.Read.All.',
  })
}

function madeByUs({ id, displayName, mail }: Person): Skipped {
  return {
    key: id,
    label: `${displayName} <${mail}>`,
    reason: 'made-by-tenant-sync',
    detail: 'is itself a contact that tenant-sync made',
  }
}
