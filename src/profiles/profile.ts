/** What profiles of all kinds have in common. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFAULT_LIMITS, type Limit } from '../engine/limits.ts'
import { choice, either, keys, list, text } from './shapes.ts'

/** Stands in ownership marks, in environment variables, and on command lines. */
export const NAME = {
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  errorMessage: 'lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63',
} as const

const A_LIMIT = 'a number, a percentage like 10%, or { max, until }'

const occasion = keys({
  max: Type.Integer({ minimum: 0, description: 'The number allowed on this occasion.' }),
  until: text({
    format: 'date',
    description:
      'The last day on which it is allowed (UTC), as yyyy-mm-dd. Afterwards the default binds again.',
    errorMessage: 'a day that exists, as yyyy-mm-dd',
  }),
})

const percentage = text({ pattern: '^\\d{1,4}(?:\\.\\d{1,2})?%$', errorMessage: A_LIMIT })

const limit = (description: string, byDefault: Limit) =>
  Type.Unsafe<Limit>(
    either(
      'object',
      occasion,
      either('string', percentage, Type.Integer({ minimum: 0 }), { errorMessage: A_LIMIT }),
      { description, default: byDefault, errorMessage: A_LIMIT },
    ),
  )

const limits = keys(
  {
    creates: limit(
      'How many may be created. Does not bind while nothing is managed yet.',
      DEFAULT_LIMITS.creates,
    ),
    updates: limit('How many may be updated.', DEFAULT_LIMITS.updates),
    deletes: limit('How many may be deleted, or hidden as leavers.', DEFAULT_LIMITS.deletes),
    emptySource: choice(['refuse', 'allow'], {
      default: DEFAULT_LIMITS.emptySource,
      description: 'What happens when the source gives no people at all while the profile manages objects.',
    }),
  },
  {
    default: {},
    description:
      'A plan over a limit is blocked: nothing is written. A number, a percentage of what the profile manages now (never below 3), or { max, until } for one occasion.',
  },
)

/** The keys that every kind spreads into its schema, its own `kind` aside. */
export const commonKeys = {
  name: text({
    ...NAME,
    description: 'Unique in the repository. It is part of the ownership mark: rename with `formerly`.',
  }),
  formerly: Type.Optional(
    list(text({ ...NAME }), {
      description: 'Older names of this profile: what bears their marks is its own, and is marked anew.',
    }),
  ),
  description: Type.Optional(text({ description: 'Shown in reports.' })),
  state: choice(['present', 'absent', 'paused'], {
    default: 'present',
    description:
      'present: people are kept in step. absent: everything the profile owns is planned for removal. paused: checked, never read or planned.',
  }),
  limits,
}

const common = keys(commonKeys)
/** A profile as every kind sees it, with its defaults. */
export type CommonProfile = Static<typeof common> & { readonly kind: string }
