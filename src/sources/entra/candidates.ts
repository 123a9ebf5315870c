/**
 * Whom a tenant has: everybody, page by page, or who goes by an address.
 * Source: Microsoft Graph, "List users", "List orgContacts", "Use the $filter query parameter".
 */
import { IncompleteReadError, ServiceError } from '../../microsoft/errors.ts'
import type { GraphReader, Query } from '../../microsoft/graph.ts'
import { holdsAddress, literal } from '../../microsoft/odata.ts'
import { claimsOf, readsBasicsAlone } from '../../microsoft/token-claims.ts'
import { isGuid } from '../../people/guid.ts'
import type { PersonField } from '../../people/person.ts'
import { isMadeByUs } from '../made-by-us.ts'
import type { EntraFrom } from '../schema.ts'
import { readManagers } from './managers.ts'
import { ORG_CONTACT_UNKNOWN, orgContactPerson, orgContactQuery, type OrgContact } from './org-contact.ts'
import type { Candidate, Type } from '../scope.ts'
import { USER_UNKNOWN, userPerson, userQuery, type User } from './user.ts'

/** All of the types that `include` names; of users, those that `filter` lets through. */
export async function* candidates(
  reader: GraphReader,
  from: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Candidate> {
  if (includesUsers(from)) yield* users(reader, from, reads)
  if (includesContacts(from)) yield* contacts(reader, reads)
}

async function* contacts(reader: GraphReader, reads: ReadonlySet<PersonField>): AsyncGenerator<Candidate> {
  for await (const page of reader.pages<OrgContact>('/contacts', orgContactQuery(reads)))
    for (const contact of page) {
      refuseWithoutId(contact, reader, '/contacts')
      // Of a manager whom the app may not read, Graph shows the id alone.
      if (contact.manager && !contact.manager.displayName)
        throw notAllShown(
          reader.tenant,
          '/contacts',
          'The app may not read the managers of organizational contacts',
        )
      yield contactCandidate(contact)
    }
}

async function* users(
  reader: GraphReader,
  { filter }: EntraFrom,
  reads: ReadonlySet<PersonField>,
): AsyncGenerator<Candidate> {
  if (readsBasicsAlone(claimsOf(await reader.token())))
    throw notAllShown(
      reader.tenant,
      '/users',
      'The app has User.ReadBasic.All, which does not show all of a user',
    )
  const managers = reads.has('manager') && filter !== undefined ? await readManagers(reader) : undefined
  for await (const page of reader.pages<User>('/users', userQuery(reads, filter)))
    for (const user of page) {
      refuseWithoutId(user, reader, '/users')
      yield userCandidate(managers ? { ...user, manager: managers.get(user.id) } : user)
    }
}

/**
 * Users and organizational contacts who go by an address or an object id, whatever `include` names.
 * @throws ServiceError; but of a type that is not included, what the app may not see is not known.
 */
export async function candidatesAt(
  reader: GraphReader,
  from: EntraFrom,
  reads: ReadonlySet<PersonField>,
  address: string,
): Promise<Candidate[]> {
  const held = holdsAddress(address)
  const named = `${held} or userPrincipalName eq ${literal(address)}`
  const [found, contacts] = await Promise.all([
    allowed(
      includesUsers(from),
      objectsAt<User>(reader, '/users', address, userQuery(reads, undefined), named),
    ),
    allowed(
      includesContacts(from),
      objectsAt<OrgContact>(reader, '/contacts', address, orgContactQuery(reads), held),
    ),
  ])
  return [...found.map(userCandidate), ...contacts.map(contactCandidate)]
}

async function objectsAt<Item>(
  reader: GraphReader,
  path: '/users' | '/contacts',
  address: string,
  { select, expand }: Query,
  filter: string,
): Promise<Item[]> {
  const query = { select, ...(expand !== undefined && { expand }) }
  if (isGuid(address)) {
    const found = await reader.find<Item>(`${path}/${address}`, query)
    return found ? [found] : []
  }
  const found: Item[] = []
  for await (const page of reader.pages<Item>(path, { ...query, filter })) found.push(...page)
  return found
}

async function allowed<Item>(needed: boolean, found: Promise<Item[]>): Promise<Item[]> {
  try {
    return await found
  } catch (error) {
    if (!needed && error instanceof ServiceError && error.status === 403) return []
    throw error
  }
}

/** Whether Graph lets a user through the profile's `filter`. */
export async function passesFilter(reader: GraphReader, filter: string, id: string): Promise<boolean> {
  const query = { select: ['id'], filter: `(${filter}) and id eq '${id}'` }
  for await (const page of reader.pages<User>('/users', query)) if (page.length > 0) return true
  return false
}

function includesUsers({ include }: EntraFrom): boolean {
  return include.includes('members') || include.includes('guests')
}

function includesContacts({ include }: EntraFrom): boolean {
  return include.includes('org-contacts')
}

const MEMBER: Type = { include: 'members', words: 'a member' }
const GUEST: Type = { include: 'guests', words: 'a guest' }
const ORG_CONTACT: Type = { include: 'org-contacts', words: 'an organizational contact' }

/** Everybody has one; an answer without it is not Graph's, or not whole. */
function refuseWithoutId(one: { readonly id?: unknown }, { tenant }: GraphReader, path: string): void {
  if (typeof one.id !== 'string' || one.id === '')
    throw new IncompleteReadError(
      'Microsoft Graph',
      tenant,
      `GET ${path}`,
      'somebody in the answer has no id.',
    )
}

function userCandidate(user: User): Candidate {
  const person = userPerson(user)
  return {
    sourced: { person, unknown: USER_UNKNOWN },
    type: person.type === 'guest' ? GUEST : MEMBER,
    ours: isMadeByUs(person),
    disabled: user.accountEnabled === false,
    hidden: user.showInAddressList === false,
  }
}

function contactCandidate(contact: OrgContact): Candidate {
  const person = orgContactPerson(contact)
  return {
    sourced: { person, unknown: ORG_CONTACT_UNKNOWN },
    type: ORG_CONTACT,
    ours: isMadeByUs(person),
    disabled: false,
    hidden: false,
  }
}

/** Graph shows nothing in its place: taken for empty, it would clear everybody's attributes. */
function notAllShown(tenant: string, path: string, why: string): ServiceError {
  return new ServiceError({
    service: 'Microsoft Graph',
    tenant,
    operation: `GET ${path}`,
    code: 'not-all-shown',
    detail: '',
    cure: `${why}: grant it the application permission User.Read.All.`,
  })
}
