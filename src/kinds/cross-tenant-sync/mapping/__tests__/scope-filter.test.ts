import { describe, expect, test } from '@jest/globals'
import { schemaChange } from '../schema-change.ts'
import type { FilterGroup } from '../synchronization-schema.ts'
import { job, profile, sent, template, usersOf } from './schemas.ts'

const WHERE = [
  { attribute: 'department', operator: 'EQUALS' as const, values: ['Sales', 'Engineering'] },
  { attribute: 'jobTitle', operator: 'IS NOT NULL' as const },
]

const clause = (sourceOperandName: string, operatorName: string, values: string[]) => ({
  sourceOperandName,
  operatorName,
  targetOperand: { values },
})
const OWN = {
  name: 'tenant-sync',
  clauses: [clause('department', 'EQUALS', ['Sales', 'Engineering']), clause('jobTitle', 'IS NOT NULL', [])],
}
const BY_HAND = {
  name: 'Engines',
  clauses: [clause('department', 'EQUALS', ['Engines']), clause('mail', 'IS NOT NULL', [])],
}

const scoped = (...groups: FilterGroup[]) => job(({ scope }) => ({ scope: { ...scope, groups } }))
const change = (live: ReturnType<typeof job>, where?: typeof WHERE) =>
  schemaChange(live, template(), profile(undefined, where))
const groupsAfter = (live: ReturnType<typeof job>, where?: typeof WHERE) =>
  usersOf(change(live, where)!.schema).scope?.groups

describe('with `where`', () => {
  test('a filter of its own is made', () => {
    expect(change(job(), WHERE)?.fields).toEqual([
      {
        field: 'scope.where',
        before: null,
        after: ['department EQUALS Sales, Engineering', 'jobTitle IS NOT NULL'],
      },
    ])
    expect(groupsAfter(job(), WHERE)).toEqual([OWN])
  })

  test('any other filter is drift, for it would let people through', () => {
    const live = scoped(OWN, BY_HAND)
    expect(change(live, WHERE)?.fields[0]?.before).toEqual([
      'department EQUALS Sales, Engineering',
      'jobTitle IS NOT NULL',
      'Engines: department EQUALS Engines and mail IS NOT NULL',
    ])
    expect(groupsAfter(live, WHERE)).toEqual([OWN])
  })

  test('the order of clauses and of values does not count, nor the case of attributes', () => {
    const clauses = [
      clause('JobTitle', 'IS NOT NULL', []),
      clause('department', 'EQUALS', ['Engineering', 'Sales']),
    ]
    expect(change(scoped({ ...OWN, clauses }), WHERE)).toBeUndefined()
    const sales = clause('department', 'EQUALS', ['sales', 'Engineering'])
    expect(change(scoped({ ...OWN, clauses: [sales] }), WHERE)).toBeDefined()
  })

  test('a scope that is not there at all is made', () => {
    const live = job(() => ({ scope: null }))
    expect(usersOf(change(live, WHERE)!.schema).scope).toEqual({
      groups: [OWN],
      inputFilterGroups: [],
      categoryFilterGroups: [],
    })
  })
})

describe('without `where`', () => {
  test('its own filter goes, others stay', () => {
    const live = scoped(OWN, BY_HAND)
    expect(change(live)?.fields[0]?.after).toEqual([
      'Engines: department EQUALS Engines and mail IS NOT NULL',
    ])
    expect(groupsAfter(live)).toEqual([BY_HAND])
    expect(change(scoped(BY_HAND))).toBeUndefined()
  })

  test('nothing is left when its own was the only one', () => {
    expect(change(scoped(OWN))?.fields).toEqual([
      {
        field: 'scope.where',
        before: ['department EQUALS Sales, Engineering', 'jobTitle IS NOT NULL'],
        after: null,
      },
    ])
  })
})

test('whatever else stands in the scope stays', () => {
  const live = job(({ scope }) => ({ scope: { ...scope, somethingNew: 1 } }))
  const { groups, ...rest } = usersOf(change(live, WHERE)!.schema).scope!
  const { groups: none, ...original } = usersOf(live).scope!
  expect([groups, none]).toEqual([[OWN], []])
  expect(rest).toEqual(original)
  expect(rest['inputFilterGroups']).toHaveLength(1)
})

test('the service takes it', () => {
  expect(usersOf(sent(change(job(), WHERE)!.schema)).scope?.groups).toEqual([OWN])
})
