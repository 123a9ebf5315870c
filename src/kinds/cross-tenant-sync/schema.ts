import { Type, type Static } from '@sinclair/typebox'
import { commonKeys } from '../../profiles/profile.ts'
import { byKey, choice, keys, list, text } from '../../profiles/shapes.ts'
import { OPERATORS } from './mapping/operators.ts'

const side = (description: string) =>
  keys({ tenant: text({ description: 'A tenant of tenants.yaml.' }) }, { description })

const exact = Type.Boolean({
  default: true,
  description: 'An assignment that is not listed is planned for removal; false keeps those of others.',
})
const groups = list(text(), { description: 'Display names or object ids.' })
const users = list(text(), { description: 'UPNs, mail addresses or object ids.' })

const where = Type.Optional(
  list(
    keys({
      attribute: text({ description: 'An attribute of the people at home.' }),
      operator: choice(OPERATORS, { description: "An operator of Entra's scoping filters." }),
      values: Type.Optional(list(text(), { description: 'What the attribute is compared with.' })),
    }),
    { description: 'Whoever does not meet all of these is left out, assigned or not.' },
  ),
)

const scope = byKey(
  {
    everyone: keys({ everyone: Type.Literal(true, { errorMessage: 'true' }), where, exact }),
    groups: keys({ groups, users: Type.Optional(users), where, exact }),
    users: keys({ users, where, exact }),
  },
  {
    description: 'Who is synchronized: groups and users, or everyone.',
    errorMessage: 'groups, users, or everyone: true',
  },
)

const mapping = Type.Unsafe<Record<string, { expression: string } | { constant: string } | { remove: true }>>(
  {
    type: 'object',
    additionalProperties: byKey(
      {
        expression: keys({
          expression: text({ description: "An expression of Entra's provisioning service." }),
        }),
        constant: keys({ constant: Type.String({ description: 'The same value for everybody.' }) }),
        remove: keys({ remove: Type.Literal(true, { errorMessage: 'true' }) }),
      },
      { errorMessage: 'one of expression, constant, remove' },
    ),
    description: 'Attributes in the target, on top of what the Azure2Azure template maps by itself.',
  },
)

export const crossTenantSyncSchema = keys(
  {
    ...commonKeys,
    kind: Type.Literal('cross-tenant-sync'),
    from: side('Where the people are at home.'),
    to: side('Where they become B2B users.'),
    application: text({ description: 'The display name of the configuration in the source tenant.' }),
    scope,
    assign: choice(['automatic', 'manual'], {
      default: 'automatic',
      description: 'manual: assignments are shown and never written.',
    }),
    redeem: choice(['automatic', 'manual'], {
      default: 'automatic',
      description: 'Whether invitations are redeemed by themselves: consent settings on both sides.',
    }),
    mapping: Type.Optional(mapping),
    notify: Type.Optional(text({ description: 'A mail address that is told of failures.' })),
    deletionThreshold: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Prevention of accidental deletion: more than these are held.',
      }),
    ),
    job: choice(['running', 'paused'], { default: 'running', description: "The provisioning job's state." }),
    verify: Type.Optional(
      list(text(), {
        description: 'Users who are provisioned on demand after an apply; a failed step fails it.',
      }),
    ),
  },
  {
    description:
      'Cross-tenant synchronization of Microsoft Entra: people of one tenant as B2B users of another.',
  },
)

export type CrossTenantSyncProfile = Static<typeof crossTenantSyncSchema>
