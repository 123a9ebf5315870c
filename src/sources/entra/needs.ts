/** What an app needs to read people of a tenant from Microsoft Graph. */
import type { Need } from '../../microsoft/need.ts'
import {
  CALL_EXCHANGE,
  READ_EXCHANGE,
  READ_GROUP_MEMBERS,
  READ_ORG_CONTACTS,
  READ_USERS,
} from '../../microsoft/permissions.ts'
import { compile } from '../../people/expression.ts'
import type { PersonField } from '../../people/person.ts'
import type { EntraFrom } from '../schema.ts'

/** @param fields what expressions read of a person. */
export function entraNeeds(from: EntraFrom, fields: ReadonlySet<PersonField>): Need[] {
  const { entra: tenant, include, groups, excludeGroups, hidden, where } = from
  const needs: Need[] = []
  const readsContacts = include.includes('org-contacts')
  const readsManager = fields.has('manager') || (where !== undefined && compile(where).reads.has('manager'))
  if (include.some((who) => who !== 'org-contacts'))
    needs.push({ tenant, privilege: READ_USERS, why: 'to read people' })
  // Of a manager whom the app may not read, Graph gives the id alone, and says nothing of it.
  else if (readsManager) needs.push({ tenant, privilege: READ_USERS, why: 'to read managers' })
  if (readsContacts)
    needs.push({ tenant, privilege: READ_ORG_CONTACTS, why: 'to read organizational contacts' })
  if (groups || excludeGroups)
    needs.push({ tenant, privilege: READ_GROUP_MEMBERS, why: 'to read who belongs to groups' })
  if (hidden === 'exclude')
    for (const privilege of [CALL_EXCHANGE, READ_EXCHANGE])
      needs.push({ tenant, privilege, why: 'to know who is hidden in Exchange alone', optional: true })
  return needs
}
