import type { ProfileKind } from '../../profiles/kind.ts'
import { checkSources, sourceLabel, sourceReferences } from '../../sources/check.ts'
import { personalContactsSchema, type PersonalContactsProfile } from './schema.ts'

export const personalContactsProfile: ProfileKind<PersonalContactsProfile> = {
  name: 'personal-contacts',
  schema: personalContactsSchema,
  built: false,
  tenants: ({ from, to }) => [...sourceReferences(from), { tenant: to.tenant, path: ['to', 'tenant'] }],
  between: ({ from, to }) => ({ from: from.map(sourceLabel), to: to.tenant }),
  check: ({ from }, { report }) => checkSources(from, report),
}
