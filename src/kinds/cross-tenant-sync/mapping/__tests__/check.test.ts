import { describe, expect, test } from '@jest/globals'
import { checkAgainst } from '../../../../profiles/check.ts'
import { crossTenantSyncSchema, type CrossTenantSyncProfile } from '../../schema.ts'
import { mappingFaults } from '../check.ts'
import { OPERATORS } from '../operators.ts'
import { profile } from './schemas.ts'

const ofMapping = (mapping: CrossTenantSyncProfile['mapping']) => mappingFaults(profile(mapping))
const ofClause = (clause: object) => mappingFaults(profile(undefined, [clause as never]))

test('what Microsoft’s language allows has no fault', () => {
  const mapping = {
    displayName: { expression: 'Append([displayName], " (Fabrikam)")' },
    userType: { constant: 'not (an expression' },
    telephoneNumber: { remove: true as const },
  }
  const where = [
    { attribute: 'department', operator: 'EQUALS' as const, values: ['Sales'] },
    { attribute: 'userPrincipalName', operator: 'REGEX MATCH' as const, values: ['(?i).*@fabrikam\\.com'] },
    { attribute: 'employeeId', operator: 'GREATER_THAN' as const, values: ['1000'] },
    { attribute: 'mail', operator: 'IS NOT NULL' as const },
  ]
  expect(mappingFaults(profile(mapping, where))).toEqual([])
})

describe('a mapping', () => {
  test('whose expression does not parse is told with the column, and where in the file', () => {
    expect(
      ofMapping({ city: { constant: 'x' }, displayName: { expression: 'Apend([displayName], "x")' } }),
    ).toEqual([
      {
        path: ['mapping', 'displayName', 'expression'],
        message:
          'the expression does not parse at column 1: there is no function `Apend`: did you mean `Append`?',
        options: { offset: 0 },
      },
    ])
    expect(ofMapping({ city: { expression: 'Append([city] "x")' } })).toMatchObject([
      { message: expect.stringContaining('at column 15:'), options: { offset: 14 } },
    ])
  })

  test('of one attribute in two cases is told of the second', () => {
    expect(
      ofMapping({ displayName: { constant: 'x' }, mail: { constant: 'x' }, displayname: { remove: true } }),
    ).toEqual([
      {
        path: ['mapping', 'displayname'],
        message: '`displayname` and `displayName` are the same attribute: map it once',
        options: { key: true },
      },
    ])
  })
})

describe('a clause', () => {
  test.each<[object, (string | number)[], string]>([
    [{ operator: 'EQUALS' }, ['values'], '`EQUALS` needs `values` to compare with'],
    [
      { operator: 'IS NULL', values: ['x'] },
      ['values'],
      '`values` has no effect beside `operator: IS NULL`, which asks of the attribute alone',
    ],
    [
      { operator: 'NOT REGEX MATCH', values: ['.*', '('] },
      ['values', 1],
      '"(" is not a regular expression: unterminated group',
    ],
    [
      { operator: 'GREATER_THAN_OR_EQUALS', values: ['a lot'] },
      ['values', 0],
      '"a lot" is not a whole number, which `GREATER_THAN_OR_EQUALS` compares with',
    ],
  ])('%j', (clause, path, message) => {
    expect(ofClause({ attribute: 'department', ...clause })).toMatchObject([
      { path: ['scope', 'where', 0, ...path], message },
    ])
  })

  test.each(OPERATORS)('with %s and what it takes has no fault', (operator) => {
    const values = operator.startsWith('IS ') ? {} : { values: ['1'] }
    expect(ofClause({ attribute: 'department', operator, ...values })).toEqual([])
  })
})

describe('`where` stands beside whoever is in scope', () => {
  const check = checkAgainst(crossTenantSyncSchema)
  const faults = (scope: object) =>
    check({ ...profile(), scope }).map(({ path, message }) => `${path.join('.')}: ${message}`)
  const where = [{ attribute: 'department', operator: 'EQUALS', values: ['Sales'] }]

  test.each([[{ everyone: true }], [{ groups: ['Staff'] }], [{ users: ['ada@fabrikam.com'] }]])(
    '%j',
    (scope) => {
      expect(faults({ ...scope, where })).toEqual([])
    },
  )

  test('but not alone', () => {
    expect(faults({ where })).toEqual(['scope.everyone: `scope`: expected groups, users, or everyone: true'])
  })

  test('with an operator that the service has', () => {
    const [clause] = where
    expect(faults({ everyone: true, where: [{ ...clause, operator: 'EQUAL' }] })).toEqual([
      expect.stringMatching(/^scope\.where\.0\.operator: .*did you mean EQUALS\?$/),
    ])
  })
})
