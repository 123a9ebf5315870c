import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ExpressionError } from '../expression.ts'
import { person } from '../person.ts'
import { compileTemplate } from '../template.ts'

const ada = person({
  id: 'ada-1',
  displayName: 'Ada Lovelace',
  surname: 'Lovelace',
  givenName: 'Ada',
  businessPhones: ['1', '2'],
})

const rendered = (text: string) => compileTemplate(text).render(ada)

describe('the text of a mapping', () => {
  test.each<[string, string | string[]]>([
    ['Fabrikam', 'Fabrikam'],
    ['', ''],
    ['{{displayName}}', 'Ada Lovelace'],
    ['{{ displayName }}', 'Ada Lovelace'],
    ['{{displayName}} (Fabrikam)', 'Ada Lovelace (Fabrikam)'],
    ['{{surname}}, {{givenName}}', 'Lovelace, Ada'],
    ['{{surname}}{{givenName}}', 'LovelaceAda'],
    [' {{surname}} ', ' Lovelace '],
    ['{{ department }}', ''],
    ['{ {surname} }', '{ {surname} }'],
    ['{{ size(businessPhones) }} phones', '2 phones'],
    ['{{ surname == "" }}', 'false'],
    ['{{ "{{" }}', '{{'],
    ['{{ "}}" }}!', '}}!'],
    [`{{ '}}' + r"\\}}" }}`, String.raw`}}\}}`],
    [String.raw`{{ "\"}}" }}`, '"}}'],
    ['{{ """a}}"b""" }}', 'a}}"b'],
    ['{{ {"a": {"b": surname}}["a"]["b"] }}', 'Lovelace'],
  ])('%j', (text, expected) => {
    expect(rendered(text)).toEqual(expected)
  })

  test('is literal where there are no double braces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{') && !text.includes('}}'))
        expect(rendered(text)).toBe(text)
      }),
    )
  })

  test('reads the fields of all its expressions', () => {
    expect([...compileTemplate('{{surname}}, {{ givenName + businessPhones[0] }}').reads]).toEqual([
      'surname',
      'givenName',
      'businessPhones',
    ])
  })
})

describe('a list', () => {
  test('stays a list when it is the whole text', () => {
    expect(rendered('{{businessPhones}}')).toEqual(['1', '2'])
    expect(rendered('{{ businessPhones + [surname] }}')).toEqual(['1', '2', 'Lovelace'])
    expect(rendered('{{ [] }}')).toEqual([])
  })
})

describe('what is wrong is told with its place in the whole text', () => {
  test.each<[string, string, number]>([
    ['{{ displayNam }}', 'a person has no field `displayNam`: did you mean `displayName`?', 3],
    ['{{surname}}, {{ givenNam }}', 'a person has no field `givenNam`: did you mean `givenName`?', 16],
    ['Hello {{ surname', '`{{` without `}}` behind it', 6],
    ['{{ "}}', 'Unterminated string', 3],
    ['Hello }} {{surname}}', '`}}` without `{{` before it', 6],
    ['{{surname}}}}', '`}}` without `{{` before it', 11],
    ['a {{ }}', 'nothing stands between `{{` and `}}`', 4],
    ['tel {{businessPhones}}', 'a list within a text: join(list, ", ") makes it a text', 6],
    ['{{ null }}', 'an attribute is a text, and this gives null', 3],
    ['{{ dyn(surname) }}', 'an attribute is a text, and this gives dyn', 3],
    ['{{ [1] }}', 'an attribute is a text, and this gives a list', 3],
    ['x {{ {"a": 1} }}', 'an attribute is a text, and this gives map<string, int>', 5],
  ])('%s', (text, message, offset) => {
    let fault: unknown
    try {
      compileTemplate(text)
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(ExpressionError)
    expect(fault).toMatchObject({ message, offset })
  })
})
