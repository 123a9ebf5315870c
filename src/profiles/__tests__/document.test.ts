import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { readDocument } from '../document.ts'
import type { FaultOptions, Path } from '../fault.ts'

const at = (text: string, path: Path, options?: FaultOptions) => {
  const { line, column } = readDocument(text).position(path, options)
  return `${line}:${column}`
}

describe('the place of a key and of a value', () => {
  const text = [
    '# comment',
    'name: a',
    'to:',
    '  tenant: contoso',
    '  owns: [x.com, y.com]',
    'from:',
    '- entra: a',
    '  where:',
  ].join('\n')

  test.each<[Path, string, FaultOptions]>([
    [[], '2:1', {}],
    [['name'], '2:7', {}],
    [['name'], '2:1', { key: true }],
    [['to', 'tenant'], '4:11', {}],
    [['to', 'owns', 1], '5:17', {}],
    [['from', 0, 'entra'], '7:10', {}],
    [['from', 0, 'entra'], '7:3', { key: true }],
  ])('%j stands at %s', (path, place, options) => {
    expect(at(text, path, options)).toBe(place)
  })

  test('what is missing is missing from the mapping around it', () => {
    expect(at(text, ['to', 'mark'])).toBe('4:3')
    expect(at(text, ['from', 0, 'include', 3])).toBe('7:3')
  })

  test('an empty value stands at its key', () => {
    expect(at(text, ['from', 0, 'where'])).toBe('8:3')
  })

  test('a value behind an alias stands at its anchor', () => {
    expect(at('a: &m\n  x: 1\nb: *m\n', ['b', 'x'])).toBe('2:6')
  })

  test('Windows line ends and a byte order mark do not move it', () => {
    expect(at('\ufeffa: 1\r\nb: 22\r\n', ['b'])).toBe('2:4')
  })
})

describe('a place within a text', () => {
  test.each<[string, string, number, string]>([
    ['plain', 'k: abc def', 4, '1:8'],
    ['single quotes', "k: 'abc def'", 4, '1:9'],
    ['a doubled quote before it', "k: 'a''c def'", 4, '1:10'],
    ['double quotes', 'k: "abc def"', 4, '1:9'],
    ['escapes before it', String.raw`k: "\u00e4\t\x41\\ def"`, 5, '1:20'],
    ['its end', 'k: "ab"', 2, '1:7'],
    ['a folded text: its beginning', 'k: >\n  abc\n  def\n', 5, '1:4'],
    ['a literal text: its beginning', 'k: |\n  abc\n', 2, '1:4'],
    ['a text over two lines: its beginning', 'k: "abc\n  def"', 5, '1:4'],
  ])('%s', (_style, text, offset, place) => {
    expect(at(text, ['k'], { offset })).toBe(place)
  })

  test('is the character that stands there', () => {
    const style = fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE')
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z'"\\ ]{0,8}Z[a-z' ]{0,8}$/), style, (value, defaultStringType) => {
        const text = stringify(
          { k: value },
          { defaultStringType: defaultStringType as 'PLAIN', lineWidth: 0 },
        )
        const { column } = readDocument(text).position(['k'], { offset: value.indexOf('Z') })
        expect(text[column - 1]).toBe('Z')
      }),
    )
  })
})

describe('a file that is no profile at all', () => {
  const faults = (text: string) =>
    readDocument(text).faults.map(({ position, message }) => `${position.line}:${position.column} ${message}`)

  test.each<[string, string, string[]]>([
    ['a key twice', 'a: 1\nb: 2\na: 3\n', ['3:1 this key stands here for the second time']],
    ['a tab', 'a:\n\tb: 1\n', ['2:1 a tab cannot indent: use spaces']],
    ['two documents', 'a: 1\n---\nb: 2\n', ['2:1 a second document begins here: a file holds one']],
    [
      'braces without quotes',
      'a: {{b}}\n',
      ['1:5 a text with {{ }} stands in quotes: YAML takes a brace for a mapping'],
    ],
    [
      'braces and a text',
      'a: {{b}} c\n',
      ['1:5 a text with {{ }} stands in quotes: YAML takes a brace for a mapping'],
    ],
    ['no such anchor', 'a: *b\n', ['1:4 there is no anchor `&b` before this']],
    ['an anchor within itself', 'a: &a [*a]\n', ['1:1 an alias stands within its own anchor']],
    ['a tag', 'a: !!js/function x\n', ['1:4 not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function']],
    [
      'an open quote',
      'a: "b\n',
      [expect.stringMatching(/^2:1 not valid YAML: Missing closing "quote/) as never],
    ],
    [
      'no end of nesting',
      `a: ${'['.repeat(50_000)}`,
      [expect.stringContaining('nested too deeply') as never],
    ],
    ['more than a profile', `a: ${'x'.repeat(1_048_576)}`, ['1:1 the file is larger than 1 MiB']],
  ])('%s', (_what, text, expected) => {
    expect(faults(text)).toEqual(expected)
    expect(readDocument(text).data).toBeUndefined()
  })

  test('a small file that stands for a huge one', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef'])
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`)
    expect(faults(bomb.join('\n'))).toEqual(['1:1 its anchors are repeated more than 100 times'])
  })
})

describe('what it reads', () => {
  test.each<[string, unknown]>([
    ['until: 2026-11-30', { until: '2026-11-30' }],
    ['a: yes', { a: 'yes' }],
    ['a: ~', { a: null }],
    ['a: 0x10', { a: 16 }],
    ['a: .inf', { a: 'Infinity' }],
    ['%YAML 1.1\n---\na: 2026-11-30', { a: '2026-11-30' }],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['', null],
  ])('%j', (text, data) => {
    expect(readDocument(text).data).toEqual(data)
  })

  test('what an alias stands for can be changed by itself', () => {
    const data = readDocument('a: &x { b: 1 }\nc: *x').data as Record<'a' | 'c', object>
    expect(data.a).not.toBe(data.c)
  })

  test('`__proto__` is a key like any other', () => {
    const data = readDocument('__proto__: { polluted: true }').data as object
    expect(Object.keys(data)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
