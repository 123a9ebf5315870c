import { describe, expect, test } from '@jest/globals'
import template from '../../../../simulator/graph/cross-tenant/synchronization/azure2azure.json' with { type: 'json' }
import { meaningOf } from '../meaning.ts'
import { parseExpression } from '../parse.ts'
import { sourceOf } from '../source.ts'

const attribute = (name: string) => ({ expression: `[${name}]`, name, type: 'Attribute', parameters: [] })
const constant = (name: string) => ({ expression: `"${name}"`, name, type: 'Constant', parameters: [] })

test('a function names its arguments', () => {
  expect(sourceOf(parseExpression('append([displayName]," (Fabrikam)")'))).toEqual({
    expression: 'Append([displayName], " (Fabrikam)")',
    name: 'Append',
    type: 'Function',
    parameters: [
      { key: 'source', value: attribute('displayName') },
      { key: 'suffix', value: constant(' (Fabrikam)') },
    ],
  })
})

test('a comparison names its sides', () => {
  expect(sourceOf(parseExpression('IIF([country]="UK", 1, "no")')).parameters).toEqual([
    {
      key: 'condition',
      value: {
        expression: '[country] = "UK"',
        name: '=',
        type: 'Function',
        parameters: [
          { key: 'left', value: attribute('country') },
          { key: 'right', value: constant('UK') },
        ],
      },
    },
    { key: 'valueIfTrue', value: { expression: '1', name: '1', type: 'Constant', parameters: [] } },
    { key: 'valueIfFalse', value: constant('no') },
  ])
})

describe('each source of the service’s own template comes out as it stands there', () => {
  const mappings = template.rules[0]!.objectMappings[0]!.attributeMappings
  test.each(mappings.map(({ targetAttributeName, source }) => [targetAttributeName, source] as const))(
    '%s',
    (_, source) => {
      const ours = sourceOf(parseExpression(source.expression))
      expect(meaningOf(ours.expression)).toBe(meaningOf(source.expression))
      // White space is the service's own.
      expect({ ...ours, expression: source.expression }).toEqual(source)
    },
  )
})
