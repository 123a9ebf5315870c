/**
 * How each attribute of a profile is called in Exchange: a mail contact is two objects there, each
 * with its own cmdlet to set it.
 * Source: Exchange PowerShell, Set-Contact and Set-MailContact; lengths: the Active Directory schema.
 */

export interface ExchangeAttribute {
  /** The property read, and the parameter that sets it. */
  readonly name: string
  readonly setBy: 'Set-Contact' | 'Set-MailContact'
  /** UTF-16 units; what is longer is cut. */
  readonly length?: number
}

const contact = (name: string, length: number): ExchangeAttribute => ({ name, setBy: 'Set-Contact', length })

const CUSTOM_ATTRIBUTES = Object.fromEntries(
  Array.from({ length: 15 }, (_, index): [string, ExchangeAttribute] => [
    `customAttribute${index + 1}`,
    { name: `CustomAttribute${index + 1}`, setBy: 'Set-MailContact', length: 1024 },
  ]),
)

export const EXCHANGE_ATTRIBUTES: Readonly<Record<string, ExchangeAttribute>> = {
  displayName: { name: 'DisplayName', setBy: 'Set-MailContact', length: 256 },
  firstName: contact('FirstName', 64),
  lastName: contact('LastName', 64),
  title: contact('Title', 128),
  department: contact('Department', 64),
  company: contact('Company', 64),
  office: contact('Office', 128),
  phone: contact('Phone', 64),
  mobilePhone: contact('MobilePhone', 64),
  fax: contact('Fax', 64),
  streetAddress: contact('StreetAddress', 1024),
  city: contact('City', 128),
  stateOrProvince: contact('StateOrProvince', 128),
  postalCode: contact('PostalCode', 40),
  countryOrRegion: { name: 'CountryOrRegion', setBy: 'Set-Contact' },
  hiddenFromAddressListsEnabled: { name: 'HiddenFromAddressListsEnabled', setBy: 'Set-MailContact' },
  ...CUSTOM_ATTRIBUTES,
  notes: contact('Notes', 5000),
}

/** `customAttribute1..15`: where marks stand. */
export const CUSTOM_ATTRIBUTE_NAMES = Object.keys(CUSTOM_ATTRIBUTES)
