/**
 * The attributes that a profile may map, in the order of plans, and the texts they are made of. A list,
 * the mail addresses and the business address are made of several texts, each with a name of its own.
 */
import type { MappingEntry, When } from '../../people/mapping.ts'
import type { PersonalContactsProfile } from './schema.ts'

type MappingOf = NonNullable<PersonalContactsProfile['mapping']>

export const TEXTS = [
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'companyName',
  'department',
  'officeLocation',
  'manager',
  'mobilePhone',
] as const
export const UNMANAGED_TEXTS = ['nickName', 'fileAs', 'personalNotes', 'birthday'] as const

/** By list: how many of them Outlook keeps; the others are not limited. */
export const MOST: Readonly<Record<string, number>> = { emailAddresses: 3, businessPhones: 2, homePhones: 2 }

export const LISTS = ['businessPhones', 'homePhones', 'categories', 'imAddresses'] as const
export const EMAIL_ADDRESSES = 'emailAddresses'
export const BUSINESS_ADDRESS = 'businessAddress'
export const ADDRESS_PARTS = {
  street: '{{streetAddress}}',
  city: '{{city}}',
  state: '{{state}}',
  postalCode: '{{postalCode}}',
  countryOrRegion: '{{country}}',
} as const

const DEFAULT_ADDRESSES: readonly Address[] = [{ address: '{{mail}}', name: '{{displayName}}' }]

/** What an attribute is made of: the names of its texts, in order. */
export interface Composed {
  readonly attribute: string
  readonly parts: readonly string[]
}

export interface Composition {
  /** Every text by its name. */
  readonly texts: Readonly<Record<string, MappingEntry>>
  readonly attributes: readonly Composed[]
}

/** As profiles write it: plain, `~`, or with a `when`. */
type Given<Value> = Value | null | { readonly value: Value; readonly when: When }
interface Opened<Value> {
  readonly value: Value
  readonly when: When
}
interface Address {
  readonly address: string
  readonly name?: string
}

/** The profile's mapping on top of the defaults. */
export function composition(mapping: MappingOf): Composition {
  const texts: Record<string, MappingEntry> = {}
  const attributes: Composed[] = []
  const given = mapping as Readonly<Record<string, unknown>>
  /** @param partsOf what the attribute is made of: texts by their names. */
  const add = <Value>(
    attribute: string,
    entry: Given<Value> | undefined,
    byDefault: Value | null,
    partsOf: (value: Value) => readonly (readonly [name: string, text: string])[],
  ) => {
    const opened = open(entry === undefined ? byDefault : entry)
    if (!opened) return
    const parts = partsOf(opened.value)
    for (const [name, value] of parts) texts[name] = { value, when: opened.when }
    attributes.push({ attribute, parts: parts.map(([name]) => name) })
  }
  const addText = (name: string, byDefault: string | null, entry = given[name]) =>
    add(name, entry as Given<string> | undefined, byDefault, (text) => [[name, text]])
  const addList = (name: string, byDefault: string | null) =>
    add<string | readonly string[]>(
      name,
      given[name] as Given<string | readonly string[]>,
      byDefault,
      (value) =>
        typeof value === 'string' ? [[name, value]] : value.map((item, index) => [`${name}[${index}]`, item]),
    )

  for (const name of TEXTS) addText(name, `{{${name}}}`)
  addList('businessPhones', '{{businessPhones}}')
  add(EMAIL_ADDRESSES, given[EMAIL_ADDRESSES] as Given<readonly Address[]>, DEFAULT_ADDRESSES, (addresses) =>
    addresses.flatMap(({ address, name = '' }, index) => [
      [`${EMAIL_ADDRESSES}[${index}].address`, address] as const,
      [`${EMAIL_ADDRESSES}[${index}].name`, name] as const,
    ]),
  )
  const parts = given[BUSINESS_ADDRESS] as Readonly<Record<string, unknown>> | null | undefined
  for (const [part, byDefault] of Object.entries(ADDRESS_PARTS))
    // What is not named keeps its default.
    if (parts !== null) addText(`${BUSINESS_ADDRESS}.${part}`, byDefault, parts?.[part])
  for (const name of UNMANAGED_TEXTS) addText(name, null)
  for (const name of LISTS.slice(1)) addList(name, null)
  return { texts, attributes }
}

function open<Value>(entry: Given<Value>): Opened<Value> | undefined {
  if (entry === null) return undefined
  return typeof entry === 'object' && 'when' in entry ? entry : { value: entry as Value, when: 'always' }
}
