/** New-, Set- and Remove-MailUser, and Set-User: people whose mailbox is elsewhere. */
import { externalAddress, requireAccepted, requireFree, smtpAddress } from '../addresses.ts'
import { aliasFrom, requireAlias } from '../aliases.ts'
import { MAIL_FLAGS, MAIL_LISTS, MAIL_TEXTS, NAMES, PERSON_LISTS, PERSON_TEXTS } from '../attributes.ts'
import { userProperties } from '../entra.ts'
import { directorySynced, logonTaken, notSimulated } from '../errors.ts'
import { MAILBOX_TYPES, textOf, type Recipient, type Value } from '../recipient.ts'
import { MAIL_USER } from '../rows/views.ts'
import { guidOf } from '../../ids.ts'
import { setRecipient, subjectOf, type Subject } from './changes.ts'
import { nothing, requireConfirmed, textParameter, type Call, type Cmdlet } from './cmdlet.ts'
import { output } from './listing.ts'
import { MAIL_USER_SUBJECT, MAIL_USER_TYPES, requireName } from './mail-user-subject.ts'

/** Attributes that New-MailUser stores as they come. */
const STORED = [
  'DisplayName',
  'FirstName',
  'Initials',
  'LastName',
  'ModerationEnabled',
  'SendModerationNotifications',
] as const

const newMailUser: Cmdlet = {
  name: 'New-MailUser',
  carries: new Set([
    'Name',
    'Alias',
    'Confirm',
    'ExternalEmailAddress',
    'MicrosoftOnlineServicesID',
    'Password',
    'PrimarySmtpAddress',
    ...STORED,
  ]),
  run(call) {
    const { recipients } = call.tenant
    const values = newValues(call)
    // Another object each time: a mail user that was removed and made again is not the same.
    const serial = `${call.tenant.tenantId}\n${String(values['Name'])}\n${recipients.additions}`
    const mailUser = recipients.add(
      {
        guid: guidOf(`mail user\n${serial}`),
        objectId: guidOf(`user\n${serial}`),
        type: 'MailUser',
        values,
      },
      call.now,
    )
    addUser(call, mailUser)
    call.created(mailUser)
    return output(call, MAIL_USER, [mailUser])
  },
}

/** @throws ExchangeRefusal */
function newValues({ tenant, parameters }: Call): Record<string, Value> {
  const { recipients, domains, directory } = tenant
  const name = textParameter(parameters, 'Name')!
  const logon = textParameter(parameters, 'MicrosoftOnlineServicesID')
  const external = textParameter(parameters, 'ExternalEmailAddress')
  if (logon === undefined || external === undefined)
    throw notSimulated('New-MailUser without MicrosoftOnlineServicesID and ExternalEmailAddress')
  const address = externalAddress(external)
  requireAccepted([smtpAddress('MicrosoftOnlineServicesID', logon)], domains)
  requireName(recipients, name)
  if (directory.user(logon) ?? recipients.signingInAs(logon)[0]) throw logonTaken(logon)
  const alias = textParameter(parameters, 'Alias')
  if (alias !== undefined) requireAlias(recipients, alias)
  const given = textParameter(parameters, 'PrimarySmtpAddress')
  if (given !== undefined) requireAccepted([smtpAddress('PrimarySmtpAddress', given)], domains)
  // Without a primary of its own the external address is it.
  const primary = given ?? address
  requireFree(recipients, [`SMTP:${primary}`, address])
  const values: Record<string, Value> = {
    Name: name,
    DisplayName: name,
    Alias: alias ?? aliasFrom(recipients, logon.slice(0, logon.lastIndexOf('@'))),
    UserPrincipalName: logon,
    ExternalEmailAddress: address,
    EmailAddresses: [`SMTP:${primary}`],
  }
  for (const attribute of STORED) {
    const value = parameters.get(attribute)
    if (typeof value === 'boolean' || (typeof value === 'string' && value !== '')) values[attribute] = value
  }
  return values
}

/** A mail user of Exchange Online is a user of Entra, who can sign in. */
function addUser({ tenant, now }: Call, mailUser: Recipient): void {
  tenant.directory.addUser({
    accountEnabled: true,
    assignedPlans: [],
    createdDateTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    otherMails: [],
    userType: 'Member',
    ...userProperties(mailUser),
    id: mailUser.objectId,
    userPrincipalName: textOf(mailUser, 'UserPrincipalName'),
  })
}

const setMailUser: Cmdlet = {
  name: 'Set-MailUser',
  carries: new Set([
    'Identity',
    'Confirm',
    'ForceUpgrade',
    'Alias',
    ...MAIL_USER_SUBJECT.apart,
    ...NAMES,
    ...MAIL_TEXTS,
    ...MAIL_FLAGS,
    ...MAIL_LISTS,
  ]),
  run: (call) => setRecipient(call, MAIL_USER_SUBJECT),
}

/** Whoever has an account. What Set-User sets are the person's own attributes, never addresses. */
const USER_SUBJECT: Subject = {
  called: 'User',
  types: [...MAILBOX_TYPES, ...MAIL_USER_TYPES, 'User'],
  mandatory: new Set(['Name']),
  apart: new Set(['PermanentlyClearPreviousMailboxInfo']),
  requireName,
  others({ parameters }) {
    if (parameters.get('PermanentlyClearPreviousMailboxInfo') !== true) return {}
    return { PreviousExchangeGuid: undefined, ExchangeGuid: undefined }
  },
}

const setUser: Cmdlet = {
  name: 'Set-User',
  carries: new Set([
    'Identity',
    'Confirm',
    'SeniorityIndex',
    'PermanentlyClearPreviousMailboxInfo',
    ...NAMES,
    ...PERSON_TEXTS,
    ...PERSON_LISTS,
  ]),
  run(call) {
    if (call.parameters.get('PermanentlyClearPreviousMailboxInfo') === true) {
      const user = subjectOf(call, MAIL_USER_SUBJECT)
      requireConfirmed(call, `Delete all existing information about user "${textOf(user, 'Name')}"`)
    }
    return setRecipient(call, USER_SUBJECT)
  },
}

const removeMailUser: Cmdlet = {
  name: 'Remove-MailUser',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const { tenant } = call
    const mailUser = subjectOf(call, MAIL_USER_SUBJECT)
    const name = textOf(mailUser, 'Name')
    requireConfirmed(call, `Removing mail user Identity: "${name}"`)
    if (mailUser.values['IsDirSynced'] === true) throw directorySynced('Remove-MailUser', ['Identity'], name)
    tenant.recipients.remove(mailUser.guid)
    tenant.directory.softDeleteUser(mailUser.objectId, call.now)
    return nothing()
  },
}

export const MAIL_USER_CMDLETS: readonly Cmdlet[] = [newMailUser, setMailUser, removeMailUser, setUser]
