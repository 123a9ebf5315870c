/** The cmdlets the simulator carries out. A further family is a file beside this one and a line here. */
import type { Cmdlet } from './cmdlet.ts'
import { CONTACT_CMDLETS } from './contact.ts'
import { MAIL_CONTACT_CMDLETS } from './mail-contact.ts'
import { MAIL_USER_CMDLETS } from './mail-user.ts'
import { GET_MAILBOX_STATISTICS } from './mailbox-statistics.ts'
import { MIGRATION_BATCH_CMDLETS } from './migration-batch.ts'
import { MIGRATION_ENDPOINT_CMDLETS } from './migration-endpoint.ts'
import { TEST_MIGRATION_SERVER } from './migration-server.ts'
import { MIGRATION_USER_CMDLETS } from './migration-user.ts'
import { ORGANIZATION_RELATIONSHIP_CMDLETS } from './organization-relationship.ts'
import { ORGANIZATION_CMDLETS } from './organization.ts'
import { RECIPIENT_CMDLETS } from './recipients.ts'

/** By name in lower case. */
export const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map(
  [
    ...MAIL_CONTACT_CMDLETS,
    ...CONTACT_CMDLETS,
    ...RECIPIENT_CMDLETS,
    GET_MAILBOX_STATISTICS,
    ...MAIL_USER_CMDLETS,
    ...ORGANIZATION_CMDLETS,
    ...ORGANIZATION_RELATIONSHIP_CMDLETS,
    ...MIGRATION_ENDPOINT_CMDLETS,
    TEST_MIGRATION_SERVER,
    ...MIGRATION_BATCH_CMDLETS,
    ...MIGRATION_USER_CMDLETS,
  ].map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]),
)
