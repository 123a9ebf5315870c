/** Get-, New-, Set- and Remove-MailContact. */
import { externalAddress, requireFree } from '../addresses.ts'
import { aliasFrom, requireAlias } from '../aliases.ts'
import { MAIL_FLAGS, MAIL_LISTS, MAIL_TEXTS, NAMES } from '../attributes.ts'
import { directorySynced } from '../errors.ts'
import { textOf, type Value } from '../recipient.ts'
import { MAIL_CONTACT } from '../rows/views.ts'
import { nothing, requireConfirmed, textParameter, type Cmdlet } from './cmdlet.ts'
import { setRecipient, subjectOf } from './changes.ts'
import { MAIL_CONTACT_SUBJECT, requireName } from './contact-subject.ts'
import { output, recipientCmdlet } from './listing.ts'
import { guidOf } from '../../ids.ts'

/** Attributes that New-MailContact stores as they come. */
const STORED = [
  'DisplayName',
  'FirstName',
  'Initials',
  'LastName',
  'MacAttachmentFormat',
  'MessageBodyFormat',
  'MessageFormat',
  'ModerationEnabled',
  'SendModerationNotifications',
  'UsePreferMessageFormat',
] as const

const newMailContact: Cmdlet = {
  name: 'New-MailContact',
  carries: new Set(['Name', 'ExternalEmailAddress', 'Alias', 'Confirm', ...STORED]),
  run(call) {
    const { parameters, tenant, now } = call
    const { recipients } = tenant
    const name = textParameter(parameters, 'Name')!
    const address = externalAddress(textParameter(parameters, 'ExternalEmailAddress')!)
    requireName(recipients, name)
    const alias = textParameter(parameters, 'Alias')
    if (alias !== undefined) requireAlias(recipients, alias)
    requireFree(recipients, [`SMTP:${address}`])
    const values: Record<string, Value> = {
      Name: name,
      DisplayName: name,
      Alias: alias ?? aliasFrom(recipients, name),
      ExternalEmailAddress: address,
      EmailAddresses: [`SMTP:${address}`],
    }
    for (const attribute of STORED) {
      const value = parameters.get(attribute)
      if (typeof value === 'boolean' || (typeof value === 'string' && value !== '')) values[attribute] = value
    }
    // Another object each time: a contact that was removed and made again is not the same.
    const serial = `${tenant.tenantId}\n${name}\n${recipients.additions}`
    const guid = guidOf(`guid\n${serial}`)
    const contact = recipients.add(
      { guid, objectId: guidOf(`object\n${serial}`), type: 'MailContact', values },
      now,
    )
    call.created(contact)
    return output(call, MAIL_CONTACT, [contact])
  },
}

const setMailContact: Cmdlet = {
  name: 'Set-MailContact',
  carries: new Set([
    'Identity',
    'Confirm',
    'ForceUpgrade',
    'Alias',
    'EmailAddresses',
    'ExternalEmailAddress',
    'WindowsEmailAddress',
    ...NAMES,
    ...MAIL_TEXTS,
    ...MAIL_FLAGS,
    ...MAIL_LISTS,
  ]),
  run: (call) => setRecipient(call, MAIL_CONTACT_SUBJECT),
}

const removeMailContact: Cmdlet = {
  name: 'Remove-MailContact',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const contact = subjectOf(call, MAIL_CONTACT_SUBJECT)
    const name = textOf(contact, 'Name')
    requireConfirmed(call, `Removing mail contact identity "${name}"`)
    if (contact.values['IsDirSynced'] === true)
      throw directorySynced('Remove-MailContact', ['Identity'], name)
    call.tenant.recipients.remove(contact.guid)
    return nothing()
  },
}

export const MAIL_CONTACT_CMDLETS: readonly Cmdlet[] = [
  recipientCmdlet({
    name: 'Get-MailContact',
    types: ['MailContact'],
    view: MAIL_CONTACT,
    carries: ['RecipientTypeDetails'],
  }),
  newMailContact,
  setMailContact,
  removeMailContact,
]
