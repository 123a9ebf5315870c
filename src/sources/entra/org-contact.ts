/** An organizational contact of Microsoft Graph as a person. */
import { EXTENSION_ATTRIBUTES, person, type Person, type PersonField } from '../../people/person.ts'
import type { Query } from '../../microsoft/graph.ts'
import { MANAGER } from './user.ts'

/** What an organizational contact does not carry. */
export const ORG_CONTACT_UNKNOWN: ReadonlySet<PersonField> = new Set<PersonField>([
  'userPrincipalName',
  'employeeId',
  'legacyExchangeDN',
  ...EXTENSION_ATTRIBUTES,
])

export interface OrgContact {
  readonly id: string
  readonly displayName?: string | null
  readonly givenName?: string | null
  readonly surname?: string | null
  readonly mail?: string | null
  readonly mailNickname?: string | null
  readonly jobTitle?: string | null
  readonly department?: string | null
  readonly companyName?: string | null
  readonly proxyAddresses?: readonly string[] | null
  readonly manager?: { readonly displayName?: string | null } | null
  readonly phones?: readonly { readonly type?: string | null; readonly number?: string | null }[] | null
  readonly addresses?: readonly Address[] | null
}

interface Address {
  readonly street?: string | null
  readonly city?: string | null
  readonly state?: string | null
  readonly postalCode?: string | null
  readonly countryOrRegion?: string | null
  readonly officeLocation?: string | null
}

const SELECT = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'mailNickname',
  'jobTitle',
  'department',
  'companyName',
  'proxyAddresses',
  'phones',
  'addresses',
]

export function orgContactQuery(reads: ReadonlySet<PersonField>): Query {
  return {
    select: SELECT,
    top: 999,
    ...(reads.has('manager') && { expand: MANAGER }),
  }
}

export function orgContactPerson(contact: OrgContact): Person {
  const phones = (type: string) =>
    (contact.phones ?? []).filter((phone) => phone.type === type && phone.number).map(({ number }) => number!)
  const address = contact.addresses?.[0] ?? {}
  return person({
    id: contact.id,
    type: 'contact',
    displayName: contact.displayName ?? '',
    givenName: contact.givenName ?? '',
    surname: contact.surname ?? '',
    mail: contact.mail ?? '',
    alias: contact.mailNickname ?? '',
    proxyAddresses: contact.proxyAddresses ?? [],
    jobTitle: contact.jobTitle ?? '',
    department: contact.department ?? '',
    companyName: contact.companyName ?? '',
    officeLocation: address.officeLocation ?? '',
    manager: contact.manager?.displayName ?? '',
    businessPhones: phones('business'),
    mobilePhone: phones('mobile')[0] ?? '',
    faxNumber: phones('businessFax')[0] ?? '',
    streetAddress: address.street ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    postalCode: address.postalCode ?? '',
    country: address.countryOrRegion ?? '',
  })
}
