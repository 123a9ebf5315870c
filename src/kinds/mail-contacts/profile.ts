import type { ProfileKind } from '../../profiles/kind.ts'
import { sourceLabel, sourceReferences } from '../../sources/check.ts'
import { checkMailContacts } from './check.ts'
import { mailContactsSchema, type MailContactsProfile } from './schema.ts'

export const mailContactsProfile: ProfileKind<MailContactsProfile> = {
  name: 'mail-contacts',
  schema: mailContactsSchema,
  built: true,
  sharded: false,
  tenants: ({ from, to }) => [...sourceReferences(from), { tenant: to.tenant, path: ['to', 'tenant'] }],
  between: ({ from, to }) => ({ from: from.map(sourceLabel), to: to.tenant }),
  check: checkMailContacts,
}
