import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AmbiguousIdError, inOrderOfIds, merge } from '../merge.ts'
import { normalId, person, type PersonField, type Sourced } from '../person.ts'

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

  test.each([
    ['an object id, whatever address it has', 'ca9a51e0-c0de-4bad-8fee-00000000d000', 'other@x.com'],
    ['any id with the same address', '7', 'Ada@X.com'],
    ['any id where one of them has no address', '7', ''],
  ])('%s in two sources is one person, and nobody is skipped', (_, id, mail) => {
    const { people, skipped } = merge([[somebody(id, 'ada@x.com')], [somebody(id, mail)]])
    expect(people.map((one) => one.person.mail)).toEqual(['ada@x.com'])
    expect(skipped).toEqual([])
  })

  test('whose address is taken in one source, and free in another, is a person of the other', () => {
    const { people } = merge([
      [somebody('1', 'x@x.com'), somebody('2', 'x@x.com')],
      [somebody('2', 'y@x.com')],
    ])
    expect(people.map((one) => one.person.mail)).toEqual(['x@x.com', 'y@x.com'])
  })

  test('an id is the same in whatever case', () => {
    const { people, skipped } = merge([[somebody('ADA', 'ada@x.com')], [somebody('ada', 'ada@x.com')]])
    expect(ids(people)).toEqual(['ADA'])
    expect(skipped).toEqual([])
  })

  test.each([
    ['of one source', [[somebody('7', 'a@x.com'), somebody('7', 'b@x.com')]]],
    ['of two systems', [[somebody('7', 'zoe@x.com')], [somebody('7', 'bob@x.com')]]],
    ['of one source, one of them without an address', [[somebody('7', 'a@x.com'), somebody('7', '')]]],
  ])("two people %s who bear one id are no list: one would get what is the other's", (_, sources) => {
    expect(() => merge(sources)).toThrow(AmbiguousIdError)
    expect(() => merge(sources)).toThrow(/both have the id 7, so nobody could tell whose contact is whose/)
    const { advice } = new AmbiguousIdError(sources[0]![0]!.person, sources.at(-1)!.at(-1)!.person)
    expect(advice).not.toContain('@x.com')
  })

  test.each(['', 'ada@x.com'])(
    'a directory that names somebody (%s) twice while it is read names one',
    (mail) => {
      const ada = somebody('ca9a51e0-c0de-4bad-8fee-00000000d000', mail)
      expect(merge([[ada, { ...ada }]])).toEqual({ people: [ada], skipped: [] })
    },
  )

  test("who has no address in one source, and somebody else's in another, is told of", () => {
    const { people, skipped } = merge([
      [somebody('7', ''), somebody('8', 'x@x.com')],
      [somebody('7', 'x@x.com')],
    ])
    expect(ids(people)).toEqual(['7', '8'])
    expect(skipped).toMatchObject([{ person: { id: '7' }, reason: 'duplicate-address' }])
  })

  test('who has no address in one source has that of another', () => {
    const { people, skipped } = merge([[somebody('7', '')], [somebody('7', 'ada@x.com')]])
    expect([people.map((one) => one.person.mail), skipped]).toEqual([['ada@x.com'], []])
  })

  test('a second row with one address is told of, also where the address is the id', () => {
    const { people, skipped } = merge([[somebody('a@x.com', 'a@x.com'), somebody('a@x.com', 'A@x.com')]])
    expect(people).toHaveLength(1)
    expect(skipped).toMatchObject([{ reason: 'duplicate-address' }])
  })

  test('people without mail are never duplicates of each other', () => {
    expect(ids(merge([[somebody('a', ''), somebody('b', '')], [somebody('c', '')]]).people)).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  const anybody = fc.record({
    id: fc.stringMatching(/^[a-eA-E]$/),
    mail: fc.constantFrom('', 'p@x.com', 'P@x.com', 'q@x.com'),
  })
  const worlds = fc.array(fc.array(anybody, { maxLength: 6 }), { maxLength: 3 })

  test('no address and no id is left twice, nobody is lost, and an order that means nothing is of no account', () => {
    fc.assert(
      fc.property(worlds, (all) => {
        const given = all.map((source) => source.map(({ id, mail }) => somebody(id, mail)))
        const merging = (sources: Sourced[][]) => {
          try {
            return merge(sources.map(inOrderOfIds))
          } catch (error) {
            return (error as AmbiguousIdError).code
          }
        }
        const merged = merging(given)
        expect(merging(given.map((source) => source.toReversed()))).toEqual(merged)
        if (typeof merged === 'string') return
        const addresses = merged.people
          .map((one) => one.person.mail.toLowerCase())
          .filter((mail) => mail !== '')
        expect(new Set(addresses).size).toBe(addresses.length)
        expect(new Set(ids(merged.people).map(normalId)).size).toBe(merged.people.length)
        const told = [...ids(merged.people), ...merged.skipped.map((one) => one.person.id)]
        expect(new Set(told.map(normalId))).toEqual(new Set(given.flatMap(ids).map(normalId)))
      }),
    )
  })
})
