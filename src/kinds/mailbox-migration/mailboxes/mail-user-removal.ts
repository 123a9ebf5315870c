/** A mail user that the profile made is taken away, and the user of Entra with it. */
import type { Proposed } from '../../../engine/kind.ts'
import { isNotFound } from '../../../microsoft/exchange-errors.ts'
import { textOf } from '../../../microsoft/exchange.ts'
import { groupsOf } from '../../../microsoft/memberships.ts'
import { findOne } from '../../../microsoft/replication.ts'
import { personLabel } from '../../../people/person.ts'
import type { Connection } from '../planning/connection.ts'
import { MAIL_USER, MARK_PROPERTY, type MailUser } from './mail-user.ts'

/**
 * Only one that the profile made; a mailbox is none.
 * @param person whose it is.
 */
export function mailUserRemoval(
  { id, displayName, external, markText }: MailUser,
  person: string,
): Proposed<Connection> {
  return {
    change: {
      action: 'delete',
      object: MAIL_USER,
      key: person,
      label: personLabel({ displayName, mail: external }),
      targetId: id,
      reason: 'profile-absent',
      fields: [],
    },
    countsAs: 'deletes',
    async write({ target }, record) {
      const row = await findOne(target, 'Get-MailUser', id)
      if (!row) return
      if (textOf(row, MARK_PROPERTY) !== markText) throw new ChangedHandsError(id)
      const user = (await findOne(target, 'Get-User', id)) ?? null
      record.removing({ mailUser: row, user, memberOf: await groupsOf(target, row) })
      try {
        await record.write({ action: 'delete', targetId: id, fields: [] }, () =>
          target.run('Remove-MailUser', { Identity: id, Confirm: false }, { repeatable: true }),
        )
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    },
  }
}

class ChangedHandsError extends Error {
  override readonly name = 'ChangedHandsError'
  readonly code = 'changed-since-plan'
  readonly advice: string
  constructor(id: string) {
    super(`The mail user ${id} no longer bears the mark it had when it was planned; it was left as it is.`)
    this.advice = this.message
  }
}
