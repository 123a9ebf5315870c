/**
 * A person as every source gives them: a member or guest of a tenant, an organizational contact, a
 * recipient, a row of a file. Sources fill it, expressions read it, kinds make objects of it.
 */

export const EXTENSION_ATTRIBUTES = [
  'extensionAttribute1',
  'extensionAttribute2',
  'extensionAttribute3',
  'extensionAttribute4',
  'extensionAttribute5',
  'extensionAttribute6',
  'extensionAttribute7',
  'extensionAttribute8',
  'extensionAttribute9',
  'extensionAttribute10',
  'extensionAttribute11',
  'extensionAttribute12',
  'extensionAttribute13',
  'extensionAttribute14',
  'extensionAttribute15',
] as const

/** What `type` may be; `''` where the source does not tell. */
export const PERSON_TYPES: readonly string[] = [
  'member',
  'guest',
  'contact',
  'shared-mailbox',
  'room',
  'equipment',
  'group',
]

/** Fields that hold one text. What a person lacks is `''`. */
export const TEXT_FIELDS = [
  'id',
  'type',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'userPrincipalName',
  'alias',
  'jobTitle',
  'department',
  'companyName',
  'officeLocation',
  'manager',
  'mobilePhone',
  'faxNumber',
  'streetAddress',
  'city',
  'state',
  'postalCode',
  'country',
  'employeeId',
  ...EXTENSION_ATTRIBUTES,
  'legacyExchangeDN',
] as const

/** Fields that hold several texts. What a person lacks is `[]`. */
export const LIST_FIELDS = ['proxyAddresses', 'businessPhones'] as const

export type TextField = (typeof TEXT_FIELDS)[number]
export type ListField = (typeof LIST_FIELDS)[number]
export type PersonField = TextField | ListField

export const PERSON_FIELDS: readonly PersonField[] = [...TEXT_FIELDS, ...LIST_FIELDS]

const FIELDS: ReadonlySet<string> = new Set(PERSON_FIELDS)

export function isPersonField(name: string): name is PersonField {
  return FIELDS.has(name)
}

export type Person = { readonly [F in TextField]: string } & {
  readonly [F in ListField]: readonly string[]
}

/** A person together with what is known of where they come from. */
export interface Sourced {
  readonly person: Person
  /**
   * The fields this person's source does not carry at all: unknown, not empty. An attribute built on
   * one of them is left alone in the target. One set is shared by all people of a source.
   */
  readonly unknown: ReadonlySet<PersonField>
}

/** A person with every field empty but those given. */
export function person(fields: Partial<Person> & { id: string }): Person {
  return { ...EMPTY, ...fields }
}

/** Of an id, to compare and to index by: directories tell ids apart without regard to case. */
export function normalId(id: string): string {
  return id.toLowerCase()
}

/** For people to read: hostile text. */
export function personLabel({ displayName, mail }: Pick<Person, 'displayName' | 'mail'>): string {
  return mail === '' ? displayName : `${displayName} <${mail}>`
}

const EMPTY = Object.freeze({
  ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, ''])),
  ...Object.fromEntries(LIST_FIELDS.map((field) => [field, Object.freeze([])])),
}) as unknown as Person
