import { describe, expect, test } from '@jest/globals'
import { namedPlaces, places } from '../places.ts'

const quoted = (name: string) => `"${name}"`
const NAMES = ['ada@fabrikam.com', 'bob.smith@fabrikam.com', 'cleo@fabrikam.com']

describe('where a change is made', () => {
  test('of many mailboxes their number', () => {
    expect(places(NAMES, 'full', quoted)).toBe('in 3 mailboxes')
    expect(places(Array.from({ length: 1240 }, String), 'masked', quoted)).toBe('in 1,240 mailboxes')
  })

  test.each([
    ['full', 'in "bob.smith@fabrikam.com"'],
    ['masked', 'in "B. S. @fabrikam.com"'],
    ['counts', 'in 1 mailbox'],
  ] as const)('%s: a single one %s', (detail, said) => {
    expect(places([NAMES[1]!], detail, quoted)).toBe(said)
  })

  test('nothing, where it is in no mailbox', () => expect(places(undefined, 'full', quoted)).toBe(''))
})

test('of several the first by name, and how many more', () => {
  expect(namedPlaces(NAMES, 3, 'masked', quoted)).toBe(
    '"A. @fabrikam.com", "B. S. @fabrikam.com" and "C. @fabrikam.com"',
  )
  expect(namedPlaces(NAMES, 1, 'full', quoted)).toBe('"ada@fabrikam.com" and 2 more')
})
