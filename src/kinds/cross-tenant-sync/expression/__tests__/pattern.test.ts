import { describe, expect, test } from '@jest/globals'
import { patternFault } from '../pattern.ts'

describe('a pattern that .NET reads is none of our business', () => {
  test.each([
    '.*\\@domain.com',
    '([1-9][0-9])',
    '(?i)abc',
    '(?i-s:abc)+',
    '(?<Suffix>@(.)*)',
    "(?'Suffix'@.*)",
    '(?>a+)b',
    'a(?=b)(?!c)(?<=d)(?<!e)',
    '(?#why)a',
    '(?(a)b|c)',
    '(?<Close-Open>\\))',
    '\\A\\p{L}+\\z',
    '\\(?:',
  ])('%s', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined()
  })
})

describe('a pattern that nobody reads is at fault', () => {
  test.each([
    ['(', 'unterminated group'],
    ['a)', "unmatched ')'"],
    ['[a', 'unterminated character class'],
    ['*a', 'nothing to repeat'],
    ['(?i)(', 'unterminated group'],
    ['[z-a]', 'range out of order in character class'],
    ['a\\', '\\ at end of pattern'],
  ])('%s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault)
  })
})
