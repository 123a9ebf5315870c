/** A mail user is made, or completed; a mail contact that stands in its place goes. */
import { randomBytes } from 'node:crypto'
import type { Recorder } from '../../../engine/journal.ts'
import type { Proposed } from '../../../engine/kind.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import { isAlreadyThere } from '../../../microsoft/exchange-errors.ts'
import { identityOf, textOf, type ExchangeWriter, type Row } from '../../../microsoft/exchange.ts'
import { bareAddress } from '../../../microsoft/proxy-addresses.ts'
import { findOne, makeOnce, onceKnown } from '../../../microsoft/replication.ts'
import { derivedNames } from '../../../people/mark.ts'
import { personLabel } from '../../../people/person.ts'
import { removeContact } from '../../mail-contacts/remove.ts'
import type { Connection } from '../planning/connection.ts'
import { newMailUserScript, type Place } from '../scripts.ts'
import type { Destination } from './addresses.ts'
import { DISPLAY_NAME } from './attributes.ts'
import type { Counterpart, Ownership } from './counterpart.ts'
import { keeping, letGo } from './keepsake.ts'
import { mailUserFields, oldNames, settings } from './mail-user-fields.ts'
import { MAIL_CONTACT, MAIL_USER, marksOf, type MailContact } from './mail-user.ts'
import type { Mailbox } from './mailbox.ts'

export interface Preparing {
  readonly profile: string
  readonly ownership: Ownership
  readonly to: Destination
  /** Why a script must be pasted where one is to be made; absent where this machine can. */
  readonly byHand: string | undefined
  /** Where scripts connect to. */
  readonly place: Place
}

/** @returns `undefined` where the mail user is as it should be. */
export function mailUserChange(counterpart: Counterpart, about: Preparing): Proposed<Connection> | undefined {
  const { mailbox, mailUser, ours, contacts } = counterpart
  const { profile, to, ownership } = about
  const fields = mailUserFields(counterpart, profile, to)
  if (fields.length === 0 && contacts.length === 0) return undefined
  const creation = mailUser ? undefined : newMailUser(counterpart, about)
  return {
    change: {
      action: mailUser ? 'update' : 'create',
      object: MAIL_USER,
      key: mailbox.key,
      label: labelOf(mailbox),
      ...(mailUser && { targetId: mailUser.id }),
      reason: mailUser ? (ours || mailUser.exchangeGuid ? 'source-changed' : 'adopted') : 'new-in-source',
      fields,
      ...(contacts.length > 0 && {
        removes: contacts.map(({ id, displayName, external }) => ({
          object: MAIL_CONTACT,
          targetId: id,
          label: personLabel({ displayName, mail: external }),
        })),
      }),
      ...(creation && about.byHand !== undefined && { manual: newMailUserScript(about.place, creation) }),
    },
    countsAs: contacts.length > 0 ? 'deletes' : mailUser ? 'updates' : 'creates',
    ...(contacts.length > 1 && { people: contacts.length }),
    // Where a profile of mail contacts makes a contact of the person in the same run, it waits for the next one.
    ...(!mailUser && { exclusive: `${ownership.tenant} ${counterpart.addresses.external}` }),
    async write(connection, record) {
      const { target } = connection
      const id = mailUser?.id ?? (await makeMailUser(connection, record, creation!))
      if (contacts.length === 0) await set(target, record, id, fields)
      else await replace(target, record, id, counterpart, about)
      connection.prepared.add(mailbox.key)
    },
  }
}

/**
 * All that can stand beside the contact is written before it goes; its address, and the names by which old mail finds
 * it, after that.
 */
async function replace(
  exchange: ExchangeWriter,
  record: Recorder,
  id: string,
  counterpart: Counterpart,
  { profile, to }: Preparing,
): Promise<void> {
  const { mailUser, contacts } = counterpart
  const kept = mailUser?.keepsakes ?? []
  const names = contacts.flatMap((contact) => oldNames(contact, to.accepted))
  const isLast = ({ field }: FieldChange) => field === 'externalEmailAddress'
  // What is kept already is still the contact's.
  const beside = {
    ...counterpart,
    contacts: [],
    ...(mailUser && { mailUser: { ...mailUser, keepsakes: [] } }),
  }
  const first = mailUserFields(beside, profile, to).filter((field) => !isLast(field))
  await set(exchange, record, id, [...first, keeping(kept, names)])
  for (const contact of contacts)
    await removeContact(exchange, record, contact.id, (row) => isUnchanged(row, contact))
  const last = mailUserFields(counterpart, profile, to).filter(
    (field) => isLast(field) || field.field === 'emailAddresses',
  )
  await set(exchange, record, id, [...last, letGo(kept)])
}

/** Another profile of the same run may have given it to somebody else. */
function isUnchanged(row: Row, { external, marks }: MailContact): boolean {
  return (
    bareAddress(textOf(row, 'ExternalEmailAddress')) === external &&
    JSON.stringify(marksOf(row)) === JSON.stringify(marks)
  )
}

async function set(
  exchange: ExchangeWriter,
  record: Recorder,
  id: string,
  changes: readonly FieldChange[],
): Promise<void> {
  for (const { cmdlet, fields, parameters } of settings(changes))
    await onceKnown(() =>
      record.write({ action: 'update', targetId: id, fields }, () =>
        exchange.run(cmdlet, { Identity: id, ...parameters }, { repeatable: true }),
      ),
    )
}

export function labelOf({ displayName, primary }: Mailbox): string {
  return personLabel({ displayName, mail: primary })
}

/** Parameters of New-MailUser. The name is derived: by it the mail user is known until it bears the mark. */
type NewMailUser = Readonly<Record<string, string>> & { readonly Name: string }

function newMailUser({ mailbox, addresses, contacts }: Counterpart, { profile, to }: Preparing): NewMailUser {
  const name = derivedNames(profile, mailbox.key)[0]!
  const { firstName, lastName } = mailbox.attributes
  return {
    Name: name,
    DisplayName: mailbox.displayName,
    ...(firstName && { FirstName: firstName }),
    ...(lastName && { LastName: lastName }),
    MicrosoftOnlineServicesID: addresses.primary,
    PrimarySmtpAddress: addresses.primary,
    // While a contact has the address, it is another's: nothing is removed before the mail user stands.
    ExternalEmailAddress: contacts.length > 0 ? `${name}@${to.deliveryDomain}` : addresses.external,
  }
}

async function makeMailUser(
  { target, module }: Connection,
  record: Recorder,
  parameters: NewMailUser,
): Promise<string> {
  const name = parameters.Name
  const fields = ['externalEmailAddress', 'primarySmtpAddress', DISPLAY_NAME]
  const { id } = await makeOnce({
    async make() {
      const { rows } = await record.write({ action: 'create', fields }, () =>
        module.run('New-MailUser', parameters, { Password: password() }),
      )
      return { id: identityOf(rows[0]) ?? name }
    },
    async find() {
      const row = await findOne(target, 'Get-MailUser', name)
      return row && { id: identityOf(row) ?? name }
    },
    isThere: isAlreadyThere,
  })
  return id
}

/** Long, of every class of characters, and kept nowhere. */
function password(): string {
  return `${randomBytes(24).toString('base64')}aA1!`
}
