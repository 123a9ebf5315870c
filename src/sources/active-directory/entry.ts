/** An entry of Active Directory as a person. */
import type { Entry } from 'ldapts'
import { LIST_FIELDS, person, TEXT_FIELDS, type Person, type PersonField } from '../../people/person.ts'
import { SourceError } from '../source-error.ts'
import { attributesOf } from './attributes.ts'
import { guidText } from './guid.ts'
import { openError } from './open-error.ts'

export interface Account {
  /** All but the manager's name, which stands in an entry of its own. */
  readonly person: Person
  readonly dn: string
  /** `''` for somebody who has no manager, or whose manager nobody reads. */
  readonly managerDN: string
  readonly disabled: boolean
  readonly hidden: boolean
}

/** Fields that are more than the text of an attribute. */
const DERIVED: ReadonlySet<PersonField> = new Set(['id', 'type', 'manager'])

/** Source: Microsoft, "UserAccountControl property flags". */
const ACCOUNT_DISABLED = 2n

/**
 * `msExchRecipientTypeDetails`, of mailboxes here and of those that moved to Exchange Online.
 * Source: Microsoft, "RecipientTypeDetails values" (Exchange Server and hybrid deployments).
 */
const MAILBOX_TYPES: ReadonlyMap<string, string> = new Map([
  ['4', 'shared-mailbox'],
  ['34359738368', 'shared-mailbox'],
  ['16', 'room'],
  ['8589934592', 'room'],
  ['32', 'equipment'],
  ['17179869184', 'equipment'],
])

/** The owner of a linked mailbox signs in with an account of another forest. */
const LINKED_MAILBOX = '2'

/** @throws SourceError for an entry that shows no id, or not all values of an attribute. */
export function accountOf(entry: Entry): Account {
  const values = valuesOf(entry)
  const first = (attribute: string) => values.get(attribute.toLowerCase())?.[0] ?? ''
  const mailbox = first('msExchRecipientTypeDetails')
  return {
    person: person({
      ...Object.fromEntries(TEXT_FIELDS.filter(isPlain).map((field) => [field, textOf(field, first)])),
      ...Object.fromEntries(LIST_FIELDS.map((field) => [field, listOf(field, values)])),
      id: idOf(entry),
      type: typeOf(values.get('objectclass') ?? [], mailbox),
    }),
    dn: entry.dn,
    managerDN: first('manager'),
    disabled: isDisabled(first('userAccountControl')) && !isDisabledByDesign(mailbox),
    hidden: first('msExchHideFromAddressLists') === 'TRUE',
  }
}

/** By attribute, in lower case. */
type Values = ReadonlyMap<string, readonly string[]>

function valuesOf(entry: Entry): Values {
  return new Map(
    Object.entries(entry).map(([attribute, value]) => {
      refusePartial(attribute)
      const list = Array.isArray(value) ? value : [value]
      return [attribute.toLowerCase(), list.map(String)]
    }),
  )
}

/**
 * Of an attribute with very many values an answer holds the first ones, under a name that says so.
 * Source: Microsoft, MS-ADTS 3.1.1.3.1.3.3 (Range Retrieval of Attribute Values).
 */
function refusePartial(attribute: string): void {
  const [name] = attribute.split(';range=', 1)
  if (name === attribute) return
  const message = `Somebody has more values of ${name} than the domain controller gives at a time (MaxValRange), so they are not all known. Remove values, or leave them out with filter.`
  throw openError('active-directory-too-many-values', message)
}

function idOf({ dn, objectGUID }: Entry): string {
  const bytes = Array.isArray(objectGUID) ? objectGUID[0] : objectGUID
  const id = Buffer.isBuffer(bytes) ? guidText(bytes) : undefined
  if (id !== undefined) return id
  const cure = 'so nothing could tell them from others: let the account read that attribute.'
  throw new SourceError('active-directory-no-id', `${dn} shows no objectGUID, ${cure}`, {
    advice: `Somebody's entry shows no objectGUID, ${cure}`,
  })
}

function typeOf(classes: readonly string[], mailbox: string): string {
  if (classes.includes('group')) return 'group'
  if (classes.includes('contact')) return 'contact'
  return MAILBOX_TYPES.get(mailbox) ?? 'member'
}

function isDisabled(control: string): boolean {
  return /^-?\d+$/.test(control) && (BigInt(control) & ACCOUNT_DISABLED) !== 0n
}

/** Nobody signs in as a room: such accounts are disabled, and their mailboxes in use. */
function isDisabledByDesign(mailbox: string): boolean {
  return mailbox === LINKED_MAILBOX || MAILBOX_TYPES.has(mailbox)
}

function isPlain(field: PersonField): boolean {
  return !DERIVED.has(field)
}

function textOf(field: PersonField, first: (attribute: string) => string): string {
  return (
    attributesOf(field)
      .map(first)
      .find((text) => text !== '') ?? ''
  )
}

/** Values of one attribute have no order of their own: without one, they would change from read to read. */
function listOf(field: PersonField, values: Values): string[] {
  return attributesOf(field).flatMap((attribute) => (values.get(attribute.toLowerCase()) ?? []).toSorted())
}
