/** A mail contact, as Set-MailContact and Set-Contact change it. */
import { externalAddress } from '../addresses.ts'
import { nameTaken } from '../errors.ts'
import { textOf } from '../recipient.ts'
import type { Recipients } from '../recipients.ts'
import { addressesAfter, mandatory, type Changes, type Subject } from './changes.ts'
import { textParameter } from './cmdlet.ts'

/** Two contacts of one tenant never share a name. */
export function requireName(recipients: Recipients, name: string, self?: string): void {
  const others = recipients.named(name).filter(({ guid, type }) => type === 'MailContact' && guid !== self)
  if (others.length > 0) throw nameTaken(name)
}

export const MAIL_CONTACT_SUBJECT: Subject = {
  called: 'MailContact',
  types: ['MailContact'],
  mandatory: new Set(['Name', 'DisplayName', 'Alias', 'ExternalEmailAddress']),
  apart: new Set(['EmailAddresses', 'ExternalEmailAddress', 'WindowsEmailAddress']),
  requireName,
  others(call, contact) {
    const { parameters } = call
    const changes: Changes = {}
    let primary: string | undefined
    if (parameters.has('ExternalEmailAddress')) {
      const external = textParameter(parameters, 'ExternalEmailAddress')
      if (external === undefined) throw mandatory('ExternalEmailAddress', this)
      changes['ExternalEmailAddress'] = externalAddress(external)
      if (changes['ExternalEmailAddress'] !== textOf(contact, 'ExternalEmailAddress'))
        primary = changes['ExternalEmailAddress']
    }
    changes['EmailAddresses'] = addressesAfter(call, contact, [
      ['ExternalEmailAddress', primary],
      ['WindowsEmailAddress', textParameter(parameters, 'WindowsEmailAddress')],
    ])
    return changes
  },
}
