import type { Answer } from '../../service.ts'
import { propertiesOf } from '../contract.ts'
import { defaultSelection, parseSelect } from '../query/select.ts'
import { contactAt, mailboxAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { changed, contactChange } from './body.ts'
import type { Contact } from './contact.ts'
import { changedSince } from './errors.ts'
import { parseExpand } from './expand.ts'
import { EXTENDED, extendedProperties, mergeExtendedProperties } from './extended-properties.ts'
import { anyOfContact, compileFilter } from './filter.ts'
import type { Folder } from './folder.ts'
import { LISTED, page } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import { named, renamed } from './names.ts'
import { mailboxOptions, preferences } from './options.ts'
import type { MailboxOptions } from './options.ts'
import { ordered } from './order.ts'
import { etagOf, showContact, valueOf } from './view.ts'
import type { View } from './view.ts'

/** Where contacts are: in a folder that the path names, else in the mailbox's own. */
export type Where = (mailbox: Mailbox, asked: Asked) => Folder

/** `GET .../contacts` (Microsoft Graph, "List contacts"). */
export function listContacts(asked: Asked, where: Where): Answer {
  const folder = where(mailboxAsked(asked), asked)
  const options = mailboxOptions(asked.request, LISTED)
  const view = viewOf(asked, options)
  const context = `users('${asked.ids[0]}')/contacts`
  return applied(
    view,
    200,
    page(chosen(folder, options), { asked, options, context }, (contact) => showContact(contact, view)),
  )
}

/** `GET .../contacts/$count`. */
export function countContacts(asked: Asked, where: Where): Answer {
  const folder = where(mailboxAsked(asked), asked)
  const count = chosen(folder, mailboxOptions(asked.request, ['filter'])).length
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count) }
}

/** `POST .../contacts` ("Create contact"). */
export function createContact(asked: Asked, where: Where): Answer {
  const mailbox = mailboxAsked(asked)
  const folder = where(mailbox, asked)
  mailboxOptions(asked.request, [])
  const change = contactChange(asked.request)
  const sent = mergeExtendedProperties([], (change[EXTENDED] ?? []) as never[])
  const properties = named(changed({}, { ...change, [EXTENDED]: sent }))
  return one(asked, 201, mailbox.addContact(properties, folder), {})
}

/** `GET .../contacts/{id}`. */
export function getContact(asked: Asked, folder?: Where): Answer {
  const { contact } = contactAsked(asked, folder)
  return one(asked, 200, contact, mailboxOptions(asked.request, ['select', 'expand']))
}

/** `PATCH .../contacts/{id}` ("Update contact"). */
export function updateContact(asked: Asked, folder?: Where): Answer {
  const { mailbox, contact } = contactAsked(asked, folder)
  mailboxOptions(asked.request, [])
  checkMatch(asked, contact)
  const change = contactChange(asked.request)
  const had = extendedProperties(contact.properties)
  const has = EXTENDED in change ? mergeExtendedProperties(had, change[EXTENDED] as never[]) : had
  const now = changed(contact.properties, { ...change, [EXTENDED]: has })
  mailbox.replaceContact(contact, renamed(now, change))
  return one(asked, 200, contact, {})
}

/** `DELETE .../contacts/{id}`. */
export function deleteContact(asked: Asked, folder?: Where): Answer {
  const { mailbox, contact } = contactAsked(asked, folder)
  mailboxOptions(asked.request, [])
  checkMatch(asked, contact)
  mailbox.removeContact(contact)
  return { status: 204 }
}

/** The contact a path names, by its last id. */
export function contactAsked(asked: Asked, folder?: Where): { mailbox: Mailbox; contact: Contact } {
  const mailbox = mailboxAsked(asked)
  return { mailbox, contact: contactAt(mailbox, asked.ids.at(-1) ?? '', folder?.(mailbox, asked)) }
}

/** What a request asks to see of contacts. */
export function viewOf({ request }: Asked, { select, expand }: MailboxOptions): View {
  return {
    selection: select === undefined ? defaultSelection('contact') : parseSelect(select, 'contact', false),
    expanded: expand === undefined ? new Set() : parseExpand(expand),
    ids: preferences(request).immutableIds ? 'immutable' : 'default',
  }
}

/** An answer that says which ids it was to give. */
export function applied({ ids }: View, status: number, body: unknown): Answer {
  const headers = { 'preference-applied': 'IdType="ImmutableId"' }
  return { status, body, ...(ids === 'immutable' ? { headers } : {}) }
}

function one(asked: Asked, status: number, contact: Contact, options: MailboxOptions): Answer {
  const view = viewOf(asked, options)
  return applied(view, status, {
    '@odata.context': `${asked.world.origin}/v1.0/$metadata#users('${asked.ids[0]}')/contacts/$entity`,
    ...showContact(contact, view),
  })
}

function chosen(folder: Folder, { filter, orderby }: MailboxOptions): Contact[] {
  const contacts = [...folder.contacts.values()]
  const found =
    filter === undefined
      ? contacts
      : contacts.filter(compileFilter(filter, { text: textOf, any: anyOfContact }))
  return orderby === undefined ? found : ordered(found, orderby, textOf)
}

const SIMPLE: ReadonlySet<string> = new Set(
  [...propertiesOf('contact')].flatMap(([name, type]) =>
    (type === 'string' || type === 'date-time') && name !== 'id' ? [name] : [],
  ),
)

/** Properties of one text, or a time. */
function textOf(name: string): ((contact: Contact) => string | undefined) | undefined {
  if (!SIMPLE.has(name)) return undefined
  return (contact) => valueOf(contact, name) as string | undefined
}

function checkMatch({ request }: Asked, contact: Contact): void {
  const wanted = request.headers['if-match']
  if (wanted !== undefined && wanted !== '*' && wanted !== etagOf(contact)) throw changedSince()
}
