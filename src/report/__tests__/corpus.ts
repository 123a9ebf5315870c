/** Text as an attacker would put it into a directory: each of these does something somewhere when it is not inert. */
import fc from 'fast-check'

const GITHUB = [
  '@octocat',
  '@contoso/admins',
  '#12',
  'GH-12',
  'contoso/directory#1',
  'contoso/directory@deadbeefcafe',
  'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  'deadbeef',
  'ABC-123',
  'GHSA-jfhm-5ghh-2f97',
  'GHSA-xqrw-fgmh-cvpj',
  'CVE-2026-12345',
  'fixes #12',
  ':tada:',
  ':+1:',
]

const LINKS = [
  'https://evil.example/x',
  'www.evil.example',
  'ada@fabrikam.com',
  '<ada@fabrikam.com>',
  '<https://evil.example>',
  'mailto:a@b.c',
  'xmpp:a@b.c',
  'javascript:alert(1)',
  '![x](https://evil.example/p.png)',
  '[x](https://evil.example)',
  '[x]: https://evil.example',
  '[x][y]',
]

const HTML = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '</code></summary></details>',
  '</td></tr></table>',
  '</style><script>alert(1)</script>',
  '<!-- x',
  '<!--> x',
  '--> @octocat',
  '--!>',
  '<![CDATA[x]]>',
  '<?x ?>',
  '<b>',
  '&lt;b&gt;',
  '&#64;octocat',
  '&commat;octocat',
  '" onmouseover="alert(1)',
]

const MARKDOWN = [
  '`',
  '``',
  '```',
  '````',
  '~~~',
  '` @octocat `',
  '`@octocat',
  '\\`@octocat',
  '\\',
  '|',
  '\\|',
  '\\\\|',
  '| a | b |',
  '||',
  '**x**',
  '__x__',
  '~~x~~',
  '[^1]',
  '[^1]: x',
  '- [ ] x',
  '$x$',
  '$$x$$',
  '$`x`$',
  '$$',
  '# x',
  '- x',
  '+ x',
  '1. x',
  '1)',
  '> x',
  '[!CAUTION]',
  '---',
  '===',
  '***',
  '    x',
  '\tx',
]

const LINES = [
  '\n',
  '\r',
  '\r\n',
  '\n\n# x',
  '\n> @octocat',
  '\n```\n@octocat',
  '\n```math\nx\n```',
  '\v',
  '\f',
  '\u0085',
  '\u2028',
  '\u2029',
]

const RUNNER = [
  '::error::x',
  '::set-output name=x::y',
  '::add-mask::the',
  ':',
  '##',
  '::stop-commands::x',
  '\n::set-env name=PATH::x',
  '  ::group::x',
  '\u00a0::debug::x',
  '##[command]x',
  '##[error]x',
  '##[group]x',
  '##[add-mask]the',
  'name<<ghadelimiter',
  '%0A::error::x',
]

const TERMINAL = [
  '\u001b[31m',
  '\u001b[2J\u001b[H',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\u001b]8;;https://evil.example\u001b\\x\u001b]8;;\u001b\\',
  '\u001b]0;title\u0007',
  '\u001bP1$r0m\u001b\\',
  '\u001bc',
  '\u009b31m',
  '\u009d8;;https://evil.example\u009cx',
  '\u0090x\u009c',
  '\u0000',
  '\u0007',
  '\b',
  '\u007f',
]

const UNSEEN = [
  '\u202e',
  '\u202d',
  '\u202c',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\u200e',
  '\u061c',
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u3164',
  '\uffa0',
  '\ufe0f',
  '\u{e0100}',
  '\u{e0041}',
  '\ue000',
  '\ud800',
  '\udc00',
  'a\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
]

const SPREADSHEET = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("https://evil.example")',
  "=cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹦1+1',
  '+49 30 1234',
]

const MERMAID = ['%%{init: {}}%%', '"]', '"', "'", 'end', 'click t0 "javascript:alert(1)"', '#quot;', ';']

const HARMLESS = [
  '{{x}}',
  '${x}',
  '',
  ' ',
  'Zoë Ångström',
  '李明',
  '𝒜',
  '👩‍👩‍👧',
  'plain',
  "O'Brien-Smith",
  'Ada Lovelace <ada@fabrikam.com>',
]

export const CORPUS: readonly string[] = [
  ...GITHUB,
  ...LINKS,
  ...HTML,
  ...MARKDOWN,
  ...LINES,
  ...RUNNER,
  ...TERMINAL,
  ...UNSEEN,
  ...SPREADSHEET,
  ...MERMAID,
  ...HARMLESS,
]

/** In ASCII, for the titles of tests: a terminal shows them. */
export function titled(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Each with its title, for `test.each`. */
export const EACH = CORPUS.map((text) => [titled(text), text] as const)

const BYTES = 64 * 1024
const filling = (text: string) => text.repeat(Math.ceil(BYTES / Buffer.byteLength(text)))

/** Names of 64 KiB: of one word and of many, of letters that take no room, of what grows when it is made inert. */
const HUGE: readonly string[] = [
  'a',
  'a ',
  'Ada ',
  '@x ',
  '\u0301',
  'a\u0301\u0302\u0303\u0304\u0305',
  '\u202e',
  '\u{e0041}',
  '`',
  '` ',
  '|',
  '\\',
  '<',
  '&',
  '::',
  '##[',
  '=',
  '"',
  '\n',
  '🦊',
  '李',
  'x@',
].map(filling)

/** Each as a name with an address, and with its title. */
export const EACH_HUGE = HUGE.map(
  (text) => [`${titled(text.slice(0, 8))}…`, `${text} <ada@fabrikam.com>`] as const,
)

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CORPUS) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'`|\\<>@#:[]()!&*_~$-=+"\n\r\t\u001b a1') }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

export const hostileText = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))

/** Long, too: what is shortened is cut somewhere. */
export const longText = fc.oneof(
  { weight: 9, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, fc.integer({ min: 1, max: 200 }))
      .map(([text, times]) => text.repeat(times)),
  },
)
