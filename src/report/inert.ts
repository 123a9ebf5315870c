/**
 * The one place where hostile text is made inert. A display name, a job title, a host's error text can
 * hold anything; whatever it holds, it is read as text by people and as nothing at all by GitHub, a
 * browser, a terminal, a runner or a spreadsheet.
 */

const ELLIPSIS = '…'

/** More marks than this on one letter draw over the lines around it; no script needs as many. */
const MOST_MARKS = 4

/**
 * Controls, formatting characters (bidirectional overrides, zero widths, tags), line and paragraph
 * separators, private use, lone surrogates, code points that will never be characters, and whatever else a font
 * draws as nothing (Unicode Standard Annex 44, Default_Ignorable_Code_Point).
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u
const MARK = /\p{M}/u
/** Takes two columns where characters have a fixed width (Unicode Standard Annex 11). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/u
const NOTEWORTHY = new RegExp(`${INVISIBLE.source}|${MARK.source}|${WIDE.source}`, 'u')

/**
 * One line in which every character can be seen: a line break shows as `␊`, an escape as `␛`, a
 * bidirectional override as `\u{202e}`. Wider than `max` columns, it ends in `…`; what a character shows
 * as is never cut in two.
 */
export function visible(text: string, max = Number.POSITIVE_INFINITY): string {
  if (text.length <= max && !NOTEWORTHY.test(text)) return text
  const units: string[] = []
  let length = 0
  let marks = 0
  for (const character of text) {
    marks = MARK.test(character) ? marks + 1 : 0
    if (marks > MOST_MARKS) continue
    const unit = INVISIBLE.test(character) ? picture(character) : character
    units.push(unit)
    length += sizeOf(unit)
    if (length > max) return shortened(units, max)
  }
  return units.join('')
}

/** @param units more than fit */
function shortened(units: readonly string[], max: number): string {
  let length = sizeOf(ELLIPSIS)
  const kept = units.slice(
    0,
    units.findIndex((unit) => (length += sizeOf(unit)) > max),
  )
  return kept.join('') + ELLIPSIS
}

/** In columns: a character, or the ASCII of its picture. */
function sizeOf(unit: string): number {
  if (unit.startsWith('\\u{')) return unit.length
  return MARK.test(unit) ? 0 : WIDE.test(unit) ? 2 : 1
}

/** How many columns a visible text takes. */
export function columns(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + sizeOf(character), 0)
}

/** Unicode has a picture for each C0 control (U+2400 and on) and for delete (U+2421). */
function picture(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `\\u{${code.toString(16)}}`
}

/** A text a spreadsheet would compute gets an apostrophe in front, as a spreadsheet itself writes it. */
export function unformulated(text: string): string {
  return /^\s*[=@+\-\t\r＝＠＋－﹦﹫﹢﹣−]/u.test(text) ? `'${text}` : text
}

/**
 * Markdown: a code span, in which nothing is read as a mention, an issue, a commit, a link or HTML
 * (GitHub looks for those outside of code only). The fence is longer than any run of backticks within
 * (CommonMark 0.31, code spans). In a table, `row` of table.ts sees to the pipes.
 */
export function code(text: string, max?: number): string {
  const inner = visible(text, max)
  if (inner.trim() === '') return '`(empty)`'
  const fence = '`'.repeat(longestRun(inner) + 1)
  // A space on both sides is taken off again; it keeps an outer backtick apart from the fence.
  const pad = /^[` ]|[` ]$/.test(inner) ? ' ' : ''
  return fence + pad + inner + pad + fence
}

/** Markdown: a fenced block, whose fence is longer than any run of backticks in its lines. */
export function fenced(language: string, lines: readonly string[]): string {
  const longest = lines.reduce((most, line) => Math.max(most, longestRun(line)), 2)
  const fence = '`'.repeat(longest + 1)
  return [fence + language, ...lines, fence].join('\n')
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
}

/** A word that means nothing to GitHub: letters and digits, with the punctuation of prose around them. */
const PLAIN_WORD = /^["(]?[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*[.,;:!?)"]*$/u
/**
 * Holds what may be a commit (7 digits and more), an issue of some tracker (`GH-12`), an advisory, or numbers a
 * list.
 */
const MEANINGFUL_WORD = /[0-9a-f]{7}|[a-z]-\d|\b(?:GHSA|CVE)-|^["(]?\d+[.)]/i

/** Markdown: running text. Every word that could mean something to GitHub stands in a code span, and what is quoted by backticks. */
export function prose(text: string, max?: number): string {
  const words = visible(text, max).match(/`[^`]*[^`\s][^`]*`[.,:;]?(?!\S)|\S+/gu) ?? []
  return words.map((word) => (isPlain(word) ? word : quotedWord(word))).join(' ')
}

function isPlain(word: string): boolean {
  return PLAIN_WORD.test(word) && !MEANINGFUL_WORD.test(word)
}

/** What ends a sentence or a part of it is not part of what is quoted, as in `#7`: */
function quotedWord(word: string): string {
  const [, quoted = word, end = ''] = /^(.+?)([.,:;]?)$/u.exec(word) ?? []
  if (isPlain(quoted)) return code(word)
  const [, inner = quoted] = /^`([^`]+)`$/u.exec(quoted) ?? []
  return `${code(inner)}${end}`
}

/** A value within an HTML comment: without `>`, white space or a line break, the comment cannot end. */
export function commentValue(text: string): string {
  return encodeURIComponent(visible(text, 200)).replace(/--/g, '-%2D').replace(/%3A/g, ':')
}

/** HTML, for element content and quoted attributes alike. */
export function htmlText(text: string, max?: number): string {
  return visible(text, max).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * A label of a Mermaid diagram: letters, digits, spaces, dots, dashes and underscores alone, so that it
 * can neither end its quotes nor be read as Markdown, HTML or a directive.
 */
export function mermaidLabel(text: string): string {
  const plain = visible(text, 40)
    .replace(/^\w+:\/\//, '')
    .replace(/[^\p{L}\p{N} ._-]+|\.(?= )/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ ._-]+| $/g, '')
  return plain === '' ? 'unnamed' : plain
}

/**
 * A terminal, and a workflow's log: no control reaches either, and nothing becomes a command. A runner
 * takes a line that begins with `::` for one, and `##[` anywhere in it (actions/runner, ActionCommand.cs);
 * any word may come to begin a line, and what is written after a text may complete what it begins.
 */
export function terminalText(text: string, max?: number): string {
  return visible(text, max)
    .replace(/##(?=\[|$)/g, '# #')
    .replace(/(?<=^|\s):+(?=:|$)/gu, (colons) => `${Array.from(colons).join(' ')} `)
}

/** A word on the command line of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
