/**
 * Markdown as GitHub shows it: GitHub Flavored Markdown to HTML, with what stands outside of code, where
 * GitHub looks for mentions, issues and commits.
 */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { elementsOf, isComment, isText, parseFragment, textOf, type Element, type Node } from './dom.ts'

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

/** What GitHub would make something of, were it to stand outside of code. */
export const MEANS_SOMETHING = /@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:\/\/|www\.|:[a-z]+:/i

export { textOf }
