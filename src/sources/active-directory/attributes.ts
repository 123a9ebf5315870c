/** What of a person stands where in an Active Directory. */
import { EXTENSION_ATTRIBUTES, PERSON_FIELDS, type PersonField } from '../../people/person.ts'

/**
 * The LDAP attributes of a field, best first, where they have another name than the field.
 * Sources: Microsoft, "Active Directory Schema"; "Changes to Active Directory schema in Exchange Server".
 */
const ATTRIBUTES: Partial<Record<PersonField, readonly string[]>> = {
  id: ['objectGUID'],
  type: ['objectClass'],
  surname: ['sn'],
  alias: ['mailNickname'],
  jobTitle: ['title'],
  companyName: ['company'],
  officeLocation: ['physicalDeliveryOfficeName'],
  businessPhones: ['telephoneNumber', 'otherTelephone'],
  mobilePhone: ['mobile'],
  faxNumber: ['facsimileTelephoneNumber'],
  city: ['l'],
  state: ['st'],
  // The country's name; else its ISO code.
  country: ['co', 'c'],
  employeeId: ['employeeID'],
}

/** Always read: by them somebody is known, shown and admitted. */
const DECIDING_FIELDS = [
  'id',
  'type',
  'displayName',
  'mail',
  'userPrincipalName',
  'proxyAddresses',
  'alias',
  ...EXTENSION_ATTRIBUTES,
] as const
const DECIDING = ['userAccountControl', 'msExchRecipientTypeDetails', 'msExchHideFromAddressLists']

export function attributesOf(field: PersonField): readonly string[] {
  return ATTRIBUTES[field] ?? [field]
}

/** @returns what to ask for, so that these fields of a person can be told. */
export function attributesFor(reads: ReadonlySet<PersonField>): string[] {
  const fields = new Set<PersonField>([...DECIDING_FIELDS, ...reads])
  return [...DECIDING, ...[...fields].flatMap(attributesOf)]
}

/** @param exist which attributes the directory's schema has. */
export function fieldsWithout(exist: (attribute: string) => boolean): Set<PersonField> {
  return new Set(PERSON_FIELDS.filter((field) => !attributesOf(field).some(exist)))
}
