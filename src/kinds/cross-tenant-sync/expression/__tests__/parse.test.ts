import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { attributesOf, ExpressionError, written } from '../expression.ts'
import { FUNCTIONS } from '../functions.ts'
import { parseExpression } from '../parse.ts'
import { tree } from './trees.ts'

describe('an expression of Microsoft’s own examples parses', () => {
  test.each([
    'Append([userPrincipalName], ".test")',
    'AppRoleAssignmentsComplex([appRoleAssignments])',
    'BitAnd(&HF, &HF7)',
    'CBool([attribute1] = [attribute2])',
    'DateAdd("d", -10, CDate([StatusHireDate]))',
    'DateFromNum(129699324000000000)',
    'FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")',
    'Guid()',
    'IIF([country]="USA",IIF([state]="CA","True","False"),"False")',
    'InStr("repEated","e",3,vbBinaryCompare)',
    'Item([proxyAddresses], 1)',
    'NumFromDate(Join("", FormatDateTime([ContractEndDate], ,"yyyy-MM-ddzzz", "yyyy-MM-dd"), " 23:59:59-08:00"))',
    `PCase([lastName]," '-")`,
    'Redact(RandomString(10,2,2,2,1,"?,"))',
    'Replace([BusinessTitle],"Product Developer", , , "Software Engineer", , )',
    'Replace([telephoneNumber], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", , "${phoneNumber}", , )',
    'Replace([mobile], , "[()\\s-]+", , "", , )',
    'SelectUniqueValue(Join("@", [mailNickname], "contoso.com"), Join("@", [employeeId], "contoso.com"))',
    'Switch([Active], , "1", IIF(DateDiff("d", Now(), CDate([StatusHireDate])) > 5, "False", "True"), "0", "False")',
    'Switch([IsSoftDeleted],,"False","True","True","False")',
    'Word("This,string!has&many separators",3,",!&#")',
    '[extension_0123456789abcdef0123456789abcdef_costCenter]',
    '"Company name: \\"Contoso\\""',
  ])('%s', (text) => {
    expect(() => parseExpression(text)).not.toThrow()
  })
})

test('every function of the reference is known, by its name in any case', () => {
  expect(FUNCTIONS).toHaveLength(47)
  for (const { name, least } of FUNCTIONS) {
    const args = Array.from({ length: least }, () => '"1"').join(',')
    expect(written(parseExpression(`${name.toLowerCase()}(${args})`)).startsWith(`${name}(`)).toBe(true)
  }
})

describe('what does not parse is told with its column', () => {
  test.each<[string, number, string]>([
    ['', 1, 'there is no expression'],
    ['  ', 3, 'there is no expression'],
    [
      'displayName',
      1,
      '`displayName` is neither an attribute nor a text: write [displayName] for an attribute, "displayName" for a text',
    ],
    ['Append', 1, '`Append` is neither an attribute nor a text: a function has its arguments in parentheses'],
    ['[displayName', 1, 'expected the name of an attribute and `]`, such as [displayName]'],
    ['Append([a], "b', 13, 'a text that does not end: expected `"`'],
    ['Append([a], "b"', 16, 'expected `,` or `)`, found the end'],
    ['Append([a] "b")', 12, 'expected `,` or `)`, found `"`'],
    ['Append([a], “b”)', 13, 'expected an attribute, a text or a function, found `“`'],
    ['ToLower(Apend([a], "b"))', 9, 'there is no function `Apend`: did you mean `Append`?'],
    ['Frobnicate([a])', 1, 'there is no function `Frobnicate`'],
    ['Append([a])', 1, '`Append` takes 2 arguments (source, suffix), not 1'],
    ['Now("x")', 1, '`Now` takes 0 arguments, not 1'],
    ['Trim()', 1, '`Trim` takes 1 argument (source), not 0'],
    ['ToLower([a], "b", "c")', 1, '`ToLower` takes 1 to 2 arguments (source, culture), not 3'],
    ['Join(" ")', 1, '`Join` takes 2 or more arguments (separator, source, ...), not 1'],
    [
      'Switch([a], "b", "c", "d", "e")',
      1,
      '`Switch` takes 4 or more arguments (source, defaultValue, key, value, ...), in pairs, not 5',
    ],
    ['[a] [b]', 5, 'expected the end, found `[`'],
    ['[a] = [b] = [c]', 11, 'expected the end, found `=`'],
    ['Replace([a], , "(", , "b", , )', 16, 'not a regular expression: unterminated group'],
  ])('%s', (text, column, message) => {
    const error = failure(text)
    expect(error).toBeInstanceOf(ExpressionError)
    expect([error?.column, error?.message]).toEqual([column, message])
  })

  test('even when it is deeper than a call stack', () => {
    const deep = `${'Trim('.repeat(100_000)}"a"${')'.repeat(100_000)}`
    expect(failure(deep)?.message).toBe('functions within functions, more than 100 deep')
  })

  test('whatever it is: nothing else is ever thrown', () => {
    const pieces = fc.constantFrom(
      'Append',
      'IIF',
      '(',
      ')',
      ',',
      '"',
      '\\',
      '[',
      ']',
      'a',
      ' ',
      '=',
      '<',
      '-1',
      '&',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join('')
        const error = failure(text)
        if (!error) return
        expect(error.column).toBeGreaterThanOrEqual(1)
        expect(error.column).toBeLessThanOrEqual(text.length + 1)
      }),
      { numRuns: 1000 },
    )
  })
})

test('what is written parses to the same tree', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      expect(parseExpression(written(expression))).toEqual(expression)
    }),
  )
})

test('the attributes that an expression reads are told', () => {
  expect(attributesOf(parseExpression('IIF([a]="x", Append([b], [c]), "d")'))).toEqual(['a', 'b', 'c'])
})

function failure(text: string): ExpressionError | undefined {
  try {
    parseExpression(text)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}
