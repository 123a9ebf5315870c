import type { ProfileKind } from '../../profiles/kind.ts'
import { sourceFileFaults, sourceFiles, sourceLabel, sourceReferences } from '../../sources/check.ts'
import { checkPersonalContacts } from './check.ts'
import { requiredFields } from './required-fields.ts'
import { personalContactsSchema, type PersonalContactsProfile } from './schema.ts'

export const personalContactsProfile: ProfileKind<PersonalContactsProfile> = {
  name: 'personal-contacts',
  schema: personalContactsSchema,
  sharded: true,
  tenants: ({ from, to }) => [...sourceReferences(from), { tenant: to.tenant, path: ['to', 'tenant'] }],
  between: ({ from, to }) => ({ from: from.map(sourceLabel), to: to.tenant }),
  check: checkPersonalContacts,
  files: ({ from }) => sourceFiles(from),
  checkFiles: (profile, read) => sourceFileFaults(profile.from, requiredFields(profile), read),
}
