import { describe, expect, test } from '@jest/globals'
import type { CrossTenantSyncProfile } from '../../schema.ts'
import { checkAttributes } from '../attributes.ts'
import { MappingError } from '../mapping-error.ts'
import type { SynchronizationSchema } from '../synchronization-schema.ts'
import { job, mapped, profile, template } from './schemas.ts'

type Mapping = NonNullable<CrossTenantSyncProfile['mapping']>
type Where = NonNullable<CrossTenantSyncProfile['scope']['where']>

const FINE: Mapping = {
  displayName: { expression: 'Append([DisplayName], " (Fabrikam)")' },
  EXTENSIONATTRIBUTE7: { expression: 'Switch([IsSoftDeleted], , "False", [netId])' },
  showInAddressList: { constant: 'true' },
  telephoneNumber: { remove: true },
}

const REFUSED: [string, Mapping, Where | undefined, string, string][] = [
  [
    'a target attribute that there is not',
    { displayNme: { constant: 'x' } },
    undefined,
    'unknown-attribute',
    '`mapping.displayNme`: users in the target tenant have no attribute `displayNme`: did you mean `displayName`?',
  ],
  [
    'one that is removed',
    { shoeSize: { remove: true } },
    undefined,
    'unknown-attribute',
    '`mapping.shoeSize`: users in the target tenant have no attribute `shoeSize`',
  ],
  [
    'a source attribute that there is not',
    { city: { expression: 'Join(", ", [city], [contry])' } },
    undefined,
    'unknown-attribute',
    '`mapping.city`: users in the source tenant have no attribute `contry`: did you mean `country`?',
  ],
  [
    'an attribute of `where` that there is not',
    {},
    [
      { attribute: 'mail', operator: 'IS NOT NULL' },
      { attribute: 'departmnt', operator: 'IS NULL' },
    ],
    'unknown-attribute',
    '`scope.where[1]`: users in the source tenant have no attribute `departmnt`: did you mean `department`?',
  ],
  [
    'a read-only attribute',
    { proxyAddresses: { expression: '[proxyAddresses]' } },
    undefined,
    'read-only-attribute',
    '`mapping.proxyAddresses`: this attribute is read-only in the target tenant; it cannot be mapped.',
  ],
  [
    'the removal of one that is required',
    { userPrincipalName: { remove: true } },
    undefined,
    'required-attribute',
    '`mapping.userPrincipalName`: every user in the target tenant needs this attribute; it cannot be removed.',
  ],
]

describe.each<[string, SynchronizationSchema | undefined]>([
  ['by the job’s schema', job()],
  ['by the template’s', template()],
  ['by what Microsoft describes', undefined],
])('%s', (_, schema) => {
  test('attributes that there are pass, in any case', () => {
    expect(() =>
      checkAttributes(profile(FINE, [{ attribute: 'Department', operator: 'IS NULL' }]), schema),
    ).not.toThrow()
  })

  test.each(REFUSED)('%s is refused', (_what, mapping, where, code, message) => {
    const error = refusal(mapping, where, schema)
    expect([error?.code, error?.message]).toEqual([code, message])
    // It names attributes, and nobody.
    expect(error?.advice).toBe(message)
  })
})

test('the only attribute that people are matched by cannot be removed', () => {
  const byMail = mapped('mail', { matchingPriority: 2 })
  const notRequired = {
    ...byMail,
    directories: byMail.directories!.map((directory) => ({
      ...directory,
      objects: directory.objects!.map((object) => ({
        ...object,
        attributes: object.attributes!.map((attribute) => ({ ...attribute, required: false })),
      })),
    })),
  }
  const mapping: Mapping = { alternativeSecurityIds: { remove: true } }
  expect(refusal(mapping, undefined, notRequired)).toBeUndefined()
  expect(refusal({ ...mapping, Mail: { remove: true } }, undefined, notRequired)).toMatchObject({
    code: 'required-attribute',
    message:
      '`mapping` removes `alternativeSecurityIds`, `mail`: users could no longer be matched with those in the target tenant.',
  })
})

describe('directory extensions', () => {
  const extension = 'extension_0123456789abcdef0123456789abcdef_costCenter'
  const mapping: Mapping = { [extension]: { expression: `[${extension}]` } }

  test('pass while no job tells which there are', () => {
    expect(refusal(mapping, undefined, undefined)).toBeUndefined()
    expect(refusal({ extension_costCenter: { constant: 'x' } }, undefined, undefined)).toBeDefined()
  })

  test('are attributes like others once it does', () => {
    expect(refusal(mapping, undefined, job())?.code).toBe('unknown-attribute')
  })
})

test('a schema that tells no attributes is no reason to refuse any', () => {
  const untold = { ...job(), directories: [] }
  expect(() => checkAttributes(profile(FINE), untold)).not.toThrow()
})

function refusal(
  mapping: Mapping,
  where: Where | undefined,
  schema: SynchronizationSchema | undefined,
): MappingError | undefined {
  try {
    checkAttributes(profile(mapping, where), schema)
    return undefined
  } catch (error) {
    if (error instanceof MappingError) return error
    throw error
  }
}
