import { describe, expect, test } from '@jest/globals'
import { domainOf, isDomain, isMailAddress, localPartOf, normalAddress } from '../address.ts'

describe('a mail address', () => {
  test.each([
    'ada@fabrikam.com',
    "Ada.O'Brien+news@mail.fabrikam.co.uk",
    'a@b-c.de',
    `${'a'.repeat(64)}@fabrikam.com`,
    'x=y/z@fabrikam.com',
  ])('%s is one', (text) => {
    expect(isMailAddress(text)).toBe(true)
  })

  test.each([
    '',
    'ada',
    '@fabrikam.com',
    'ada@',
    'ada@localhost',
    'ada@@fabrikam.com',
    'ada lovelace@fabrikam.com',
    'ada@fabri kam.com',
    'ada,bob@fabrikam.com',
    '"ada"@fabrikam.com',
    'ada@fabrikam.com\n',
    'ada\u0000@fabrikam.com',
    'ada\u202e@fabrikam.com',
    'ädä@fabrikam.com',
    'ada@fabrikäm.com',
    '.ada@fabrikam.com',
    'ada.@fabrikam.com',
    'a..da@fabrikam.com',
    'ada@-fabrikam.com',
    'ada@fabrikam..com',
    'ada@[10.0.0.1]',
    'SMTP:ada@fabrikam.com',
    `${'a'.repeat(65)}@fabrikam.com`,
    `ada@${'a'.repeat(64)}.com`,
    `ada@${'a23456789.'.repeat(26)}com`,
  ])('%j is none', (text) => {
    expect(isMailAddress(text)).toBe(false)
  })

  test('is told apart without regard to case', () => {
    expect(normalAddress('Ada@Fabrikam.COM')).toBe('ada@fabrikam.com')
  })

  test('has a local part and a domain, around the last @', () => {
    expect([localPartOf('Ada@x@Fabrikam.com'), domainOf('Ada@x@Fabrikam.com')]).toEqual([
      'Ada@x',
      'fabrikam.com',
    ])
  })

  test('what is none has neither', () => {
    expect([localPartOf('ada'), domainOf('ada'), localPartOf(''), domainOf('')]).toEqual(['', '', '', ''])
  })
})

test.each([
  ['fabrikam.com', true],
  ['a.b.c.museum', true],
  ['fabrikam', false],
  ['fabrikam.com.', false],
  ['*.fabrikam.com', false],
])('domain %s: %s', (text, valid) => {
  expect(isDomain(text)).toBe(valid)
})
