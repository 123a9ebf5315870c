/**
 * A contact as Graph gives it, in the plan's words: each attribute one value. Mail addresses are a list
 * of `Name <address>`, and the business address is an attribute for each of its parts.
 * Source: Microsoft Graph, "contact resource type", "emailAddress resource type".
 */
import type { FieldChange, Value } from '../../engine/plan.ts'
import { normalAddress } from '../../people/address.ts'
import { literal } from '../../microsoft/odata.ts'
import { ADDRESS_PARTS, BUSINESS_ADDRESS, EMAIL_ADDRESSES, LISTS } from './attributes.ts'

/** The ownership mark, and the entity tag of the photo that was written. */
const NAMESPACE = 'String {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Name'
export const MARK_PROPERTY = `${NAMESPACE} tenant-sync`
export const PHOTO_PROPERTY = `${NAMESPACE} tenant-sync-photo`

/** In plans: where the mark and the photo's entity tag stand. */
export const MARK = 'mark'
export const PHOTO = 'photo'

export interface EmailAddress {
  readonly name?: string | null
  readonly address?: string | null
}

/** As Graph gives it; only what was asked for is there. */
export interface Contact {
  readonly id: string
  readonly createdDateTime?: string
  readonly fileAs?: string | null
  readonly displayName?: string | null
  readonly emailAddresses?: readonly EmailAddress[]
  readonly businessAddress?: Readonly<Record<string, string | null>> | null
  readonly singleValueExtendedProperties?: readonly { readonly id: string; readonly value: string }[]
}

export function propertyOf({ singleValueExtendedProperties: properties }: Contact, id: string): string {
  return properties?.find((property) => property.id.toLowerCase() === id.toLowerCase())?.value ?? ''
}

/** What it holds now; `null` where it holds nothing. */
export function valueOf(contact: Contact, attribute: string): Value {
  if (attribute === EMAIL_ADDRESSES) return (contact.emailAddresses ?? []).map(addressText)
  if (attribute === MARK) return propertyOf(contact, MARK_PROPERTY) || null
  if (attribute === PHOTO) return propertyOf(contact, PHOTO_PROPERTY) || null
  const part = addressPart(attribute)
  if (part !== undefined) return contact.businessAddress?.[part] ?? null
  const value = (contact as unknown as Readonly<Record<string, Value | undefined>>)[attribute] ?? null
  return attribute === 'birthday' && typeof value === 'string' ? value.slice(0, 10) : value
}

/** Whether two values mean the same to Outlook. */
export function sameValue(attribute: string, left: Value, right: Value): boolean {
  if (attribute === EMAIL_ADDRESSES)
    return sameAddresses(left as readonly string[], right as readonly string[])
  // It keeps the breaks of lines in its own way.
  if (attribute === 'personalNotes') return unbroken(left) === unbroken(right)
  return false
}

function sameAddresses(left: readonly string[], right: readonly string[]): boolean {
  return (
    left.length === right.length &&
    left.every((text, index) => {
      const [one, other] = [emailAddress(text), emailAddress(right[index]!)]
      // Without a name Outlook shows the address, and gives it for one.
      const named = (email: Required<EmailAddress>) => email.name || email.address
      return normalAddress(one.address!) === normalAddress(other.address!) && named(one) === named(other)
    })
  )
}

function unbroken(value: Value): string {
  return String(value).replace(/\r\n?/g, '\n').trimEnd()
}

export function addressText({ name, address }: EmailAddress): string {
  return name ? `${name} <${address ?? ''}>` : (address ?? '')
}

/** The other way round: an address holds no angle brackets. */
export function emailAddress(text: string): { name: string; address: string } {
  const [, name, address] = /^(.*) <([^<>]*)>$/s.exec(text) ?? []
  return name === undefined ? { name: '', address: text } : { name, address: address! }
}

export function addressPart(attribute: string): string | undefined {
  return attribute.startsWith(`${BUSINESS_ADDRESS}.`)
    ? attribute.slice(BUSINESS_ADDRESS.length + 1)
    : undefined
}

/** What of a contact is asked for, for these attributes. */
export function selectOf(attributes: Iterable<string>): string[] {
  const own = [...attributes].map((attribute) => attribute.replace(/\..*/, ''))
  return [...new Set(['id', 'createdDateTime', 'displayName', 'fileAs', EMAIL_ADDRESSES, ...own])]
}

export function expandOf(properties: readonly string[]): string {
  const filter = properties.map((id) => `id eq '${id}'`).join(' or ')
  return `singleValueExtendedProperties($filter=${filter})`
}

/** A filter for the contacts that bear just this mark. */
export function markFilter(mark: string): string {
  return `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK_PROPERTY}' and ep/value eq ${literal(mark)})`
}

/**
 * The body that sets these fields (Graph, "Update contact").
 * @param now what the contact holds: a complex property is replaced whole, so its other parts go along.
 */
export function bodyOf(fields: readonly FieldChange[], now?: Contact): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const properties: { id: string; value: string }[] = []
  for (const { field, after } of fields) {
    const part = addressPart(field)
    if (field === MARK) properties.push({ id: MARK_PROPERTY, value: String(after) })
    else if (field === PHOTO) properties.push({ id: PHOTO_PROPERTY, value: String(after) })
    else if (field === EMAIL_ADDRESSES)
      body[field] = ((after ?? []) as readonly string[]).map((text) => {
        const { name, address } = emailAddress(text)
        return { address, name: name || address }
      })
    else if (part !== undefined) {
      body[BUSINESS_ADDRESS] ??= wholeAddress(now)
      ;(body[BUSINESS_ADDRESS] as Record<string, unknown>)[part] = after
    } else if (field === 'birthday' && after !== null) body[field] = `${String(after)}T00:00:00Z`
    else body[field] = after ?? ((LISTS as readonly string[]).includes(field) ? [] : null)
  }
  if (properties.length > 0) body['singleValueExtendedProperties'] = properties
  return body
}

function wholeAddress(now: Contact | undefined): Record<string, string | null> {
  const parts = now
    ? Object.keys(ADDRESS_PARTS).map((part) => [part, now.businessAddress?.[part] ?? null])
    : []
  return Object.fromEntries(parts) as Record<string, string | null>
}
