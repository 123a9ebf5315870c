import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { merge } from '../merge.ts'
import { person, type PersonField, type Sourced } from '../person.ts'

const unknown: ReadonlySet<PersonField> = new Set()
const somebody = (id: string, mail: string): Sourced => ({
  person: person({ id, mail, displayName: id }),
  unknown,
})
const ids = (people: readonly Sourced[]) => people.map((one) => one.person.id)

describe('people of several sources', () => {
  test('are one list, in the order of the sources', () => {
    const { people, skipped } = merge([[somebody('z', 'z@x.com')], [somebody('a', 'a@x.com')]])
    expect(ids(people)).toEqual(['z', 'a'])
    expect(skipped).toEqual([])
  })

  test('the first source that names an address wins, whatever its case', () => {
    const { people, skipped } = merge([[somebody('first', 'Ada@x.com')], [somebody('later', 'ada@X.com')]])
    expect(ids(people)).toEqual(['first'])
    expect(skipped).toEqual([
      {
        person: expect.objectContaining({ id: 'later' }),
        reason: 'duplicate-address',
        detail: '"first" (first) is named first with ada@x.com',
      },
    ])
  })

  test('one id in two sources is one person, and nobody is skipped', () => {
    const { people, skipped } = merge([[somebody('ada', 'ada@x.com')], [somebody('ada', 'other@x.com')]])
    expect(people.map((one) => one.person.mail)).toEqual(['ada@x.com'])
    expect(skipped).toEqual([])
  })

  test('people without mail are never duplicates of each other', () => {
    expect(ids(merge([[somebody('a', ''), somebody('b', '')], [somebody('c', '')]]).people)).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  test('no address is left twice, nobody is lost, and the order of arrival within a source is of no account', () => {
    const anybody = fc.record({
      id: fc.stringMatching(/^[a-e]$/),
      mail: fc.constantFrom('', 'p@x.com', 'P@x.com', 'q@x.com'),
    })
    const sources = fc.array(fc.uniqueArray(anybody, { selector: ({ id }) => id }), { maxLength: 3 })
    fc.assert(
      fc.property(sources, (all) => {
        const given = all.map((source) => source.map(({ id, mail }) => somebody(id, mail)))
        const merged = merge(given)
        const addresses = merged.people
          .map((one) => one.person.mail.toLowerCase())
          .filter((mail) => mail !== '')
        expect(new Set(addresses).size).toBe(addresses.length)
        expect(new Set([...ids(merged.people), ...merged.skipped.map((one) => one.person.id)])).toEqual(
          new Set(given.flatMap(ids)),
        )
        expect(merge(given.map((source) => source.toReversed()))).toEqual(merged)
      }),
    )
  })
})
