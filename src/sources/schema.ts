/** How a profile says where its people come from: `from`, a list of sources. */
import { Type, type Static } from '@sinclair/typebox'
import { PERSON_FIELDS } from '../people/person.ts'
import { byKey, choice, choices, keys, list, text, variable } from '../profiles/shapes.ts'

const tenant = text({ description: 'A tenant of tenants.yaml.' })

const where = Type.Optional(
  text({
    format: 'condition',
    description:
      'A CEL expression over the person, after reading: who is in scope, e.g. jobTitle != "Intern".',
  }),
)

const hidden = choice(['exclude', 'include'], {
  default: 'exclude',
  description: 'People who are hidden from address lists.',
})

const disabled = choice(['exclude', 'include'], {
  default: 'exclude',
  description: 'People whose account is disabled.',
})

const scope = {
  groups: Type.Optional(
    list(text(), {
      description: 'Only transitive members of any of these groups: display names or object ids.',
    }),
  ),
  excludeGroups: Type.Optional(
    list(text(), {
      description: 'No transitive members of any of these groups: display names or object ids.',
    }),
  ),
  hidden,
}

/** How a tenant's people are read, whichever tenant it is. */
export const entraKeys = {
  include: choices(['members', 'guests', 'org-contacts'], {
    default: ['members'],
    description: 'Who is read. A member is homed in this tenant: #EXT# in the UPN makes a guest.',
  }),
  filter: Type.Optional(
    text({ description: "An OData filter of users that Graph evaluates, e.g. department eq 'Sales'." }),
  ),
  ...scope,
  disabled,
  where,
}

const entra = keys(
  { entra: tenant, ...entraKeys },
  { description: 'Members, guests and organizational contacts of a tenant, through Microsoft Graph.' },
)

const exchange = keys(
  {
    exchange: tenant,
    include: choices(
      [
        'user-mailboxes',
        'shared-mailboxes',
        'room-mailboxes',
        'equipment-mailboxes',
        'distribution-groups',
        'microsoft-365-groups',
        'mail-contacts',
        'mail-users',
      ],
      { default: ['user-mailboxes'], description: 'Which types of recipient are read.' },
    ),
    ...scope,
    where,
  },
  { description: 'Recipients of a tenant, through Exchange Online.' },
)

const activeDirectory = keys(
  {
    activeDirectory: keys(
      {
        url: text({
          pattern: '^ldaps?://[^/\\s]+$',
          description: 'The domain controller, e.g. ldaps://dc1.corp.fabrikam.com.',
          errorMessage: 'a URL like ldaps://dc1.corp.fabrikam.com',
        }),
        baseDN: text({ description: 'Where to search, e.g. OU=Staff,DC=corp,DC=fabrikam,DC=com.' }),
        filter: text({ default: '(&(objectCategory=person)(mail=*))', description: 'An LDAP filter.' }),
        bindDN: Type.Optional(text({ description: 'As whom to sign in; or bindDNEnv.' })),
        bindDNEnv: Type.Optional(
          variable('The environment variable that holds the name to sign in with; or bindDN.'),
        ),
        passwordEnv: variable('The environment variable that holds the password.'),
        caFile: Type.Optional(
          text({ description: 'PEM file of the authority that signed the server certificate.' }),
        ),
      },
      { description: 'Where the directory is, and how it is read.' },
    ),
    hidden,
    disabled,
    where,
  },
  { description: 'People of an on-premises Active Directory, through LDAP.' },
)

const csv = keys(
  {
    csv: text({ description: 'A file with a header row of person fields; relative to the profile.' }),
    where,
  },
  { description: 'Rows of a file.' },
)

const http = keys(
  {
    http: keys(
      {
        url: text({
          pattern: '^https://\\S+$',
          description: 'Answers with JSON.',
          errorMessage: 'an https URL',
        }),
        tokenEnv: Type.Optional(variable('The environment variable that holds the bearer token.')),
        items: Type.Optional(
          text({
            description:
              'Where in the answer the list of people stands, e.g. people; default: it is the answer.',
          }),
        ),
        next: Type.Optional(
          text({ description: 'Where in the answer the URL of the next page stands, e.g. links.next.' }),
        ),
        fields: keys(
          Object.fromEntries(
            PERSON_FIELDS.map((field) => [
              field,
              Type.Optional(text({ description: 'Where in an item it stands.' })),
            ]),
          ),
          { minProperties: 1, description: 'Fields of a person, and where in an item they stand.' },
        ),
      },
      { description: 'Where the service is, and how it is read.' },
    ),
    where,
  },
  { description: 'People of a web service.' },
)

const SOURCES = { entra, exchange, activeDirectory, csv, http }
export type SourceName = keyof typeof SOURCES
export const SOURCE_NAMES = Object.keys(SOURCES) as SourceName[]

export const fromSchema = list(
  byKey(SOURCES, { errorMessage: `a source, with one of the keys ${SOURCE_NAMES.join(', ')}` }),
  {
    description:
      'Where people come from. People of all sources are merged; the first that names a mail address wins.',
  },
)

export type From = Static<typeof fromSchema>
export type EntraFrom = Static<typeof entra>
export type ExchangeFrom = Static<typeof exchange>
export type ActiveDirectoryFrom = Static<typeof activeDirectory>
export type CsvFrom = Static<typeof csv>
export type HttpFrom = Static<typeof http>
