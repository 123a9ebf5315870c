import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { formatMark, parseMark } from '../../mark.ts'
import { derivedName, isDerivedName, parseCtcsMark } from '../mark.ts'

const profile = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/)
const ID = 'aaaaaaaa-0000-4000-8000-000000000001'

describe('a mark', () => {
  test('names profile and person', () => {
    expect(formatMark({ profile: 'people', person: ID })).toBe(`tenant-sync:people:${ID}`)
    expect(formatMark({ profile: 'people', person: ID, leaver: '2026-11-21' })).toBe(
      `tenant-sync:people:${ID}:leaver:2026-11-21`,
    )
  })

  test('is read as it was written, whatever the id', () => {
    const leaver = fc.option(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      { nil: undefined },
    )
    fc.assert(
      fc.property(profile, fc.string({ minLength: 1 }), leaver, (name, person, date) => {
        fc.pre(!/:leaver:\d{4}-\d\d-\d\d$/.test(person))
        const mark = { profile: name, person, ...(date && { leaver: date.toISOString().slice(0, 10) }) }
        expect(parseMark(formatMark(mark))).toEqual(mark)
      }),
    )
  })

  test.each([
    '',
    'tenant-sync',
    'tenant-sync:',
    'tenant-sync:people',
    'tenant-sync:people:',
    'tenant-sync:People:1',
    'tenant-sync::1',
    'tenant-sync:-x:1',
    ' tenant-sync:people:1',
    'Tenant-Sync:people:1',
    `tenant-sync:${'x'.repeat(64)}:1`,
    `XTSYNC|t|User|${ID}`,
  ])('is not "%s"', (text) => {
    expect(parseMark(text)).toBeUndefined()
  })
})

describe('a mark of CTCS', () => {
  test.each([
    ['XTSYNC|T-1|User|P-1', { tenantId: 't-1', person: 'p-1' }],
    ['XTSYNC|T-1|Group|P-1', { tenantId: 't-1', person: 'p-1' }],
    ['XTSYNC|T-1|P-1', { tenantId: 't-1', person: 'p-1' }],
    ['XTSYNC|T-1', undefined],
    ['XTSYNC|T-1|', undefined],
    ['XTSYNC||User|P-1', undefined],
    ['XTSYNC|T-1|User|P-1|x', undefined],
    ['xtsync|T-1|P-1', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseCtcsMark(text)).toEqual(expected)
  })
})

describe('a derived name', () => {
  test('depends on profile and person alone', () => {
    expect(derivedName('people', ID)).toBe(derivedName('people', ID))
    expect(derivedName('people', ID)).toBe('tenant-sync-788d884b0d93c0da6d40e095367301b8')
  })

  test('is different for different people and profiles, and fits name and alias', () => {
    fc.assert(
      fc.property(fc.tuple(profile, fc.string()), fc.tuple(profile, fc.string()), (one, other) => {
        const names = [derivedName(...one), derivedName(...other)] as const
        expect(names[0] === names[1]).toBe(one[0] === other[0] && one[1] === other[1])
        expect(names[0]).toMatch(/^[a-z0-9-]{1,64}$/)
        expect(isDerivedName(names[0])).toBe(true)
      }),
    )
  })

  test.each(['Ada Lovelace', 'tenant-sync-', 'tenant-sync-people', `x-${derivedName('a', 'b')}`])(
    'is not "%s"',
    (name) => {
      expect(isDerivedName(name)).toBe(false)
    },
  )
})
