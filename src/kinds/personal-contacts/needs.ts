import type { Purpose } from '../../microsoft/identity.ts'
import type { Need } from '../../microsoft/need.ts'
import { READ_CONTACTS, READ_GROUP_MEMBERS, READ_USERS, WRITE_CONTACTS } from '../../microsoft/permissions.ts'
import { sourceReferences } from '../../sources/check.ts'
import { sourceNeeds } from '../../sources/needs.ts'
import type { PersonalContactsProfile } from './schema.ts'
import { ContactMapping } from './wanted.ts'

/** People from the sources, with their photos; mailboxes by their users and groups; and the contacts in them. */
export function personalContactsNeeds(profile: PersonalContactsProfile, purpose: Purpose): Need[] {
  const { from, to, state } = profile
  const { tenant } = to
  const present = state === 'present'
  const needs: Need[] = present ? sourceNeeds(from, new ContactMapping(profile).reads) : []
  // A permission to read users shows their photos too (Microsoft Graph, "Get profilePhoto").
  if (present && to.photos)
    for (const source of sourceReferences(from))
      needs.push({ tenant: source.tenant, privilege: READ_USERS, why: 'to read photos' })
  needs.push({ tenant, privilege: READ_USERS, why: 'to find mailboxes' })
  if (present && to.mailboxes.groups)
    needs.push({ tenant, privilege: READ_GROUP_MEMBERS, why: 'to find the mailboxes of groups' })
  needs.push(
    purpose === 'plan'
      ? { tenant, privilege: READ_CONTACTS, why: 'to read contacts in mailboxes' }
      : { tenant, privilege: WRITE_CONTACTS, why: 'to write contacts in mailboxes' },
  )
  return needs
}
