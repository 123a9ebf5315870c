import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  configured,
  crossTenantPractice,
  jobIn,
} from '../../../../simulator/graph/cross-tenant/__tests__/practice.ts'
import { written } from '../../expression/expression.ts'
import { anyText, tree } from '../../expression/__tests__/trees.ts'
import { MappingError } from '../mapping-error.ts'
import type { MappingEntry } from '../mapping-source.ts'
import { schemaChange } from '../schema-change.ts'
import type { SynchronizationSchema } from '../synchronization-schema.ts'
import { extended, fields, job, mapped, mappingOf, profile, sent, template, usersOf } from './schemas.ts'

const FABRIKAM = { expression: 'append([displayName]," (Fabrikam)")' }

const byHand = {
  targetAttributeName: 'extensionAttribute1',
  source: { expression: '[employeeId]', name: 'employeeId', type: 'Attribute' },
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  matchingPriority: 0,
}

test('a job that is as the template has it needs no change', () => {
  expect(schemaChange(job(), template(), profile())).toBeUndefined()
  expect(schemaChange(job(), undefined, profile())).toBeUndefined()
})

describe('what the profile maps stands on top of the template', () => {
  test('an expression', () => {
    expect(fields(job(), { displayName: FABRIKAM })).toEqual([
      {
        field: 'mapping.displayName',
        before: '[displayName]',
        after: 'Append([displayName], " (Fabrikam)")',
      },
    ])
  })

  test('a constant, also for an attribute that the template does not map', () => {
    expect(
      fields(job(), { companyName: { constant: 'Fabrikam "Ltd"' }, usageLocation: { constant: 'GB' } }),
    ).toEqual([
      { field: 'mapping.companyName', before: '[companyName]', after: '"Fabrikam \\"Ltd\\""' },
      { field: 'mapping.usageLocation', before: null, after: '"GB"' },
    ])
  })

  test('a removal', () => {
    expect(fields(job(), { telephoneNumber: { remove: true }, usageLocation: { remove: true } })).toEqual([
      { field: 'mapping.telephoneNumber', before: '[telephoneNumber]', after: null },
    ])
  })

  test('whatever the case of the attribute’s name, which is told in the service’s', () => {
    expect(
      fields(job(), { DISPLAYNAME: FABRIKAM, USAGELOCATION: { constant: 'GB' } })?.map(({ field }) => field),
    ).toEqual(['mapping.displayName', 'mapping.usageLocation'])
  })
})

describe('what means the same is no change', () => {
  test.each([
    [{ expression: 'Append([displayName]," (Fabrikam)")', name: 'Append', type: 'Function' }],
    [{ expression: ' APPEND( [displayname], " (Fabrikam)" ) ', name: 'Append', type: 'Function' }],
  ])('an expression %j', (source) => {
    expect(fields(mapped('displayName', { source }), { displayName: FABRIKAM })).toBeUndefined()
  })

  test.each([
    [{ expression: '"Fabrikam"', name: 'Fabrikam', type: 'Constant' }],
    [{ expression: '', name: 'Fabrikam', type: 'Constant' }],
    [{ expression: 'Fabrikam', name: 'Fabrikam', type: 'Constant' }],
    [{ name: 'Fabrikam', type: 'Constant' }],
  ])('a constant %j', (source) => {
    expect(
      fields(mapped('companyName', { source }), { companyName: { constant: 'Fabrikam' } }),
    ).toBeUndefined()
    expect(
      fields(mapped('companyName', { source }), { companyName: { expression: '"Fabrikam"' } }),
    ).toBeUndefined()
    expect(fields(mapped('companyName', { source }), { companyName: { constant: 'fabrikam' } })).toHaveLength(
      1,
    )
  })

  test('an attribute by its name alone', () => {
    const source = { expression: null, name: 'displayName', type: 'Attribute' }
    expect(fields(mapped('displayName', { source }))).toBeUndefined()
  })

  test('no default value', () => {
    expect(fields(mapped('displayName', { defaultValue: '' }))).toBeUndefined()
  })
})

describe('what somebody changed by hand is drift', () => {
  test('a source', () => {
    const source = { expression: '[mail]', name: 'mail', type: 'Attribute' }
    expect(fields(mapped('displayName', { source }))).toEqual([
      { field: 'mapping.displayName', before: '[mail]', after: '[displayName]' },
    ])
  })

  test('how a value flows', () => {
    expect(
      fields(mapped('userType', { flowType: 'Always', defaultValue: 'Guest', matchingPriority: 2 })),
    ).toEqual([
      { field: 'mapping.userType.defaultValue', before: 'Guest', after: null },
      { field: 'mapping.userType.flowType', before: 'Always', after: 'ObjectAddOnly' },
      { field: 'mapping.userType.matchingPriority', before: 2, after: 0 },
    ])
  })

  test('but how a value flows is left alone where the profile names the attribute', () => {
    const live = mapped('userType', { flowType: 'Always', defaultValue: 'Guest' })
    expect(fields(live, { userType: { constant: 'Member' } })).toBeUndefined()
    const change = schemaChange(live, template(), profile({ userType: { constant: 'Guest' } }))
    expect(mappingOf(change!.schema, 'userType')).toEqual({
      ...mappingOf(live, 'userType'),
      source: { expression: '"Guest"', name: 'Guest', type: 'Constant', parameters: [] },
    })
  })

  test('a mapping that was removed', () => {
    const change = schemaChange(mapped('city', null), template(), profile())
    expect(change?.fields).toEqual([{ field: 'mapping.city', before: null, after: '[city]' }])
    expect(mappingOf(change!.schema, 'city')).toEqual(mappingOf(template(), 'city'))
  })

  test('a mapping that was added', () => {
    expect(fields(extended(byHand))).toEqual([
      { field: 'mapping.extensionAttribute1', before: '[employeeId]', after: null },
    ])
  })
})

describe('without the template', () => {
  const only = (live: ReturnType<typeof job>, mapping = {}) =>
    schemaChange(live, undefined, profile(mapping))?.fields

  test('only what the profile names is compared', () => {
    expect(only(extended(byHand))).toBeUndefined()
    expect(only(mapped('city', null))).toBeUndefined()
    expect(only(mapped('userType', { flowType: 'Always' }))).toBeUndefined()
    expect(
      only(extended(byHand), { displayName: FABRIKAM, city: { remove: true } })?.map(({ field }) => field),
    ).toEqual(['mapping.city', 'mapping.displayName'])
  })
})

describe('the schema that is sent', () => {
  test('is the live one but for the mappings that change, which keep their places', () => {
    const live = { ...job(), somethingNew: { kept: [1, null] } }
    const before = structuredClone(live)
    const change = schemaChange(live, template(), profile({ displayName: FABRIKAM, fax: { constant: '1' } }))
    const mappings = usersOf(change!.schema).attributeMappings!
    const { attributeMappings, ...rest } = usersOf(live)
    expect(mappings.slice(0, -1).map((each) => each.targetAttributeName)).toEqual(
      attributeMappings!.map((each) => each.targetAttributeName),
    )
    expect(usersOf(change!.schema)).toEqual({ ...rest, attributeMappings: mappings })
    expect({ ...change!.schema, synchronizationRules: live.synchronizationRules }).toEqual(live)
    expect(live).toEqual(before)
  })

  test('shares nothing with the live one', () => {
    const live = job()
    const change = schemaChange(live, template(), profile({ displayName: FABRIKAM }))
    expect(change!.schema.directories).not.toBe(live.directories)
    expect(mappingOf(change!.schema, 'city')).not.toBe(mappingOf(live, 'city'))
  })

  test('leaves other rules and object mappings as they are', () => {
    const live = job()
    const groups = {
      name: 'GROUPS',
      objectMappings: [{ sourceObjectName: 'Group', targetObjectName: 'Group', attributeMappings: [] }],
    }
    const [users] = live.synchronizationRules!
    const mixed = { ...users, objectMappings: [...groups.objectMappings, ...users!.objectMappings!] }
    const both = { ...live, synchronizationRules: [groups, mixed] }
    const change = schemaChange(both, template(), profile({ displayName: FABRIKAM }))
    expect(change?.fields).toHaveLength(1)
    const [kept, changed] = change!.schema.synchronizationRules!
    expect(kept).toEqual(groups)
    expect(changed?.objectMappings?.[0]).toEqual(groups.objectMappings[0])
  })

  test('has no mapping of an attribute that the target directory does not define', () => {
    const live = job()
    const directories = live.directories!.map((directory) => ({
      ...directory,
      objects: directory.objects!.map((object) => ({
        ...object,
        attributes: object.attributes!.filter(({ name }) => name !== 'city'),
      })),
    }))
    const without = { ...mapped('city', null), directories }
    expect(schemaChange(without, template(), profile())).toBeUndefined()
  })
})

test('a schema that maps no users any more is told', () => {
  const nobody = job(() => ({ targetObjectName: 'Group' }))
  expect(() => schemaChange(nobody, template(), profile())).toThrow(MappingError)
})

test('once sent, and kept in the service’s own way, nothing is left to change', () => {
  const names = [
    'displayName',
    'companyName',
    'city',
    'userType',
    'usageLocation',
    'extensionAttribute3',
    'JOBTITLE',
  ]
  const entry = fc.oneof<fc.Arbitrary<MappingEntry>[]>(
    anyText.map((constant) => ({ constant })),
    tree.map((expression) => ({ expression: written(expression) })),
    fc.constant({ remove: true }),
  )
  const mappings = fc.dictionary(fc.constantFrom(...names), entry)
  const where = fc.option(
    fc.array(
      fc.record({
        attribute: fc.constantFrom('department', 'COUNTRY'),
        operator: fc.constantFrom('EQUALS' as const, 'NOT EQUALS' as const, 'INCLUDES' as const),
        values: fc.array(anyText, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    { nil: undefined },
  )
  const lives = fc.constantFrom(
    job(),
    mapped('city', null),
    extended(byHand),
    mapped('mail', { flowType: 'ObjectAddOnly' }),
  )
  const templates = fc.constantFrom(template(), undefined)
  fc.assert(
    fc.property(lives, templates, mappings, where, (live, original, mapping, clauses) => {
      const wanted = profile(mapping, clauses)
      const change = schemaChange(live, original, wanted)
      const kept = sent(change?.schema ?? live)
      expect(schemaChange(kept, original, wanted)).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('the service takes it as it is sent', async () => {
  const practice = crossTenantPractice(configured())
  const path = `${jobIn(practice).path}/schema`
  const read = async () => (await practice.get(path)).body as SynchronizationSchema
  const wanted = profile({ displayName: FABRIKAM, usageLocation: { constant: 'GB' } }, [
    { attribute: 'department', operator: 'EQUALS', values: ['Engines'] },
  ])
  const change = schemaChange(await read(), template(), wanted)
  expect(change?.fields).toHaveLength(3)
  expect((await practice.put(path, change!.schema)).status).toBe(204)
  expect(schemaChange(await read(), template(), wanted)).toBeUndefined()
})
