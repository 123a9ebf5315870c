import type { ProfileKind } from '../../profiles/kind.ts'
import { checkMailboxMigration } from './check.ts'
import { mailboxMigrationSchema, type MailboxMigrationProfile } from './schema.ts'

export const mailboxMigrationProfile: ProfileKind<MailboxMigrationProfile> = {
  name: 'mailbox-migration',
  schema: mailboxMigrationSchema,
  sharded: false,
  tenants: ({ from, to }) => [
    { tenant: from.tenant, path: ['from', 'tenant'] },
    { tenant: to.tenant, path: ['to', 'tenant'] },
  ],
  between: ({ from, to }) => ({ from: [from.tenant], to: to.tenant }),
  check: checkMailboxMigration,
}
