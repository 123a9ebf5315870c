/**
 * HTML by template: `` html`<td>${name}</td>` ``. Every text put in is made inert; what is HTML already,
 * stays. There is no other way to write HTML here, so that nothing can be forgotten.
 */
import { htmlText } from '../inert.ts'

export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Part = Html | string | readonly Part[]

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(textOf)))
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text
  return typeof part === 'string' ? htmlText(part) : part.map(textOf).join('')
}
