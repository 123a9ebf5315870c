/** Get-MailboxStatistics: how much stands in a mailbox, or in its archive. */
import { noArchive } from '../errors.ts'
import { resolve } from '../identity.ts'
import { MAILBOX_TYPES, exchangeGuid, textOf } from '../recipient.ts'
import { column, columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { contentOf, sizeText } from '../sizes.ts'
import { textParameter, type Cmdlet } from './cmdlet.ts'

const VIEW = new View<Plain>([
  ...columns('text', ['DisplayName', 'Identity', 'TotalItemSize', 'TotalDeletedItemSize']),
  column('MailboxGuid', 'guid'),
  ...columns('number', ['ItemCount', 'DeletedItemCount']),
  ...columns('flag', ['IsArchiveMailbox', 'IsValid']),
])

/** Of the average item. */
const ITEM_BYTES = 100 * 1024

export const GET_MAILBOX_STATISTICS: Cmdlet = {
  name: 'Get-MailboxStatistics',
  carries: new Set(['Identity', 'Archive']),
  run(call) {
    const { tenant, parameters } = call
    const identity = textParameter(parameters, 'Identity')!
    const mailbox = resolve(tenant.recipients, identity, MAILBOX_TYPES, (one) => call.visible(one))
    const isArchive = parameters.get('Archive') === true
    const archive = textOf(mailbox, 'ArchiveGuid')
    if (isArchive && archive === '') throw noArchive(textOf(mailbox, 'Name'))
    const guid = isArchive ? archive : exchangeGuid(mailbox)
    const size = contentOf(mailbox, isArchive ? 'ArchiveTotalItemSize' : 'TotalItemSize')
    const deleted = isArchive ? 0 : contentOf(mailbox, 'TotalDeletedItemSize')
    const name = textOf(mailbox, 'DisplayName')
    return plainOutput(VIEW, [
      {
        DisplayName: isArchive ? `In-Place Archive -${name}` : name,
        Identity: guid,
        MailboxGuid: guid,
        ItemCount: Math.ceil(size / ITEM_BYTES),
        TotalItemSize: sizeText(size),
        DeletedItemCount: Math.ceil(deleted / ITEM_BYTES),
        TotalDeletedItemSize: sizeText(deleted),
        IsArchiveMailbox: isArchive,
        IsValid: true,
      },
    ])
  },
}
