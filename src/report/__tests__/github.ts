/**
 * Markdown as GitHub shows it: GitHub Flavored Markdown to HTML, with what stands outside of code, where
 * GitHub looks for mentions, issues, commits and formulas.
 */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import {
  attribute,
  elementsOf,
  isComment,
  isText,
  parseFragment,
  textOf,
  type Element,
  type Node,
} from './dom.ts'
import { isComputed } from './spreadsheet.ts'

export interface Shown {
  readonly elements: readonly Element[]
  /** The text outside of `code` and `pre`. */
  readonly outside: string
  readonly comments: readonly string[]
}

export function shown(markdown: string): Shown {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  const root = parseFragment(html)
  const outside: string[] = []
  const comments: string[] = []
  const walk = (node: Node) => {
    if (isComment(node)) comments.push(node.data)
    if (isText(node)) outside.push(node.value)
    if ('childNodes' in node && node.nodeName !== 'code' && node.nodeName !== 'pre')
      node.childNodes.forEach(walk)
  }
  walk(root)
  return { elements: elementsOf(root), outside: outside.join(''), comments }
}

/** Where a run can be seen: the one link that a rendering may hold. */
export const RUN = 'https://github.com/contoso/directory/actions/runs/123'

const ELEMENTS = new Set(
  'h3 p br blockquote strong code pre table thead tbody tr th td details summary b sub ul li'.split(' '),
)
const ATTRIBUTES = new Set(['open', 'align', 'class', 'href'])
const CLASSES = new Set(['language-mermaid', 'language-diff', 'language-yaml', 'language-powershell'])
const COMMENT = /^ tenant-sync:(?:plan|apply|attention|review) v=1 [^<>]* $/
const MOST_COMMENTS = 2

/** Alerts are told by the first line of a quotation (GitHub, basic writing and formatting syntax, alerts). */
const ALERTS = /^\s*\[!(?:CAUTION|WARNING)\]/gm
/** Prose: letters, digits, punctuation, and the signs of our own that GitHub gives no meaning. */
const PROSE = /^[\p{L}\p{M}\p{N}\s.,;:!?()"'’/%·→–…✅🟦🟨🟥-]*$/u
/** Prose that GitHub makes something of: shortcodes, links, commits, issues, advisories. */
const MEANS_SOMETHING =
  /:[\w+-]+:|:\/\/|\bwww\.|\b(?:mailto|xmpp):|\b(?=[a-f]*\d|\d*[a-f])[0-9a-f]{7,40}\b|\bGH-\d|\b(?:GHSA|CVE)-/iu

/**
 * What a text made of a rendering that should not be there: elements, attributes and comments that we never
 * write, tables that lost or gained a cell, words that GitHub would act on, cells that a spreadsheet computes.
 */
export function faultsIn(markdown: string, { mostComments = MOST_COMMENTS } = {}): string[] {
  const { elements, outside, comments } = shown(markdown)
  const said = outside.replace(ALERTS, '')
  return [
    ...elements
      .filter((one) => !ELEMENTS.has(one.tagName) && !isRunLink(one))
      .map(({ tagName }) => `<${tagName}>`),
    ...elements.flatMap(({ tagName, attrs }) =>
      attrs
        .filter(({ name, value }) => !ATTRIBUTES.has(name) || (name === 'class' && !CLASSES.has(value)))
        .map(({ name, value }) => `${tagName} ${name}="${value}"`),
    ),
    ...said.split('\n').filter((line) => !PROSE.test(line) || MEANS_SOMETHING.test(line)),
    ...elements
      .filter(({ tagName }) => tagName === 'table')
      .filter((table) => !isRectangular(table))
      .map(textOf),
    ...comments.filter((comment) => !COMMENT.test(comment)),
    ...(comments.length > mostComments ? comments : []),
    ...elements
      .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
      .map(textOf)
      .filter(isComputed),
  ]
}

function isRunLink(element: Element): boolean {
  return element.tagName === 'a' && attribute(element, 'href') === RUN && textOf(element) === 'run'
}

function isRectangular(table: Element): boolean {
  const rows = elementsNamed(table, 'tr').map(
    (row) => row.childNodes.filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th').length,
  )
  return rows.every((cells) => cells === rows[0])
}

function elementsNamed(root: Element, name: string): Element[] {
  return elementsOf(root).filter(({ tagName }) => tagName === name)
}

export { textOf }
