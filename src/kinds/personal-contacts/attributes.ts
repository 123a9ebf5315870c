/**
 * The attributes that a profile may map, in the order of plans, and the texts they are made of. A list,
 * the mail addresses and the business address are made of several texts, each with a name of its own.
 */
import type { MappingEntry } from '../../people/mapping.ts'
import type { PersonalContactsProfile } from './schema.ts'

type MappingOf = NonNullable<PersonalContactsProfile['mapping']>

const TEXTS = [
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
const UNMANAGED_TEXTS = ['nickName', 'fileAs', 'personalNotes', 'birthday'] as const

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

const DEFAULT_ADDRESSES = [{ address: '{{mail}}', name: '{{displayName}}' }]

/** What an attribute is made of: the names of its texts, in order. */
export interface Composed {
  readonly attribute: string
  readonly parts: readonly string[]
}

export interface Composition {
  /** Every text by its name; `null` is left alone. */
  readonly texts: Readonly<Record<string, MappingEntry>>
  readonly attributes: readonly Composed[]
}

/** The profile's mapping on top of the defaults. */
export function composition(mapping: MappingOf): Composition {
  const texts: Record<string, MappingEntry> = {}
  const attributes: Composed[] = []
  const add = (attribute: string, parts: readonly (readonly [name: string, entry: MappingEntry])[]) => {
    for (const [name, entry] of parts) texts[name] = entry
    attributes.push({ attribute, parts: parts.map(([name]) => name) })
  }
  const given = mapping as Readonly<Record<string, MappingEntry | readonly string[] | undefined>>
  const addText = (name: string, byDefault: MappingEntry) =>
    add(name, [[name, given[name] === undefined ? byDefault : (given[name] as MappingEntry)]])
  const addList = (name: string, byDefault: MappingEntry) => {
    const entry = given[name] === undefined ? byDefault : given[name]
    if (Array.isArray(entry))
      add(
        name,
        entry.map((item: string, index) => [`${name}[${index}]`, item]),
      )
    else add(name, [[name, entry as MappingEntry]])
  }

  for (const name of TEXTS) addText(name, `{{${name}}}`)
  addList('businessPhones', '{{businessPhones}}')
  const addresses = mapping.emailAddresses === undefined ? DEFAULT_ADDRESSES : mapping.emailAddresses
  if (addresses !== null)
    add(
      EMAIL_ADDRESSES,
      addresses.flatMap(({ address, name = '' }, index) => [
        [`${EMAIL_ADDRESSES}[${index}].address`, address] as const,
        [`${EMAIL_ADDRESSES}[${index}].name`, name] as const,
      ]),
    )
  for (const [part, byDefault] of Object.entries(ADDRESS_PARTS)) {
    const entry = addressEntry(mapping, part, byDefault)
    add(`${BUSINESS_ADDRESS}.${part}`, [[`${BUSINESS_ADDRESS}.${part}`, entry]])
  }
  for (const name of UNMANAGED_TEXTS) addText(name, null)
  for (const name of LISTS.slice(1)) addList(name, null)
  return { texts, attributes }
}

/** What is not named in `businessAddress` keeps its default. */
function addressEntry({ businessAddress }: MappingOf, part: string, byDefault: string): MappingEntry {
  if (businessAddress === null) return null
  const entry = (businessAddress as Readonly<Record<string, string | null>> | undefined)?.[part]
  return entry === undefined ? byDefault : entry
}
