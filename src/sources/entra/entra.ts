/**
 * Members, guests and organizational contacts of a tenant, through Microsoft Graph.
 * Source: Microsoft Graph, "List users", "List orgContacts".
 */
import type { Skipped } from '../../engine/plan.ts'
import type { Readers } from '../../microsoft/connections.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import { claimsOf, mayReadExchange, readsBasicsAlone } from '../../microsoft/token-claims.ts'
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
      const found: Found[] = []
      const skipped: Skipped[] = []
      const take = (one: Found) => {
        const { person } = one.sourced
        if (!inGroups(person) || where?.evaluate(person) === false) return
        if (MADE_BY_US.test(person.alias)) skipped.push(madeByUs(person))
        else found.push(one)
      }
      for await (const one of users(reader, from, reads)) take(one)
      for await (const one of orgContacts(reader, from, reads)) take(one)

      if (from.hidden === 'include')
        return { people: found.map(({ sourced }) => sourced), skipped, warnings: [] }
      const look = async () => {
        const { hidden, warnings } = await readHidden(exchange(from.entra))
        return { people: visible(found, hidden), skipped, warnings }
      }
      // The token names the directory roles of its holder: one that may read Exchange is asked at once.
      if (mayReadExchange(claimsOf(await reader.token())) === true) return look()
      return { people: visible(found), skipped, warnings: [unknownHidden(from.entra)], secondLook: look }
    },
  }
}

interface Found {
  readonly sourced: Sourced
  /** As Graph has it. */
  readonly hidden: boolean
}

/** @param hidden as Exchange has it, which decides; of whom it does not know, Graph does. */
function visible(found: readonly Found[], hidden: ReadonlyMap<string, boolean> = new Map()): Sourced[] {
  return found
    .filter((one) => !(hidden.get(one.sourced.person.id) ?? one.hidden))
    .map(({ sourced }) => sourced)
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
  { include, filter, disabled }: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Found> {
  if (!include.includes('members') && !include.includes('guests')) return
  if (readsBasicsAlone(claimsOf(await reader.token()))) throw basicsAlone(reader.tenant)
  const managers = reads.has('manager') && filter !== undefined ? await readManagers(reader) : undefined
  for await (const page of reader.pages<User>('/users', userQuery(reads, filter)))
    for (const user of page) {
      const person = userPerson(managers ? { ...user, manager: managers.get(user.id) } : user)
      if (!include.includes(person.type === 'guest' ? 'guests' : 'members')) continue
      if (disabled === 'exclude' && user.accountEnabled === false) continue
      yield { sourced: { person, unknown: USER_UNKNOWN }, hidden: user.showInAddressList === false }
    }
}

async function* orgContacts(
  reader: GraphReader,
  { include }: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Found> {
  if (!include.includes('org-contacts')) return
  for await (const page of reader.pages<OrgContact>('/contacts', orgContactQuery(reads)))
    for (const contact of page)
      yield { sourced: { person: orgContactPerson(contact), unknown: ORG_CONTACT_UNKNOWN }, hidden: false }
}

/** Graph then shows null for all that is not basic: taken for empty, it would clear everybody's attributes. */
function basicsAlone(tenant: string): ServiceError {
  return new ServiceError({
    service: 'Microsoft Graph',
    tenant,
    operation: 'GET /users',
    code: 'not-all-shown',
    detail: '',
    cure: 'The app has User.ReadBasic.All, which does not show all of a user: grant it the application permission User.Read.All.',
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
