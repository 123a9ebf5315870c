/**
 * HTML by template: `` html`<td>${name}</td>` ``. Every text put in is made inert; what is HTML already,
 * stays. There is no other way to write HTML here, so that nothing can be forgotten.
 */
import { htmlText, unformulated } from '../inert.ts'

export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Part = Html | string | readonly Part[]

/** Where a text begins an element, or may come to: a spreadsheet that it is pasted into makes a cell of it. */
const BEGINS = /^\s*$|(?:^|<[a-z])[^<>]*>\s*$/

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    String.raw({ raw: strings }, ...parts.map((part, index) => textOf(part, BEGINS.test(strings[index]!)))),
  )
}

/** Code to be copied as it stands: no apostrophe comes before a line. */
export function verbatim(lines: readonly string[]): Html {
  return new Html(lines.map((line) => htmlText(line)).join('\n'))
}

function textOf(part: Part, begins: boolean): string {
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return htmlText(begins ? unformulated(part) : part)
  return part.map((one) => textOf(one, begins)).join('')
}
