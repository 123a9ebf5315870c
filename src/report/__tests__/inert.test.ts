import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  code,
  columns,
  commentValue,
  htmlText,
  mermaidLabel,
  prose,
  terminalText,
  unformulated,
  visible,
} from '../inert.ts'
import { CORPUS, hostileText } from './corpus.ts'

const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u

describe('what cannot be seen is shown', () => {
  test.each([
    ['a\nb\tc', 'a␊b␉c'],
    ['\u001b[31mred', '␛[31mred'],
    ['\u007f', '␡'],
    ['abc\u202ecba', 'abc\\u{202e}cba'],
    ['a\u200bb\u{e0041}', 'a\\u{200b}b\\u{e0041}'],
    ['\ud800x', '\\u{d800}x'],
    ['\u009b31m', '\\u{9b}31m'],
    ['Zoë Ångström', 'Zoë Ångström'],
  ])('%j', (text, shown) => expect(visible(text)).toBe(shown))

  test('marks that draw over their neighbours are left out', () => {
    expect(visible(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`)
  })

  test('nothing unseen is left of any text', () => {
    fc.assert(fc.property(hostileText, (text) => expect(visible(text)).not.toMatch(UNSEEN)))
  })

  test('twice is as once', () => {
    fc.assert(fc.property(hostileText, (text) => expect(visible(visible(text))).toBe(visible(text))))
  })
})

describe('a long text is shortened', () => {
  test('by whole characters, with an ellipsis', () => {
    expect(visible('👩abcdef', 5)).toBe('👩ab…')
    expect(visible('abcdef', 6)).toBe('abcdef')
    expect(visible('李明李明', 5)).toBe('李明…')
  })

  test('never within what a character is shown as', () => {
    expect(visible('ab\u202ecd', 10)).toBe('ab…')
    expect(visible('ab\u202ecd', 11)).toBe('ab\\u{202e}…')
  })

  test('to no more columns than told', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (text, max) =>
        expect(columns(visible(text, max))).toBeLessThanOrEqual(max),
      ),
    )
  })
})

test('a spreadsheet computes nothing', () => {
  expect(['=1+1', '@SUM(A1)', '-2', '+A1', ' =1', '＝1'].map(unformulated)).toEqual([
    "'=1+1",
    "'@SUM(A1)",
    "'-2",
    "'+A1",
    "' =1",
    "'＝1",
  ])
  expect(['Ada', '1-2', "'=1"].map(unformulated)).toEqual(['Ada', '1-2', "'=1"])
})

describe('Markdown', () => {
  test('a code span has a fence that its text does not hold', () => {
    expect(code('Ada')).toBe('`Ada`')
    expect(code('a`b')).toBe('``a`b``')
    expect(code('`a``')).toBe('``` `a`` ```')
    expect(code(' ')).toBe('`(empty)`')
  })

  test('prose keeps together what is quoted', () => {
    expect(prose('Give the job `permissions: { issues: write }`, with `a`. Not ` ` or `` or a`b.')).toBe(
      'Give the job `permissions: { issues: write }`, with `a`. Not `` ` `` `` ` `` or ``` `` ``` or ``a`b``.',
    )
  })

  test('prose keeps plain words, and puts all others in code', () => {
    expect(prose('Ask @octocat about #12, GH-12 or deadbeef, (really) "soon".')).toBe(
      'Ask `@octocat` about `#12`, `GH-12` or `deadbeef`, (really) "soon".',
    )
    expect(prose('1. first\n- second well-known')).toBe('`1.` `first␊-` second well-known')
  })
})

test('a value within an HTML comment cannot end it', () => {
  for (const text of CORPUS) expect(commentValue(text)).not.toMatch(/--|[\s<>]/)
  expect(commentValue('sha256:9d')).toBe('sha256:9d')
})

test('HTML: nothing is left that begins a tag, a reference or ends an attribute', () => {
  expect(htmlText(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;')
})

test('a diagram has a label, whatever the name', () => {
  expect(mermaidLabel('https://hr.fabrikam.com/people')).toBe('hr.fabrikam.com people')
  expect(mermaidLabel('1. "x"]; click')).toBe('1 x click')
  expect(mermaidLabel('"]')).toBe('unnamed')
})

test('a log takes no commands from a text', () => {
  expect(terminalText('::error::x')).toBe(': :error::x')
  expect(terminalText('  ::error::x')).toBe('  : :error::x')
  expect(terminalText('a ::error::x')).toBe('a : :error::x')
  expect(terminalText(':::error::x')).toBe(': : :error::x')
  expect(terminalText('x ##[error]y')).toBe('x # #[error]y')
})

test('what a terminal or a log reads begins no command that the text after it completes', () => {
  expect(`${terminalText(':')}: denied`).toBe(': : denied')
  expect(`${terminalText('x ##')}[error]y`).toBe('x # #[error]y')
})
