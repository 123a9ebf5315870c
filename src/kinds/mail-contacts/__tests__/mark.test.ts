import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { derivedNames, formatMark, isDerivedName, parseMark } from '../../../people/mark.ts'
import { parseCtcsMark } from '../mark.ts'

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

describe('derived names', () => {
  test('depend on profile and person alone', () => {
    expect(derivedNames('people', ID)).toEqual(derivedNames('people', ID.toUpperCase()))
    expect(derivedNames('people', ID)[0]).toBe('tenant-sync-788d884b0d93c0da6d40e095367301b8')
  })

  test('are different for different people and profiles, and fit name and alias', () => {
    fc.assert(
      fc.property(fc.tuple(profile, fc.string()), fc.tuple(profile, fc.string()), (one, other) => {
        const [names, others] = [derivedNames(...one), derivedNames(...other)]
        const isSame = one[0] === other[0] && one[1].toLowerCase() === other[1].toLowerCase()
        expect(new Set([...names, ...others]).size).toBe(isSame ? names.length : 2 * names.length)
        for (const name of names) {
          expect(name).toMatch(/^[a-z0-9-]{1,64}$/)
          expect(isDerivedName(name)).toBe(true)
        }
      }),
    )
  })

  test.each(['Ada Lovelace', 'tenant-sync-', 'tenant-sync-people', `x-${derivedNames('a', 'b')[0]}`])(
    'are not "%s"',
    (name) => {
      expect(isDerivedName(name)).toBe(false)
    },
  )
})
