import { describe, expect, test } from '@jest/globals'
import { countryNamed } from '../../../simulator/exchange/countries.ts'
import { countryCode, countryParameter } from '../countries.ts'

describe('a country', () => {
  test.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    [' Germany ', 'DE'],
    ['GERMANY', 'DE'],
    ['UK', 'GB'],
    ['United States of America', 'US'],
    ['Czech Republic', 'CZ'],
    ['Czechia', 'CZ'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['The Netherlands', 'NL'],
    ['Ivory Coast', 'CI'],
    ['Antigua and Barbuda', 'AG'],
    ['Saint Kitts and Nevis', 'KN'],
    ['St. Kitts & Nevis', 'KN'],
    ['Cote d’Ivoire', 'CI'],
    ['The Gambia', 'GM'],
    ['Congo (DRC)', 'CD'],
    ['Congo', 'CG'],
  ])('%s is %s', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })

  test.each(['Deutschland', 'Ruritania', 'XX', 'ZZ', 'EU', 'UN', 'D', 'DEU', '', '  ', '12', 'constructor'])(
    '"%s" is none',
    (text) => {
      expect(countryCode(text)).toBeUndefined()
      expect(countryParameter(text)).toBeUndefined()
    },
  )
})

describe('what is sent', () => {
  test.each([
    ['Germany', 'Germany'],
    ['DE', 'DE'],
    ['de', 'DE'],
    ['Côte d’Ivoire', 'CI'],
    ["Côte d'Ivoire", 'CI'],
    ['Réunion', 'RE'],
    ['Bosnia & Herzegovina', 'BA'],
    ['Czechia', 'CZ'],
    ['South Korea', 'KR'],
    ['United States', 'United States'],
  ])('for %s is %s', (country, parameter) => {
    expect(countryParameter(country)).toBe(parameter)
  })

  test('for every country there is, Exchange takes, and shows as one and the same', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const codes = letters.flatMap((first) => letters.map((second) => first + second))
    const known = codes.filter((code) => countryCode(code) === code)
    expect(known.length).toBeGreaterThan(240)
    const names = new Intl.DisplayNames(['en'], { type: 'region' })
    for (const code of known)
      for (const text of [code, names.of(code)!]) {
        const shown = countryNamed(countryParameter(text)!)
        expect([text, shown === undefined ? undefined : countryCode(shown)]).toEqual([text, code])
      }
  })
})
