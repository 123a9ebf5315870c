/** A mail user, as Set-MailUser and Set-User change it. */
import { externalAddress, requireAccepted, requireFree } from '../addresses.ts'
import { guidTaken, nameTaken, otherGuid } from '../errors.ts'
import {
  NO_GUID,
  addressesOf,
  exchangeGuid,
  textOf,
  type Recipient,
  type RecipientType,
  type Value,
} from '../recipient.ts'
import type { Recipients } from '../recipients.ts'
import { addressesAfter, mandatory, type Changes, type Subject } from './changes.ts'
import { textParameter, type Call } from './cmdlet.ts'

export const MAIL_USER_TYPES: readonly RecipientType[] = ['MailUser', 'GuestMailUser']

/** No two people of one tenant share a name, be they contacts or users. */
export function requireName(recipients: Recipients, name: string, self?: string): void {
  const others = recipients
    .named(name)
    .filter(({ guid, type, softDeleted }) => !softDeleted && guid !== self && !type.includes('Group'))
  if (others.length > 0) throw nameTaken(name)
}

export const MAIL_USER_SUBJECT: Subject = {
  called: 'MailUser',
  types: MAIL_USER_TYPES,
  mandatory: new Set(['Name', 'Alias', 'ExternalEmailAddress']),
  apart: new Set([
    'ArchiveGuid',
    'EmailAddresses',
    'EnableLitigationHoldForMigration',
    'ExchangeGuid',
    'ExternalEmailAddress',
    'PrimarySmtpAddress',
    'WindowsEmailAddress',
  ]),
  requireName,
  others(call, mailUser) {
    const { parameters, tenant } = call
    const changes: Changes = {}
    if (parameters.has('ExternalEmailAddress')) {
      const external = textParameter(parameters, 'ExternalEmailAddress')
      if (external === undefined) throw mandatory('ExternalEmailAddress', this)
      const address = externalAddress(external)
      requireFree(tenant.recipients, [address], mailUser.guid)
      changes['ExternalEmailAddress'] = address
    }
    const before = addressesOf(mailUser)
    const addresses = addressesAfter(call, mailUser, [
      ['PrimarySmtpAddress', textParameter(parameters, 'PrimarySmtpAddress')],
      ['WindowsEmailAddress', textParameter(parameters, 'WindowsEmailAddress')],
    ])
    const had = new Set(before.map((address) => address.toLowerCase()))
    const added = addresses.filter((address) => !had.has(address.toLowerCase()))
    requireAccepted(added, tenant.domains)
    changes['EmailAddresses'] = addresses
    if (parameters.has('ExchangeGuid')) changes['ExchangeGuid'] = stamped(call, mailUser)
    if (parameters.has('ArchiveGuid')) changes['ArchiveGuid'] = someGuid(call, 'ArchiveGuid')
    if (parameters.get('EnableLitigationHoldForMigration') === true) changes['LitigationHoldEnabled'] = true
    return changes
  },
}

/** The GUID without a value is what an object has that was never stamped. */
function someGuid({ parameters }: Call, name: string): Value | undefined {
  const guid = textParameter(parameters, name)
  return guid === NO_GUID ? undefined : guid
}

/**
 * "You must ensure that the target MailUser has no previous ExchangeGuid that does not match the source
 * ExchangeGuid" (Cross-tenant mailbox migration).
 * @throws ExchangeRefusal also when another recipient has this GUID.
 */
function stamped(call: Call, mailUser: Recipient): Value | undefined {
  const guid = someGuid(call, 'ExchangeGuid')
  if (typeof guid !== 'string') return guid
  for (const known of [textOf(mailUser, 'PreviousExchangeGuid'), textOf(mailUser, 'ExchangeGuid')])
    if (known !== '' && known !== guid) throw otherGuid(textOf(mailUser, 'Name'), known)
  for (const other of call.tenant.recipients)
    if (other.guid !== mailUser.guid && exchangeGuid(other) === guid)
      throw guidTaken(guid, textOf(other, 'Name'))
  return guid
}
