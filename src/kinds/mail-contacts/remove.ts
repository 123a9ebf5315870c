/** The removal of a mail contact; also by what replaces it. */
import type { Recorder } from '../../engine/journal.ts'
import { isNotFound } from '../../microsoft/exchange-errors.ts'
import type { ExchangeWriter, Row } from '../../microsoft/exchange.ts'
import { groupsOf } from '../../microsoft/memberships.ts'
import { findOne } from '../../microsoft/replication.ts'

const OBJECT = 'mail-contact'

/**
 * Removes a contact after keeping all that is known of it.
 * @param stillOurs told the contact as it is now; a contact that changed hands since the plan is left.
 */
export async function removeContact(
  exchange: ExchangeWriter,
  record: Recorder,
  guid: string,
  stillOurs: (mailContact: Row) => boolean,
): Promise<void> {
  const mailContact = await findOne(exchange, 'Get-MailContact', guid)
  if (!mailContact) return
  if (!stillOurs(mailContact)) throw new ChangedHandsError(guid)
  const contact = await findOne(exchange, 'Get-Contact', guid)
  const memberOf = await groupsOf(exchange, mailContact)
  record.removing({ mailContact, contact: contact ?? null, memberOf }, OBJECT)
  try {
    await record.write({ action: 'delete', object: OBJECT, targetId: guid, fields: [] }, () =>
      exchange.run('Remove-MailContact', { Identity: guid, Confirm: false }, { repeatable: true }),
    )
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

export class ChangedHandsError extends Error {
  override readonly name = 'ChangedHandsError'
  readonly code = 'changed-since-plan'
  constructor(guid: string) {
    super(
      `The mail contact ${guid} no longer bears the mark it had when it was planned; it was left as it is.`,
    )
  }
}
