import type { Tenant } from '../world.ts'
import type { TypeName } from './contract.ts'
import { directoryBadRequest, notFound } from './errors.ts'
import { domainRows, organizationRow } from './organization.ts'
import type { Route } from './route.ts'
import { contactRow, contactRowsOf, groupRow, managerRow, memberRow, userRow } from './rows.ts'
import type { Row } from './rows.ts'

/** What a path names: one object, or a collection whose type is that of its members. */
export type Resource = { readonly one: Row } | { readonly many: Iterable<Row>; readonly type: TypeName }

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Find = (tenant: Tenant, id: string) => Resource

const FINDERS: Readonly<Record<string, Find>> = {
  '/users': ({ directory }) => ({ type: 'user', many: mapped(directory.users(), userRow) }),
  '/users/{id}': (tenant, id) => ({ one: userAt(tenant, id) }),
  '/users/{id}/manager': (tenant, id) => {
    const manager = managerRow(tenant, userAt(tenant, id))
    if (!manager) throw notFound('manager')
    return { one: manager }
  },
  '/groups': ({ directory }) => ({ type: 'group', many: mapped(directory.groups(), groupRow) }),
  '/groups/{id}': (tenant, id) => ({ one: groupAt(tenant, id) }),
  '/groups/{id}/members': (tenant, id) => members(tenant, tenant.directory.membersOf(groupAt(tenant, id).id)),
  '/groups/{id}/transitiveMembers': (tenant, id) =>
    members(tenant, tenant.directory.transitiveMembersOf(groupAt(tenant, id).id)),
  '/contacts': (tenant) => ({ type: 'orgContact', many: contactRowsOf(tenant) }),
  '/contacts/{id}': (tenant, id) => {
    const contact = tenant.recipients.byObjectId(checkedGuid(id))
    if (contact?.type !== 'MailContact' || contact.softDeleted) throw notFound(id)
    return { one: contactRow(contact) }
  },
  '/organization': (tenant) => ({ type: 'organization', many: [organizationRow(tenant)] }),
  '/domains': (tenant) => ({ type: 'domain', many: domainRows(tenant) }),
}

/** @throws GraphRefused 404 when there is no such object */
export function resourceAt({ template, ids, cast }: Route, tenant: Tenant): Resource {
  const find = FINDERS[template]
  if (!find) throw new RangeError(`no resource for ${template}`)
  const found = find(tenant, ids[0] ?? '')
  if (!cast || !('many' in found)) return found
  return { type: cast, many: [...found.many].filter((row) => row.type === cast) }
}

function userAt({ directory }: Tenant, id: string): Row {
  const user = directory.user(id)
  if (!user) throw notFound(id)
  return userRow(user)
}

function groupAt({ directory }: Tenant, id: string): Row {
  const group = directory.group(checkedGuid(id))
  if (!group) throw notFound(id)
  return groupRow(group)
}

function checkedGuid(id: string): string {
  if (!GUID.test(id)) throw directoryBadRequest(`Invalid object identifier '${id}'.`)
  return id
}

function members(tenant: Tenant, ids: readonly string[]): Resource {
  const rows = ids.map((id) => memberRow(tenant, id))
  return { type: 'directoryObject', many: rows.filter((row) => row !== undefined) }
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item)
}
