import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseExpression as servicesParser } from '../../../../simulator/graph/cross-tenant/expression/parse.ts'
import { sourceOf as kept } from '../../../../simulator/graph/cross-tenant/expression/source.ts'
import { quoted, written } from '../expression.ts'
import { constantIn, meaningOf, readable } from '../meaning.ts'
import { anyText, tree, writing } from './trees.ts'

describe('two expressions mean the same', () => {
  test.each([
    ['append( [DisplayName],  " x" )', 'Append([displayName]," x")'],
    ['Mid([mail], 1, 8)', 'Mid([mail], "1", "8")'],
    ['"a\\d"', '"a\\\\d"'],
    ['IIF([a]="b", "c", "d")', 'iif([A] = "b","c","d")'],
  ])('%s and %s', (one, other) => {
    expect(meaningOf(one)).toBe(meaningOf(other))
  })

  test('however they are spaced and cased', () => {
    fc.assert(
      fc.property(writing, ({ expression, text }) => {
        expect(meaningOf(text)).toBe(meaningOf(written(expression)))
      }),
    )
  })

  test('when the service wrote one of them in its own way', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        const text = written(expression)
        expect(meaningOf(kept(servicesParser(text)).expression)).toBe(meaningOf(text))
      }),
    )
  })
})

describe('two expressions differ', () => {
  test.each([
    ['Append([displayName], " X")', 'Append([displayName], " x")'],
    ['Switch([a], , "k", "v")', 'Switch([a], "", "k", "v")'],
    ['[displayName]', '"displayName"'],
    ['IIF([a] < "b", "c", "d")', 'IIF([a] <= "b", "c", "d")'],
  ])('%s and %s', (one, other) => {
    expect(meaningOf(one)).not.toBe(meaningOf(other))
  })

  test('when their constants do', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(meaningOf(quoted(one)) === meaningOf(quoted(other))).toBe(one === other)
      }),
    )
  })
})

test('what does not parse counts, and is shown, as itself', () => {
  expect(meaningOf('Apend([a])')).toBe('Apend([a])')
  expect(readable('Apend([a])')).toBe('Apend([a])')
})

test('a constant is known by its value', () => {
  expect(['"a \\"b\\""', '8', '[a]', 'Now()', 'Member'].map(constantIn)).toEqual([
    'a "b"',
    '8',
    undefined,
    undefined,
    undefined,
  ])
})
