/** Get-Contact and Set-Contact: the other half of a mail contact. */
import { NAMES, PERSON_LISTS, PERSON_TEXTS } from '../attributes.ts'
import { CONTACT } from '../rows/views.ts'
import type { Cmdlet } from './cmdlet.ts'
import { setRecipient } from './changes.ts'
import { MAIL_CONTACT_SUBJECT } from './contact-subject.ts'
import { recipientCmdlet } from './listing.ts'

export const CONTACT_CMDLETS: readonly Cmdlet[] = [
  recipientCmdlet({
    name: 'Get-Contact',
    types: ['MailContact'],
    view: CONTACT,
    carries: ['RecipientTypeDetails'],
  }),
  {
    name: 'Set-Contact',
    carries: new Set([
      'Identity',
      'Confirm',
      'SeniorityIndex',
      'WindowsEmailAddress',
      ...NAMES,
      ...PERSON_TEXTS,
      ...PERSON_LISTS,
    ]),
    run: (call) => setRecipient(call, MAIL_CONTACT_SUBJECT),
  },
]
