/**
 * The fields of a person, and the properties of Exchange that hold them. No cmdlet shows all of them:
 * Get-Recipient has who there is; mobile phone, fax and street stand with the other half of the object.
 * Source: Exchange PowerShell, "Filterable properties for the Filter parameter", by cmdlet.
 */
import { CUSTOM_ATTRIBUTES } from '../../microsoft/exchange.ts'
import { EXTENSION_ATTRIBUTES, type PersonField } from '../../people/person.ts'

export type Properties = Partial<Record<PersonField, string>>

export const RECIPIENT: Properties = {
  displayName: 'DisplayName',
  givenName: 'FirstName',
  surname: 'LastName',
  userPrincipalName: 'WindowsLiveID',
  alias: 'Alias',
  proxyAddresses: 'EmailAddresses',
  jobTitle: 'Title',
  department: 'Department',
  companyName: 'Company',
  officeLocation: 'Office',
  manager: 'Manager',
  businessPhones: 'Phone',
  city: 'City',
  state: 'StateOrProvince',
  postalCode: 'PostalCode',
  country: 'CountryOrRegion',
  ...Object.fromEntries(EXTENSION_ATTRIBUTES.map((field, index) => [field, CUSTOM_ATTRIBUTES[index]!])),
}

/** What the other half of a mail contact adds. */
export const CONTACT: Properties = {
  mobilePhone: 'MobilePhone',
  faxNumber: 'Fax',
  streetAddress: 'StreetAddress',
}

/** What the other half of a mailbox or a mail user adds. */
export const USER: Properties = { ...CONTACT, legacyExchangeDN: 'LegacyExchangeDN' }

/** @returns the properties that hold any of these fields. */
export function propertiesOf(fields: ReadonlySet<PersonField>, properties: Properties): string[] {
  return Object.entries(properties)
    .filter(([field]) => fields.has(field as PersonField))
    .map(([, property]) => property)
}
