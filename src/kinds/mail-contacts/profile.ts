import { Type } from '@sinclair/typebox'
import type { ProfileKind } from '../../profiles/kind.ts'
import { havingKey, keys } from '../../profiles/shapes.ts'
import { sourceFileFaults, sourceFiles, sourceLabel, sourceReferences } from '../../sources/check.ts'
import { checkMailContacts } from './check.ts'
import { between, pairsOf, type Mesh } from './mesh.ts'
import { REQUIRED_FIELDS } from './wanted.ts'
import { contactKeys, pairSchema, type MailContactsProfile } from './schema.ts'

const none = Type.Optional(
  Type.Unsafe<never>({
    not: {},
    description: '`between` stands in its place.',
    errorMessage: 'none beside `between`',
  }),
)

const meshSchema = keys(
  { ...contactKeys, between, from: none, to: none },
  { description: "Each of several tenants' people as mail contacts in the address lists of all the others." },
)

export const mailContactsProfile: ProfileKind<MailContactsProfile> = {
  name: 'mail-contacts',
  schema: havingKey('between', meshSchema, pairSchema),
  sharded: false,
  expand: (profile, context) => ('between' in profile ? pairsOf(profile as Mesh, context) : undefined),
  tenants: ({ from, to }) => [...sourceReferences(from), { tenant: to.tenant, path: ['to', 'tenant'] }],
  between: ({ from, to }) => ({ from: from.map(sourceLabel), to: to.tenant }),
  check: checkMailContacts,
  files: ({ from }) => sourceFiles(from),
  checkFiles: ({ from }, read) => sourceFileFaults(from, REQUIRED_FIELDS, read),
}
