import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isMailAddress } from '../../../people/address.ts'
import { person } from '../../../people/person.ts'
import { MailContact } from '../contact.ts'
import type { Pair } from '../pairing.ts'
import { asideAddress, circles, isAsideAddress } from '../rotation.ts'

const contact = (key: string) =>
  new MailContact({ Guid: `guid-${key}`, ExternalEmailAddress: `SMTP:${key}@fabrikam.com` }, {})

/** @param waits by person: whose contact holds the address they get. */
function circlesOf(waits: Readonly<Record<string, string>>) {
  const contacts = new Map([...Object.keys(waits), ...Object.values(waits)].map((key) => [key, contact(key)]))
  const pairs = [...contacts].map(([key, one]): Pair => ({
    wanted: {
      key,
      address: `new-${key}@fabrikam.com`,
      sourced: { person: person({ id: key }), unknown: new Set() },
    },
    contact: one,
    owner: { by: 'profile', person: key, markedIn: 'customAttribute15' },
  }))
  const waitsFor = new Map(Object.entries(waits).map(([key, holder]) => [key, contacts.get(holder)!]))
  return { waitsFor, aside: circles(pairs, waitsFor) }
}

describe('whoever waits in a circle', () => {
  test('of two: one goes first, and the other steps aside', () => {
    const { aside, waitsFor } = circlesOf({ a: 'b', b: 'a' })
    expect([...aside.keys()]).toEqual(['a'])
    expect(aside.get('a')).toBe(waitsFor.get('a'))
  })

  test('and in a chain that leads into it: the circle alone is broken', () => {
    expect([...circlesOf({ x: 'y', y: 'a', a: 'b', b: 'c', c: 'a' }).aside.keys()]).toEqual(['a'])
  })

  test('in a chain with an end needs nobody to step aside', () => {
    expect(circlesOf({ a: 'b', b: 'c', c: 'd' }).aside.size).toBe(0)
  })

  test('is always broken: nobody waits for themselves in the end, and no more step aside than circles', () => {
    const people = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(fc.dictionary(people.map(String), people.map(String)), (wished) => {
        const waits = Object.fromEntries(Object.entries(wished).filter(([key, holder]) => key !== holder))
        const { aside } = circlesOf(waits)
        const left = Object.fromEntries(Object.entries(waits).filter(([key]) => !aside.has(key)))
        for (const start of Object.keys(left)) {
          let steps = 0
          for (let at: string | undefined = start; at !== undefined; at = left[at])
            expect(++steps).toBeLessThan(20)
        }
        for (const key of aside.keys()) {
          let at = waits[key]
          for (let steps = 0; at !== key && steps < 20; steps++) at = waits[at!]
          expect(at).toBe(key)
        }
      }),
    )
  })
})

describe('the address to step aside to', () => {
  test('is one of the same domain, that is known again, and different for each contact', () => {
    const [ada, bob] = [asideAddress(contact('ada')), asideAddress(contact('bob'))]
    expect(ada).toMatch(/^tenant-sync-aside-[0-9a-f]{24}@fabrikam\.com$/)
    expect(isMailAddress(ada)).toBe(true)
    expect(isAsideAddress(ada)).toBe(true)
    expect(bob).not.toBe(ada)
  })

  test('is no address of a person', () => {
    expect(isAsideAddress('ada@fabrikam.com')).toBe(false)
    expect(isAsideAddress('tenant-sync-aside-x@fabrikam.com')).toBe(false)
  })
})
