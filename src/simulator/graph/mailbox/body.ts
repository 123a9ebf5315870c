import type { Request } from '../../service.ts'
import { objectBody } from '../body.ts'
import { membersOf, propertiesOf } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { noProperty, readOnly, tooMany, wrongType } from './errors.ts'
import { EXTENDED, readExtendedProperties } from './extended-properties.ts'

/** What the service gives, or makes of something else. */
const READ_ONLY = new Set([
  'changeKey',
  'createdDateTime',
  'id',
  'lastModifiedDateTime',
  'parentFolderId',
  'primaryEmailAddress',
  'secondaryEmailAddress',
  'tertiaryEmailAddress',
])

/** How many entries a list may hold: MAPI keeps each in a property of its own. */
const MOST: Readonly<Record<string, number>> = { emailAddresses: 3, businessPhones: 2, homePhones: 2 }

/**
 * What a contact's body sets, as Outlook keeps it; null clears.
 * @throws GraphRefused 400 for unknown names, wrong types, and lists that are too long
 */
export function contactChange(request: Request): Properties {
  const change: Properties = {}
  for (const [name, value] of Object.entries(objectBody(request, wrongType))) {
    // Annotations: `@odata.type`, `birthday@odata.type`.
    if (name.includes('@')) continue
    const type = propertiesOf('contact').get(name)
    if (name === EXTENDED) change[name] = readExtendedProperties(value)
    else if (type === undefined) throw noProperty(name, 'contact')
    else if (READ_ONLY.has(name)) throw readOnly(name)
    else change[name] = kept(name, type, value)
  }
  return change
}

/** The properties after a change: what is null or empty is not there. */
export function changed(properties: Properties, change: Properties): Properties {
  const result = { ...properties, ...change }
  for (const [name, value] of Object.entries(change)) if (isNothing(value)) delete result[name]
  return result
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function kept(name: string, type: string, value: unknown): unknown {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) throw wrongType()
    const most = MOST[name] ?? Infinity
    if (value.length > most) throw tooMany(`${name[0]?.toUpperCase()}${name.slice(1)}`, value.length, most)
    return type === 'string[]' ? value.map(text) : value.map(emailAddress).filter(isKept)
  }
  if (value === null) return null
  if (type === 'date-time') return birthday(text(value))
  if (type === 'string') return name === 'personalNotes' ? text(value).replace(/\r?\n/g, '\r\n') : text(value)
  return members(value, type)
}

/** Outlook keeps the day alone, and gives it as a minute before noon. */
function birthday(value: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value)) throw wrongType()
  const time = new Date(value)
  if (Number.isNaN(time.getTime())) throw wrongType()
  return `${time.toISOString().slice(0, 10)}T11:59:00Z`
}

function emailAddress(value: unknown): Properties {
  const { name, address } = members(value, 'emailAddress')
  return { name: name || address, address }
}

/** One with a comma is taken, and is not there when it is read back (microsoft-graph-docs, issue 2186). */
function isKept({ address }: Properties): boolean {
  return typeof address === 'string' && address !== '' && !address.includes(',')
}

/** The members of a complex value that are set. */
function members(value: unknown, type: string): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType()
  const known = membersOf(type)
  const result: Properties = {}
  for (const [name, member] of Object.entries(value)) {
    if (name.includes('@')) continue
    if (!known?.has(name)) throw noProperty(name, type)
    if (member !== null) result[name] = text(member)
  }
  return result
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw wrongType()
  return value
}
