import { listOf, textOf } from '../exchange/recipient.ts'
import type { Recipient } from '../exchange/recipient.ts'
import type { Tenant } from '../world.ts'
import type { TypeName } from './contract.ts'
import type { DirectoryObject, Properties } from './directory.ts'

/** An object of the directory with its type. */
export interface Row {
  readonly type: TypeName
  readonly id: string
  readonly properties: Properties
}

export function userRow({ id, properties }: DirectoryObject): Row {
  return { type: 'user', id, properties }
}

export function groupRow({ id, properties }: DirectoryObject): Row {
  return { type: 'group', id, properties }
}

const contactRows = new WeakMap<Recipient, Row>()

/** The orgContact that a mail contact of Exchange is in Graph (Microsoft Graph, "orgContact resource type"). */
export function contactRow(contact: Recipient): Row {
  const known = contactRows.get(contact)
  if (known) return known
  const row: Row = { type: 'orgContact', id: contact.objectId, properties: contactProperties(contact) }
  // A recipient is never changed in place, so what was made of it stays right.
  contactRows.set(contact, row)
  return row
}

export function* contactRowsOf(tenant: Tenant): Generator<Row> {
  for (const contact of tenant.recipients.ofType('MailContact')) yield contactRow(contact)
}

/** A user, group or mail contact by its object id. */
export function memberRow(tenant: Tenant, id: string): Row | undefined {
  const user = tenant.directory.user(id)
  if (user) return userRow(user)
  const group = tenant.directory.group(id)
  if (group) return groupRow(group)
  const contact = tenant.recipients.byObjectId(id)
  return contact?.type === 'MailContact' ? contactRow(contact) : undefined
}

/** The user who manages this object. */
export function managerRow(tenant: Tenant, row: Row): Row | undefined {
  if (row.type === 'user') {
    const manager = tenant.directory.managerOf(row.id)
    return manager && userRow(manager)
  }
  const contact = tenant.recipients.byObjectId(row.id)
  const name = contact ? textOf(contact, 'Manager') : ''
  const manager = name === '' ? undefined : tenant.recipients.named(name)[0]
  return manager && memberRow(tenant, manager.objectId)
}

function contactProperties(contact: Recipient): Properties {
  const text = (attribute: string) => textOf(contact, attribute) || null
  const phones = (
    [
      ['business', 'Phone'],
      ['mobile', 'MobilePhone'],
      ['businessFax', 'Fax'],
    ] as const
  ).map(([type, attribute]) => ({ type, number: text(attribute) }))
  return {
    id: contact.objectId,
    deletedDateTime: null,
    displayName: text('DisplayName'),
    givenName: text('FirstName'),
    surname: text('LastName'),
    mail: text('ExternalEmailAddress'),
    mailNickname: text('Alias'),
    jobTitle: text('Title'),
    department: text('Department'),
    companyName: text('Company'),
    proxyAddresses: listOf(contact, 'EmailAddresses'),
    onPremisesSyncEnabled: contact.values['IsDirSynced'] === true ? true : null,
    phones: phones.filter(({ number }) => number !== null),
    addresses: [
      {
        city: text('City'),
        countryOrRegion: text('CountryOrRegion'),
        officeLocation: text('Office'),
        postalCode: text('PostalCode'),
        state: text('StateOrProvince'),
        street: text('StreetAddress'),
      },
    ],
  }
}
