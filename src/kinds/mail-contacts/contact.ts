/** A mail contact as the target holds it now: both of its objects joined. */
import type { Value } from '../../engine/plan.ts'
import { IncompleteReadError } from '../../microsoft/errors.ts'
import { identityOf, type ExchangeReader, type Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import { bareAddress } from '../../microsoft/proxy-addresses.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'

/** There may be a hundred thousand: what the two listings gave is kept as it is, and read when asked for. */
export class MailContact {
  readonly guid: string
  /** Where mail to it goes, in lower case. */
  readonly address: string
  readonly #mailContact: Row
  readonly #contact: Row

  constructor(mailContact: Row, contact: Row) {
    this.guid = identityOf(mailContact) ?? ''
    this.address = bareAddress(text(mailContact['ExternalEmailAddress']))
    this.#mailContact = mailContact
    this.#contact = contact
  }

  get name(): string {
    return text(this.#mailContact['Name'])
  }

  get displayName(): string {
    return text(this.#mailContact['DisplayName'])
  }

  /** As Exchange holds them: `SMTP:` the primary one, `smtp:` others, `x500:` and the like. */
  get emailAddresses(): readonly string[] {
    return texts(this.#mailContact['EmailAddresses'])
  }

  get directorySynced(): boolean {
    return this.#mailContact['IsDirSynced'] === true
  }

  /** ISO 8601; compared as text. */
  get created(): string {
    return text(this.#mailContact['WhenCreatedUTC']) || text(this.#mailContact['WhenCreated'])
  }

  /** @param attribute by the profile's name. */
  value(attribute: string): Value {
    const { name, setBy } = EXCHANGE_ATTRIBUTES[attribute]!
    const cell = (setBy === 'Set-Contact' ? this.#contact : this.#mailContact)[name]
    return typeof cell === 'boolean' ? cell : text(cell)
  }

  /** The value of an attribute that holds text. */
  text(attribute: string): string {
    return String(this.value(attribute))
  }
}

const namesSetBy = (cmdlet: string) =>
  Object.values(EXCHANGE_ATTRIBUTES)
    .filter(({ setBy }) => setBy === cmdlet)
    .map(({ name }) => name)

const MAIL_CONTACT = [
  'Guid',
  'ExternalDirectoryObjectId',
  'Name',
  'ExternalEmailAddress',
  'EmailAddresses',
  'IsDirSynced',
  'WhenCreatedUTC',
  'WhenCreated',
  ...namesSetBy('Set-MailContact'),
]
const CONTACT = ['Guid', 'ExternalDirectoryObjectId', 'Name', ...namesSetBy('Set-Contact')]

/** By run, which has its own connections: profiles of one target see one moment of it. */
const readings = new WeakMap<ExchangeReader, Promise<readonly MailContact[]>>()

/** Read once for all profiles of a run. @throws as `readMailContacts` does, to each who asks. */
export function mailContactsOf(exchange: ExchangeReader): Promise<readonly MailContact[]> {
  const reading = readings.get(exchange) ?? readMailContacts(exchange)
  readings.set(exchange, reading)
  return reading
}

/**
 * Two listings, joined: never a call a contact.
 * @throws ServiceError; IncompleteReadError when the two do not agree, after a second try.
 */
export async function readMailContacts(exchange: ExchangeReader): Promise<MailContact[]> {
  for (let again = false; ; again = true) {
    const [mailContacts, contacts] = await Promise.all([
      listAll(exchange, 'Get-MailContact', MAIL_CONTACT),
      listAll(exchange, 'Get-Contact', CONTACT),
    ])
    const joined = join(mailContacts, contacts)
    if (joined) return joined
    // Somebody may have made a contact between the two listings; a short read stays short.
    if (again)
      throw new IncompleteReadError(
        'Exchange Online',
        exchange.tenant,
        'Get-Contact',
        'it lacks contacts that Get-MailContact lists.',
      )
  }
}

/** @returns `undefined` when a half is missing. */
function join(mailContacts: readonly Row[], contacts: readonly Row[]): MailContact[] | undefined {
  const byGuid = indexed(contacts, 'Guid')
  let byObjectId: ReadonlyMap<string, Row> | undefined
  const joined: MailContact[] = []
  for (const row of mailContacts) {
    const contact =
      byGuid.get(text(row['Guid'])) ?? (byObjectId ??= indexed(contacts, OBJECT_ID)).get(text(row[OBJECT_ID]))
    if (!contact) return undefined
    joined.push(new MailContact(row, contact))
  }
  return joined
}

const OBJECT_ID = 'ExternalDirectoryObjectId'

/** Rows without a value are left out: nothing is no identity. */
function indexed(rows: readonly Row[], property: string): ReadonlyMap<string, Row> {
  const index = new Map(rows.map((row) => [text(row[property]), row]))
  index.delete('')
  return index
}

function text(cell: unknown): string {
  return typeof cell === 'string' ? cell : ''
}

function texts(cell: unknown): string[] {
  return Array.isArray(cell) ? cell.filter((item) => typeof item === 'string') : []
}
