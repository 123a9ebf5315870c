/** A user of Microsoft Graph as a person. */
import { person, type Person, type PersonField } from '../../people/person.ts'
import type { Query } from '../../microsoft/graph.ts'

/** What a user of Graph does not carry. */
export const USER_UNKNOWN: ReadonlySet<PersonField> = new Set(['legacyExchangeDN'])

export interface User {
  readonly id: string
  readonly accountEnabled?: boolean | null
  readonly showInAddressList?: boolean | null
  readonly manager?: { readonly displayName?: string | null } | null | undefined
  readonly onPremisesExtensionAttributes?: Readonly<Record<string, string | null>> | null
  readonly [property: string]: unknown
}

/** Graph's property where it has another name than the person's field. */
const PROPERTIES: Partial<Record<PersonField, string>> = { alias: 'mailNickname' }

/** Always read: they decide who is a person at all. */
const DECIDING = ['id', 'userPrincipalName', 'accountEnabled', 'showInAddressList', 'mail', 'displayName']

export const MANAGER = 'manager($select=id,displayName)'

export function userQuery(reads: ReadonlySet<PersonField>, filter: string | undefined): Query {
  const select = new Set(DECIDING)
  for (const field of reads) {
    if (field === 'type' || field === 'manager' || USER_UNKNOWN.has(field)) continue
    // Its members can be filtered by, and only be selected together.
    select.add(
      field.startsWith('extensionAttribute') ? 'onPremisesExtensionAttributes' : (PROPERTIES[field] ?? field),
    )
  }
  return {
    select: [...select],
    top: 999,
    ...(filter !== undefined && { filter }),
    // Makes pages of a hundred, so only for those who read it; and not beside a filter, which may need
    // an advanced query, and those expand nothing.
    ...(reads.has('manager') && filter === undefined && { expand: MANAGER }),
  }
}

export function userPerson(user: User): Person {
  const text = (property: string) => {
    const value = user[property]
    return typeof value === 'string' ? value : ''
  }
  const list = (property: string) => {
    const value = user[property]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }
  const extensions = Object.entries(user.onPremisesExtensionAttributes ?? {}).filter(
    ([name, value]) => name.startsWith('extensionAttribute') && typeof value === 'string',
  )
  return person({
    id: user.id,
    // Homed elsewhere, whatever userType says: a guest may be made a member, and is still invited.
    type: /#EXT#/i.test(text('userPrincipalName')) ? 'guest' : 'member',
    displayName: text('displayName'),
    givenName: text('givenName'),
    surname: text('surname'),
    mail: text('mail'),
    userPrincipalName: text('userPrincipalName'),
    alias: text('mailNickname'),
    proxyAddresses: list('proxyAddresses'),
    jobTitle: text('jobTitle'),
    department: text('department'),
    companyName: text('companyName'),
    officeLocation: text('officeLocation'),
    manager: user.manager?.displayName ?? '',
    businessPhones: list('businessPhones'),
    mobilePhone: text('mobilePhone'),
    faxNumber: text('faxNumber'),
    streetAddress: text('streetAddress'),
    city: text('city'),
    state: text('state'),
    postalCode: text('postalCode'),
    country: text('country'),
    employeeId: text('employeeId'),
    ...(Object.fromEntries(extensions) as Partial<Person>),
  })
}
