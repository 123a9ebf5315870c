/** Get-Recipient, Get-Mailbox, Get-MailUser, Get-User, Get-DistributionGroupMember: reads of what is not a contact. */
import { resolve } from '../identity.ts'
import { MAILBOX_TYPES, RECIPIENT_TYPES, type RecipientType } from '../recipient.ts'
import { GROUP_MEMBER, MAILBOX, MAIL_USER, MEMBERS, RECIPIENT, USER } from '../rows/views.ts'
import { textParameter, type Cmdlet } from './cmdlet.ts'
import { output, recipientCmdlet } from './listing.ts'

const GROUPS: readonly RecipientType[] = [
  'MailUniversalDistributionGroup',
  'MailUniversalSecurityGroup',
  'RoomList',
]

const getDistributionGroupMember: Cmdlet = {
  name: 'Get-DistributionGroupMember',
  carries: new Set(['Identity', 'ResultSize']),
  run(call) {
    const { recipients } = call.tenant
    const identity = textParameter(call.parameters, 'Identity')!
    const group = resolve(recipients, identity, GROUPS, (one) => call.visible(one))
    const members = group.members
      .map((id) => recipients.byObjectId(id))
      .filter((member) => member !== undefined)
    return output(call, GROUP_MEMBER, members)
  },
}

export const RECIPIENT_CMDLETS: readonly Cmdlet[] = [
  recipientCmdlet({
    name: 'Get-Recipient',
    types: RECIPIENT_TYPES.filter((type) => type !== 'User'),
    view: RECIPIENT,
    hidden: MEMBERS,
    // "To return Microsoft 365 Groups, you need to use the RecipientTypeDetails parameter" (Get-Recipient).
    onlyByName: 'GroupMailbox',
    carries: ['RecipientType', 'RecipientTypeDetails', 'Properties', 'IncludeSoftDeletedRecipients'],
  }),
  recipientCmdlet({
    name: 'Get-Mailbox',
    types: MAILBOX_TYPES,
    view: MAILBOX,
    carries: ['RecipientTypeDetails'],
  }),
  recipientCmdlet({ name: 'Get-MailUser', types: ['MailUser', 'GuestMailUser'], view: MAIL_USER }),
  recipientCmdlet({
    name: 'Get-User',
    types: [...MAILBOX_TYPES, 'MailUser', 'GuestMailUser', 'User'],
    view: USER,
    carries: ['RecipientTypeDetails'],
  }),
  getDistributionGroupMember,
]
