import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { configured, crossTenantPractice, jobIn, refusal } from '../../__tests__/practice.ts'
import { runCycle } from '../../cycle/cycle.ts'
import type { AttributeMapping } from '../definition.ts'

async function practised() {
  const practice = crossTenantPractice(configured())
  const { path, principal } = jobIn(practice)
  const { body: schema } = await practice.get(`${path}/schema`)
  return { ...practice, path: `${path}/schema`, schema, principal }
}

type Change = (mappings: AttributeMapping[]) => unknown[]

/** The schema with the mappings of users changed. */
function changed(schema: any, change: Change) {
  const copy = structuredClone(schema)
  const [objects] = copy.synchronizationRules[0].objectMappings
  objects.attributeMappings = change(objects.attributeMappings)
  return copy
}

const mappingsOf = (schema: any): AttributeMapping[] =>
  schema.synchronizationRules[0].objectMappings[0].attributeMappings

const replaced =
  (target: string, mapping: object): Change =>
  (mappings) => [
    ...mappings.filter(({ targetAttributeName }) => targetAttributeName !== target),
    { targetAttributeName: target, ...mapping },
  ]

describe('the template’s schema', () => {
  test('maps what a guest has', async () => {
    const { schema } = await practised()
    const [rule] = schema.synchronizationRules
    expect(rule).toMatchObject({
      name: 'USER_INBOUND_USER',
      sourceDirectoryName: 'Azure Active Directory',
      targetDirectoryName: 'Azure Active Directory (target tenant)',
    })
    const sources = Object.fromEntries(
      mappingsOf(schema).map(({ targetAttributeName, source }) => [targetAttributeName, source.expression]),
    )
    expect(sources).toMatchObject({
      alternativeSecurityIds: '[netId]',
      userPrincipalName: '[userPrincipalName]',
      displayName: '[displayName]',
      telephoneNumber: '[telephoneNumber]',
      showInAddressList: '"true"',
      userType: '"Member"',
    })
  })

  test('is what the template of the service principal shows', async () => {
    const practice = crossTenantPractice(configured())
    const { path, principal } = jobIn(practice)
    const { body: schema } = await practice.get(`${path}/schema`)
    const templates = `/servicePrincipals/${principal.id}/synchronization/templates`
    const { body: one } = await practice.get(`${templates}/Azure2Azure`)
    expect(one.schema.synchronizationRules).toEqual(schema.synchronizationRules)
    expect((await practice.get(templates)).body.value).toEqual([
      expect.objectContaining({ id: 'Azure2Azure' }),
    ])
    expect((await practice.get(`${templates}/Workday2AD`)).status).toBe(404)
  })

  test('stays as it is when it is put back as it was read', async () => {
    const { get, put, path, schema } = await practised()
    expect((await put(path, schema)).status).toBe(204)
    const { body } = await get(path)
    expect(body.synchronizationRules).toEqual(schema.synchronizationRules)
    expect(body.directories).toEqual(schema.directories)
    expect(body.version).toMatch(/^Date:.*, ActivityId:/)
  })
})

describe('a schema that is put', () => {
  test('replaces the whole: what it leaves out is gone', async () => {
    const { get, put, path, schema } = await practised()
    const without = (mappings: AttributeMapping[]) =>
      mappings.filter(({ targetAttributeName }) => targetAttributeName !== 'telephoneNumber')
    await put(path, changed(schema, without))
    const targets = mappingsOf((await get(path)).body).map(({ targetAttributeName }) => targetAttributeName)
    expect(targets).not.toContain('telephoneNumber')
    expect(targets).toHaveLength(mappingsOf(schema).length - 1)
  })

  test('is kept in the service’s own way: defaults, order, white space, arguments', async () => {
    const { get, put, path, schema } = await practised()
    const source = { type: 'Function', expression: 'append( [displayName] ,  " (Fabrikam)")' }
    expect((await put(path, changed(schema, replaced('displayName', { source })))).status).toBe(204)
    const mappings = mappingsOf((await get(path)).body)
    const targets = mappings.map(({ targetAttributeName }) => targetAttributeName.toLowerCase())
    expect(targets).toEqual(targets.toSorted())
    expect(mappings.find(({ targetAttributeName }) => targetAttributeName === 'displayName')).toEqual({
      defaultValue: null,
      exportMissingReferences: false,
      flowBehavior: 'FlowWhenChanged',
      flowType: 'Always',
      matchingPriority: 0,
      targetAttributeName: 'displayName',
      source: {
        expression: 'Append([displayName]," (Fabrikam)")',
        name: 'Append',
        type: 'Function',
        parameters: [expect.objectContaining({ key: 'source' }), expect.objectContaining({ key: 'suffix' })],
      },
    })
  })

  test('may give a constant or an attribute by name alone', async () => {
    const { get, put, path, schema } = await practised()
    const constant = replaced('companyName', { source: { type: 'Constant', name: 'Fabrikam "Ltd"' } })
    const attribute = replaced('city', { source: { type: 'Attribute', name: 'country' } })
    await put(path, changed(changed(schema, constant), attribute))
    const sources = Object.fromEntries(
      mappingsOf((await get(path)).body).map(({ targetAttributeName, source }) => [
        targetAttributeName,
        source.expression,
      ]),
    )
    expect(sources).toMatchObject({ companyName: '"Fabrikam \\"Ltd\\""', city: '[country]' })
  })

  test('scopes by filters that it knows', async () => {
    const { get, put, path, schema } = await practised()
    const clause = {
      operatorName: 'EQUALS',
      sourceOperandName: 'department',
      targetOperand: { values: ['Navy'] },
    }
    const scoped = structuredClone(schema)
    scoped.synchronizationRules[0].objectMappings[0].scope.groups = [{ name: 'Navy', clauses: [clause] }]
    expect((await put(path, scoped)).status).toBe(204)
    expect((await get(path)).body.synchronizationRules[0].objectMappings[0].scope.groups).toHaveLength(1)
    for (const broken of [
      { operatorName: 'SOUNDS LIKE' },
      { operatorName: 'constructor' },
      { sourceOperandName: 'shoeSize' },
      { operatorName: 'REGEX MATCH', targetOperand: { values: ['('] } },
    ]) {
      const bad = structuredClone(scoped)
      Object.assign(bad.synchronizationRules[0].objectMappings[0].scope.groups[0].clauses[0], broken)
      expect([broken, refusal(await put(path, bad))]).toEqual([broken, [400, 'InvalidSchema']])
    }
  })

  test.each<[string, Change]>([
    ['a target attribute that there is not', replaced('shoeSize', { source: { expression: '"44"' } })],
    ['one that is read-only', replaced('proxyAddresses', { source: { expression: '"44"' } })],
    ['a source attribute that there is not', replaced('city', { source: { expression: '[shoeSize]' } })],
    ['an expression that does not parse', replaced('city', { source: { expression: 'Append([city]' } })],
    ['a function that there is not', replaced('city', { source: { expression: 'Shout([city])' } })],
    ['a mapping without source', replaced('city', { source: null })],
    ['a target that is mapped twice', (mappings) => [...mappings, ...mappings.slice(0, 1)]],
    [
      'a required attribute that is not mapped',
      (mappings) => mappings.filter(({ targetAttributeName }) => targetAttributeName !== 'userPrincipalName'),
    ],
    ['nothing to match by', (mappings) => mappings.map((each) => ({ ...each, matchingPriority: 0 }))],
  ])('is refused with %s, and nothing changes', async (_, change) => {
    const { get, put, path, schema } = await practised()
    expect(refusal(await put(path, changed(schema, change)))).toEqual([400, 'InvalidSchema'])
    expect((await get(path)).body).toEqual(schema)
  })

  test('is refused with properties that schemas do not have', async () => {
    const { put, path, schema } = await practised()
    expect((await put(path, { ...schema, colour: 'red' })).status).toBe(400)
    expect((await put(path, changed(schema, replaced('city', { colour: 'red' })))).status).toBe(400)
    expect((await put(path, changed(schema, replaced('city', { flowType: 'Sometimes' })))).status).toBe(400)
  })

  test('never breaks the service, whatever it holds', async () => {
    const { put, path, schema, world, source, principal } = await practised()
    const nothing = fc.constantFrom(null, undefined, [], [null], {}, '', 0)
    const places = fc.constantFrom<(schema: any, value: unknown) => void>(
      (s, v) => (s.synchronizationRules = v),
      (s, v) => (s.directories = v),
      (s, v) => (s.directories[0].objects = v),
      (s, v) => (s.directories[1].objects[0].attributes = v),
      (s, v) => (s.directories[1].objects[0].attributes[0].name = v),
      (s, v) => (s.synchronizationRules[0] = v),
      (s, v) => (s.synchronizationRules[0].objectMappings = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0] = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].scope = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].scope.groups = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].scope.groups = [v]),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].attributeMappings = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].attributeMappings[0] = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].attributeMappings[0].source = v),
      (s, v) => (s.synchronizationRules[0].objectMappings[0].attributeMappings[0].targetAttributeName = v),
    )
    await fc.assert(
      fc.asyncProperty(places, nothing, async (place, value) => {
        const copy = structuredClone(schema)
        place(copy, value)
        const { status } = await put(path, copy)
        expect([204, 400]).toContain(status)
        expect(runCycle(world, source, principal).state).toBe('Succeeded')
        if (status === 204) await put(path, schema)
      }),
      { numRuns: 300 },
    )
  })
})

test('a schema may be patched: what is not sent stays', async () => {
  const { get, patch, path, schema } = await practised()
  const { synchronizationRules } = changed(schema, replaced('city', { source: { expression: '"London"' } }))
  expect((await patch(path, { synchronizationRules })).status).toBe(204)
  const { body } = await get(path)
  expect(
    mappingsOf(body).find(({ targetAttributeName }) => targetAttributeName === 'city')?.source.name,
  ).toBe('London')
  expect(body.directories).toEqual(schema.directories)
})
