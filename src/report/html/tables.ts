/** Tables that a reader can be told about: a caption, headers with their scope. */
import { number, type Mood } from '../wording.ts'
import { html, type Html, type Part } from './html.ts'

export interface Column {
  readonly title: string
  readonly holds?: 'number' | 'fields'
}

/** @param rows cells in the order of the columns; the first names its row */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, holds }) => html`<th scope="col" ${classOf(holds)}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((cells) => row(cells, columns))}
      </tbody>
    </table>
  </div> `
}

function row([first = '', ...cells]: readonly Part[], [, ...columns]: readonly Column[]): Html {
  return html`<tr>
    <th scope="row">${first}</th>
    ${cells.map((cell, index) => html`<td${classOf(columns[index]?.holds)}>${cell}</td>`)}
  </tr> `
}

function classOf(holds: Column['holds']): Html {
  return holds === undefined ? html`` : html` class="${holds}"`
}

/** A part that can be folded. */
export function section(title: string, count: number, open: boolean, body: Part): Html {
  return html`<details${open ? html` open` : ''}><summary><h3>${title} <span class="count">${number(count)}</span></h3></summary>
${body}</details>
`
}

/** Rows up to `most`, and a line that says how many more there are. */
export function firstOf<T>(all: readonly T[], most: number, show: (shown: readonly T[]) => Html): Html {
  const left = all.length - Math.min(all.length, most)
  return html`${show(all.slice(0, most))}${
    left > 0 ? html`<p class="more">… and ${number(left)} more; all of them stand in the plan file.</p>` : ''
  }`
}

/** A word in the colour of its mood; the word says it, the colour only helps. */
export function pill(mood: Mood, words: string): Html {
  return html`<span class="pill ${mood}">${words}</span>`
}
