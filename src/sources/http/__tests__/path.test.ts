import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { valueAt } from '../path.ts'

test.each([
  ['people', { people: 1 }, 1],
  ['data.people', { data: { people: 1 } }, 1],
  ['data.people', { 'data.people': 1, data: { people: 2 } }, 1],
  ['data.v1.people', { data: { 'v1.people': 1, v1: { people: 2 } } }, 1],
  ['emails.0.value', { emails: [{ value: 1 }, { value: 2 }] }, 1],
  ['data.people', { data: null }, undefined],
  ['data.people', { data: 'people' }, undefined],
  ['people', null, undefined],
  ['people', { people: null }, null],
  ['list.length', { list: [1, 2] }, undefined],
  ['__proto__', JSON.parse('{"__proto__":1}'), 1],
])('%j in %j is %j', (path, value, found) => {
  expect(valueAt(value, path)).toEqual(found)
})

test.each(['constructor', 'constructor.name', '__proto__', 'toString', 'a.constructor', 'list.map'])(
  '%s stands nowhere: it is inherited',
  (path) => {
    expect(valueAt({ a: {}, list: [] }, path)).toBeUndefined()
  },
)

test('finds whatever stands below keys, whether these hold dots or not', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(
        key.filter((one) => !one.includes('.')),
        { minLength: 1 },
      ),
      key,
      (way, last) => {
        const value = way.reduceRight<unknown>((inner, one) => ({ [one]: inner }), { [last]: 'found' })
        expect(valueAt(value, [...way, last].join('.'))).toBe('found')
      },
    ),
  )
})
