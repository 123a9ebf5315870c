/** Tables of GitHub Flavored Markdown (GFM 0.29, tables). */
import { unformulated } from '../inert.ts'

export interface Column {
  readonly title: string
  readonly align?: 'right'
}

/** @param rows cells of inert Markdown, in the order of the columns */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return [
    row(columns.map(({ title }) => title)),
    `|${columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join('|')}|`,
    ...rows.map(row),
  ].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((markdown) => cell(uncomputed(markdown))).join(' | ')} |`
}

/** A cell that is copied into a spreadsheet must not compute there, whatever it begins with: in code, too. */
function uncomputed(markdown: string): string {
  const [, fence, words] = /^(`*)(.*?)`*$/s.exec(markdown)!
  return unformulated(words!) === words ? markdown : `${fence}'${markdown.slice(fence!.length)}`
}

/**
 * A pipe is escaped, in code too. A backslash before one would be read differently by different
 * parsers, so that it gives way to its full-width form.
 */
function cell(markdown: string): string {
  return markdown.replace(/\\+(?=\|)/g, (run) => '＼'.repeat(run.length)).replace(/\|/g, '\\|')
}
