/** The cmdlets the simulator carries out. A further family is a file beside this one and a line here. */
import type { Cmdlet } from './cmdlet.ts'
import { CONTACT_CMDLETS } from './contact.ts'
import { MAIL_CONTACT_CMDLETS } from './mail-contact.ts'
import { MAIL_USER_CMDLETS } from './mail-user.ts'
import { ORGANIZATION_RELATIONSHIP_CMDLETS } from './organization-relationship.ts'
import { ORGANIZATION_CMDLETS } from './organization.ts'
import { RECIPIENT_CMDLETS } from './recipients.ts'

/** By name in lower case. */
export const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map(
  [
    ...MAIL_CONTACT_CMDLETS,
    ...CONTACT_CMDLETS,
    ...RECIPIENT_CMDLETS,
    ...MAIL_USER_CMDLETS,
    ...ORGANIZATION_CMDLETS,
    ...ORGANIZATION_RELATIONSHIP_CMDLETS,
  ].map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]),
)
