import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatMark, parseMark } from '../../people/mark.ts'
import { person, PERSON_TYPES } from '../../people/person.ts'
import { personOf, unidentified } from '../record.ts'

describe('a record is a person', () => {
  test('with what it holds, and nothing in the other fields', () => {
    expect(personOf({ id: 'HR-7', mail: 'Ada@x.com', businessPhones: ['+49 30 1'] })).toEqual(
      person({ id: 'HR-7', mail: 'Ada@x.com', businessPhones: ['+49 30 1'] }),
    )
  })

  test('known by the id: as it is, but for a GUID, which is the same in any case', () => {
    expect(personOf({ id: 'HR-a' })).toMatchObject({ id: 'HR-a' })
    expect(personOf({ id: 'A0000000-0000-4000-8000-00000000000F' })).toMatchObject({
      id: 'a0000000-0000-4000-8000-00000000000f',
    })
  })

  test('known by the mail in lower case where there is no id', () => {
    expect(personOf({ mail: 'Ada@X.com' })).toEqual(person({ id: 'ada@x.com', mail: 'Ada@X.com' }))
    expect(personOf({ id: '', mail: 'Ada@X.com' })).toMatchObject({ id: 'ada@x.com' })
  })

  test.each(['', ...PERSON_TYPES])('of type "%s"', (type) => {
    expect(personOf({ id: '1', type })).toMatchObject({ type })
  })
})

describe('a record is nobody', () => {
  test('without id and mail; who it was is told by its place', () => {
    const nemo = { displayName: 'Nemo', id: '', mail: '' }
    expect(personOf(nemo)).toBeUndefined()
    expect(unidentified(nemo, 'people.csv:7')).toEqual({
      key: 'people.csv:7',
      label: 'Nemo',
      reason: 'no-mail-address',
      detail: 'has neither a mail address nor an id',
    })
    expect(unidentified({}, 'people.csv:8').label).toBe('')
  })

  const types = PERSON_TYPES.join(', ')
  test.each([
    [{ id: 'x'.repeat(257) }, 'the id has 257 characters, and at most 256 fit a mark'],
    [{ id: 'a\nb' }, 'the id holds a control character'],
    [{ mail: 'a\u2028b@x.com' }, 'the id holds a control character'],
    [{ id: '7:leaver:2026-01-31' }, 'the id ends like a mark'],
    [{ id: '7', type: 'Member' }, `the type is "Member": expected one of ${types}`],
    [{ id: '7', type: 'a"\nb' }, `the type is "a\\"\\nb": expected one of ${types}`],
  ])('that can be carried on: %j', (values, fault) => {
    expect(personOf(values)).toEqual({ fault })
  })

  test('at the limit there is still somebody', () => {
    expect(personOf({ id: 'x'.repeat(256) })).toMatchObject({ id: 'x'.repeat(256) })
  })
})

test('whoever a record is, their mark is read back as theirs', () => {
  const id = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.string(), fc.constantFrom(':leaver:2026-01-31', ':leaver:', '\n'))
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(id, (given) => {
      const found = personOf({ id: given })
      if (found === undefined || 'fault' in found) return
      expect(parseMark(formatMark({ profile: 'p', person: found.id }))).toEqual({
        profile: 'p',
        person: found.id,
      })
    }),
  )
})
