import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { evaluate } from '../evaluate.ts'
import type { Value } from '../functions.ts'
import { ExpressionError, attributesOf, parseExpression } from '../parse.ts'
import { sourceOf } from '../source.ts'

const ADA: Readonly<Record<string, Value>> = {
  displayName: 'Ada Lovelace',
  country: 'UK',
  employeeId: '7',
  IsSoftDeleted: 'False',
  otherMails: ['ada@home.uk', 'ada@club.uk'],
  appRoleAssignments: ['User', 'Admin'],
}

function result(expression: string): Value {
  return evaluate(parseExpression(expression), (name) => ADA[name])
}

describe('an expression', () => {
  test.each<[string, Value]>([
    ['[displayName]', 'Ada Lovelace'],
    ['[fax]', undefined],
    ['"Member"', 'Member'],
    ['"with \\"quotes\\""', 'with "quotes"'],
    ['Append([displayName], " (Fabrikam)")', 'Ada Lovelace (Fabrikam)'],
    ['Append([fax], " (Fabrikam)")', undefined],
    ['Join(", ", [displayName], [fax], [country])', 'Ada Lovelace, UK'],
    ['Join(";", [otherMails])', 'ada@home.uk;ada@club.uk'],
    ['Replace([displayName], "a", , , "o", , )', 'Ado Loveloce'],
    ['Replace([displayName], , "[aeiou]", , "", , )', 'Ad Lvlc'],
    ['ToLower([displayName])', 'ada lovelace'],
    ['toupper([displayName], )', 'ADA LOVELACE'],
    ['Mid([displayName], 5, 4)', 'Love'],
    ['Left([displayName], 3)', 'Ada'],
    ['Right([displayName], 4)', 'lace'],
    ['Right([country], 40)', 'UK'],
    ['IIF([country]="uk", "home", "abroad")', 'home'],
    ['IIF(IsNullOrEmpty([fax]), "no fax", [fax])', 'no fax'],
    ['IIF([employeeId] >= 10, "new", "old")', 'old'],
    ['Switch([country], "elsewhere", "US", "far", "UK", "near")', 'near'],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'True'],
    ['Switch([fax], , "False", "True")', undefined],
    ['SingleAppRoleAssignment([appRoleAssignments])', 'User'],
    ['Coalesce([fax], [country])', 'UK'],
    ['Not([IsSoftDeleted])', 'True'],
    ['Trim("  a ")', 'a'],
  ])('%s gives %j', (expression, value) => {
    expect(result(expression)).toEqual(value)
  })

  test.each([
    '',
    'displayName',
    '[displayName',
    'Append([displayName]',
    'Append([displayName])',
    'Append([a], "b", "c")',
    'Shout([displayName])',
    '[a] [b]',
    '"open',
    '[a] & [b]',
    'Join()',
    'Replace([a], , "(", , "b", , )',
  ])('%j does not parse', (expression) => {
    expect(() => parseExpression(expression)).toThrow(ExpressionError)
  })

  test('names the attributes it reads', () => {
    expect(attributesOf(parseExpression('IIF([a]="x", Append([b], [c]), "d")'))).toEqual(['a', 'b', 'c'])
  })
})

describe('the service keeps an expression', () => {
  test('without white space, in its own letter case, with its arguments named', () => {
    expect(sourceOf(parseExpression('append( [displayName] , " (Fabrikam)" )'))).toEqual({
      expression: 'Append([displayName]," (Fabrikam)")',
      name: 'Append',
      type: 'Function',
      parameters: [
        {
          key: 'source',
          value: { expression: '[displayName]', name: 'displayName', type: 'Attribute', parameters: [] },
        },
        {
          key: 'suffix',
          value: { expression: '" (Fabrikam)"', name: ' (Fabrikam)', type: 'Constant', parameters: [] },
        },
      ],
    })
  })

  test('and what it keeps means the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (constant, value) => {
        const written = `IIF([a] = ${quoted(constant)} , Append( [a], ${quoted(constant)}) ,[a])`
        const kept = sourceOf(parseExpression(written)).expression
        const read = () => value
        expect(evaluate(parseExpression(kept), read)).toEqual(evaluate(parseExpression(written), read))
        expect(sourceOf(parseExpression(kept)).expression).toBe(kept)
      }),
    )
  })
})

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
