import { Type, type Static } from '@sinclair/typebox'
import { entry, template } from '../../profiles/mapping.ts'
import { commonKeys } from '../../profiles/profile.ts'
import { either, keys, list, text } from '../../profiles/shapes.ts'
import { fromSchema } from '../../sources/schema.ts'
import { ADDRESS_PARTS, LISTS, TEXTS, UNMANAGED_TEXTS } from './attributes.ts'

const flag = (byDefault: boolean, description: string) => Type.Boolean({ default: byDefault, description })

const to = keys(
  {
    tenant: text({ description: 'The tenant of the mailboxes, as tenants.yaml names it.' }),
    mailboxes: keys(
      {
        users: Type.Optional(list(text(), { description: 'UPNs, mail addresses or object ids.' })),
        groups: Type.Optional(
          list(text(), { description: 'Mailboxes of the transitive members: display names or object ids.' }),
        ),
        all: flag(false, 'Every mailbox of the tenant.'),
        exclude: Type.Optional(
          list(text(), {
            description: "UPNs, mail addresses or object ids: the profile's contacts are removed there.",
          }),
        ),
      },
      { description: 'Whose mailboxes hold the contacts.' },
    ),
    folder: Type.Optional(
      text({ description: "A contact folder at the top level. Default: the mailbox's own Contacts folder." }),
    ),
    includeOwner: flag(false, "A person's own entry in their own mailbox."),
    withoutMail: flag(false, 'Also people who have no mail address.'),
    photos: flag(false, "The person's photo."),
  },
  { description: 'Where the contacts stand.' },
)

/** Not managed unless they stand in `mapping`, by Graph's names. */
const texts = (names: readonly string[], told: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(entry(told(name)))]))

const LIST = Type.Unsafe<string | string[]>({
  type: ['string', 'array'],
  format: 'template',
  items: template(),
  description: 'What it is to hold: a list of texts, or a text that gives one.',
})

const lists = (names: readonly string[], told: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(entry(told(name), LIST))]))

const ADDRESSES = Type.Unsafe<{ address: string; name?: string }[]>({
  type: 'array',
  description: 'Up to three mail addresses, each with the name that is shown.',
  items: keys({
    address: template('A text with {{ }}.'),
    name: Type.Optional(template('A text with {{ }}.')),
  }),
})

const sameName = (name: string) => `Default: {{${name}}}`
const unmanaged = () => 'Not managed unless it stands here.'

const mapping = keys(
  {
    ...texts(TEXTS, sameName),
    ...lists(LISTS.slice(0, 1), sameName),
    emailAddresses: Type.Optional(
      entry('Default: [{ address: "{{mail}}", name: "{{displayName}}" }]', ADDRESSES),
    ),
    businessAddress: Type.Optional(
      either(
        'object',
        keys(
          Object.fromEntries(
            Object.keys(ADDRESS_PARTS).map((name) => [
              name,
              Type.Optional(entry('A text with {{ }}; ~ leaves it alone.')),
            ]),
          ),
        ),
        Type.Null(),
        {
          description: "Default: the person's streetAddress, city, state, postalCode and country.",
          errorMessage:
            'a mapping of street, city, state, postalCode, countryOrRegion, or ~ to leave it alone',
        },
      ),
    ),
    ...texts(UNMANAGED_TEXTS, unmanaged),
    ...lists(LISTS.slice(1), unmanaged),
  },
  {
    description:
      "Properties of the contact, in Graph's names: a text is literal, {{ }} holds a CEL expression.",
  },
)

export const personalContactsSchema = keys(
  {
    ...commonKeys,
    kind: Type.Literal('personal-contacts'),
    from: fromSchema,
    to,
    mapping: Type.Optional(mapping),
    adopt: Type.Optional(
      list(
        keys({
          o365synchronizer: keys(
            {
              guidPrefix: Type.String({
                default: '',
                description: 'What stands before the GUID in fileAs; may be empty.',
              }),
            },
            { description: 'Contacts that O365-Synchronizer made.' },
          ),
        }),
        { description: 'Contacts of other tools that this profile takes over. Default: none.' },
      ),
    ),
  },
  { description: "People as contacts in mailboxes' own contact folders." },
)

export type PersonalContactsProfile = Static<typeof personalContactsSchema>
