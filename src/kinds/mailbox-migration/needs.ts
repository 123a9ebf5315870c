import type { Purpose } from '../../microsoft/identity.ts'
import type { Need } from '../../microsoft/need.ts'
import {
  CALL_EXCHANGE,
  MANAGE_EXCHANGE,
  READ_EXCHANGE,
  READ_USERS,
  type Privilege,
} from '../../microsoft/permissions.ts'
import type { MailboxMigrationProfile } from './schema.ts'

/** Exchange of both tenants, as an administrator where something is written; licences from Entra. */
export function mailboxMigrationNeeds(
  { from, to, state }: MailboxMigrationProfile,
  purpose: Purpose,
): Need[] {
  return [from.tenant, to.tenant].flatMap((tenant) => {
    const need = (privilege: Privilege, why: string): Need => ({ tenant, privilege, why })
    return [
      need(CALL_EXCHANGE, 'to reach Exchange'),
      purpose === 'plan'
        ? need(READ_EXCHANGE, 'to read mailboxes, mail users and relationships')
        : need(MANAGE_EXCHANGE, 'to write relationships, mail users, endpoints and batches'),
      ...(state === 'present'
        ? [{ ...need(READ_USERS, 'to tell who has a licence'), optional: true } as const]
        : []),
    ]
  })
}
