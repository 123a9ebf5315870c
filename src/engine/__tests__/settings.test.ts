import { describe, expect, test } from '@jest/globals'
import { settingsOf } from '../settings.ts'

const PROFILE = {
  name: 'people',
  from: [
    { entra: 'fabrikam', groups: ['All Staff'] },
    { csv: 'partners.csv', hidden: 'exclude' },
  ],
  limits: { deletes: '10%' },
  mapping: {},
  adopt: [],
}

/** The paths of the settings in which two profiles differ. */
function differing(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
  const [before, after] = [settingsOf(one), settingsOf(other)]
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  )
}

test('each setting stands under its path, without places in lists', () => {
  expect([...settingsOf(PROFILE).keys()]).toEqual([
    'name',
    'from.entra',
    'from.groups',
    'from.csv',
    'from.hidden',
    'limits.deletes',
    'mapping',
    'adopt',
  ])
})

describe('a setting differs', () => {
  test.each([
    ['with its value', { ...PROFILE, limits: { deletes: '20%' } }, ['limits.deletes']],
    [
      'with the order of a list',
      { ...PROFILE, adopt: ['ctcs', 'gcch'] },
      { ...PROFILE, adopt: ['gcch', 'ctcs'] },
      ['adopt'],
    ],
    [
      'with the place of its entry',
      { ...PROFILE, from: [PROFILE.from[1], PROFILE.from[0]] },
      ['from.entra', 'from.groups', 'from.csv', 'from.hidden'],
    ],
    ['when it is new', { ...PROFILE, mapping: { title: 'x' } }, ['mapping', 'mapping.title']],
  ])('%s', (_, ...given) => {
    const paths = given.at(-1) as string[]
    const [one, other = PROFILE] = given.slice(0, -1) as Record<string, unknown>[]
    expect(differing(one!, other).sort()).toEqual([...paths].sort())
  })

  test('and not with the order of its keys', () => {
    expect(differing(PROFILE, Object.fromEntries(Object.entries(PROFILE).reverse()))).toEqual([])
  })
})
