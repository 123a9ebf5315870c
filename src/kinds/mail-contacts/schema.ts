import { Type, type Static } from '@sinclair/typebox'
import type { MappingEntry } from '../../people/mapping.ts'
import { entry, switchEntry } from '../../profiles/mapping.ts'
import { commonKeys } from '../../profiles/profile.ts'
import { choice, choices, domain, keys, list, text } from '../../profiles/shapes.ts'
import { fromSchema } from '../../sources/schema.ts'
import { ATTRIBUTE_DEFAULTS } from './attributes.ts'
import { CUSTOM_ATTRIBUTE_NAMES } from './exchange-attributes.ts'

/** What holds for contacts in whatever tenant. */
export const standingKeys = {
  unlisted: choice(['delete', 'keep'], {
    default: 'delete',
    description: 'What becomes of contacts of ours, or adoptable ones, that no person stands behind.',
  }),
  mark: choice(CUSTOM_ATTRIBUTE_NAMES, {
    default: 'customAttribute15',
    description: 'Where the ownership mark stands.',
    errorMessage: 'one of customAttribute1 to customAttribute15',
  }),
  grace: Type.Optional(
    text({
      pattern: '^[1-9]\\d{0,3}d$',
      description: 'A leaver is hidden first, and deleted after this time, e.g. 30d.',
      errorMessage: 'a number of days, like 30d',
    }),
  ),
}

const to = keys(
  {
    tenant: text({ description: 'The tenant whose address list is kept, as tenants.yaml names it.' }),
    owns: Type.Optional(
      list(domain(), {
        description:
          'The profile controls the mail contacts of just these domains. Default: the domains of the source tenants.',
      }),
    ),
    ...standingKeys,
  },
  { description: 'Where the mail contacts stand, and which of them are of this profile.' },
)

const mapping = Type.Unsafe<Record<string, MappingEntry>>(
  keys(
    Object.fromEntries(
      Object.entries(ATTRIBUTE_DEFAULTS).map(([attribute, byDefault]) => {
        const description =
          byDefault === null ? 'Not managed unless it stands here.' : `Default: ${byDefault}`
        const isSwitch = attribute === 'hiddenFromAddressListsEnabled'
        return [attribute, Type.Optional(isSwitch ? switchEntry(description) : entry(description))]
      }),
    ),
    {
      description:
        'Attributes of the mail contact: a text is literal, {{ }} holds a CEL expression over the person. What is not named keeps its default; what comes out empty is cleared; ~ leaves an attribute alone.',
    },
  ),
)

/** What a pair of tenants and a mesh of them have in common. */
export const contactKeys = {
  ...commonKeys,
  kind: Type.Literal('mail-contacts'),
  mapping: Type.Optional(mapping),
  adopt: Type.Optional(
    choices(['unmarked', 'ctcs', 'gcch'], {
      description:
        'Mail contacts of others that this profile takes over: unmarked ones in the owned domains, those of CTCS (XTSYNC), those of GCCH-COMM-GalSync (GALSYNC). Default: none.',
    }),
  ),
}

/** People of some sources in one tenant. */
export const pairSchema = keys(
  { ...contactKeys, from: fromSchema, to },
  { description: "A tenant's people as mail contacts in another tenant's address list." },
)

export type MailContactsProfile = Static<typeof pairSchema>
