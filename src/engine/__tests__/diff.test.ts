import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { diff, fieldsOfNew, type Wanted } from '../diff.ts'
import type { Value } from '../plan.ts'

const wants = (fields: Record<string, Value | [Value, Wanted['when']]>) =>
  new Map(
    Object.entries(fields).map(([field, want]) => {
      const [value, when] =
        Array.isArray(want) && ['always', 'empty', 'create'].includes(String(want[1]))
          ? want
          : [want, 'always']
      return [field, { value, when } as Wanted]
    }),
  )
const against = (now: Record<string, Value>) => ({ now: (field: string) => now[field] ?? null })

describe('the difference between wanted and held', () => {
  test('names the field, what it was and what it becomes', () => {
    expect(diff(wants({ title: 'Engineer' }), against({ title: 'Clerk' }))).toEqual([
      { field: 'title', before: 'Clerk', after: 'Engineer' },
    ])
  })

  test('a change of case is a change', () => {
    expect(diff(wants({ title: 'engineer' }), against({ title: 'Engineer' }))).toHaveLength(1)
  })

  test('an attribute that comes out empty is cleared', () => {
    expect(diff(wants({ title: '' }), against({ title: 'Clerk' }))).toEqual([
      { field: 'title', before: 'Clerk', after: null },
    ])
  })

  test('nothing, an empty text and an empty list are all nothing', () => {
    expect(diff(wants({ a: '', b: null, c: [] }), against({ a: null, b: [], c: '' }))).toEqual([])
  })

  test('lists compare in order', () => {
    expect(diff(wants({ phones: ['1', '2'] }), against({ phones: ['1', '2'] }))).toEqual([])
    expect(diff(wants({ phones: ['2', '1'] }), against({ phones: ['1', '2'] }))).toHaveLength(1)
    expect(diff(wants({ phones: ['1'] }), against({ phones: ['1', '2'] }))).toHaveLength(1)
  })

  test('false is a value', () => {
    expect(diff(wants({ hidden: false }), against({ hidden: true }))).toEqual([
      { field: 'hidden', before: true, after: false },
    ])
  })

  test('`when: empty` writes only where nothing stands', () => {
    expect(diff(wants({ phone: ['1', 'empty'] }), against({ phone: '2' }))).toEqual([])
    expect(diff(wants({ phone: ['1', 'empty'] }), against({}))).toHaveLength(1)
  })

  test('`when: create` never writes to what exists', () => {
    expect(diff(wants({ phone: ['1', 'create'] }), against({}))).toEqual([])
  })

  test('what the service takes for the same is the same, and clearing is not', () => {
    const same = (_: string, left: Value, right: Value) =>
      String(left).toLowerCase() === String(right).toLowerCase()
    expect(diff(wants({ country: 'DE' }), { ...against({ country: 'de' }), same })).toEqual([])
    expect(diff(wants({ country: 'FR' }), { ...against({ country: 'de' }), same })).toHaveLength(1)
    expect(diff(wants({ country: '' }), { ...against({ country: 'de' }), same: () => true })).toHaveLength(1)
  })
})

test('a new object gets all that is wanted and not empty', () => {
  expect(fieldsOfNew(wants({ title: 'Engineer', fax: '', phone: ['1', 'create'] }))).toEqual([
    { field: 'title', before: null, after: 'Engineer' },
    { field: 'phone', before: null, after: '1' },
  ])
})

test('what has been written is not different any more', () => {
  const value = fc.oneof(fc.string(), fc.constant(null), fc.boolean(), fc.array(fc.string()))
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), fc.dictionary(fc.string(), value), (wanted, held) => {
      const want = new Map(
        Object.entries(wanted).map(([field, one]) => [field, { value: one, when: 'always' } as const]),
      )
      const now = new Map<string, Value>(Object.entries(held))
      for (const { field, after } of diff(want, { now: (field) => now.get(field) ?? null }))
        now.set(field, after)
      expect(diff(want, { now: (field) => now.get(field) ?? null })).toEqual([])
    }),
  )
})
