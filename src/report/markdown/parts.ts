/** The small parts that the sections are made of. All that they return is inert Markdown. */
import { target, type Detail } from '../detail.ts'
import { code, htmlText, unformulated } from '../inert.ts'
import { places } from '../places.ts'
import type { Occurrence, Placed } from '../tally.ts'
import { number } from '../wording.ts'
import type { Level } from './levels.ts'

export interface View {
  readonly detail: Detail
  readonly level: Level
}

/** Most kinds of a thing that a one-line list names: reasons, fields, codes. */
const MOST_NAMED = 6
export const MOST_NAME = 60
const MOST_LABEL = 80

/** Blocks stand apart by an empty line; empty ones are left out. */
export function blocks(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

/** @param shown as much of a name as may be shown */
export function label(shown: string): string {
  return code(unformulated(shown), MOST_LABEL)
}

/** The object in the target, and in which mailboxes. */
export function objectOf({ change, mailboxes }: Placed, detail: Detail): string {
  const id = target(change, detail)
  return [
    code(change.object, MOST_NAME),
    ...(id === undefined ? [] : [code(id, MOST_LABEL)]),
    places(mailboxes, detail, label),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** A part that is one line: `` **Deletions (412)** · `left-scope` 398 · `duplicate` 14 `` */
export function heading(title: string, occurrences: readonly Occurrence[], { level }: View): string {
  const said = level.profiles ? named(occurrences, (name) => code(name, MOST_NAME)) : ''
  return `**${title}**${said && ` · ${said}`}`
}

/** A part that is folded; its title in HTML, for Markdown is not read there (CommonMark 0.31, HTML blocks). */
export function folded(
  title: string,
  occurrences: readonly Occurrence[],
  body: string,
  open = false,
): string {
  const said = named(occurrences, htmlCode)
  return foldedUnder(`<b>${htmlText(title)}</b>${said && ` · ${said}`}`, body, open)
}

/** @param summary inert HTML */
export function foldedUnder(summary: string, body: string, open: boolean): string {
  return blocks([`<details${open ? ' open' : ''}><summary>${summary}</summary>`, body, '</details>'])
}

export function htmlCode(name: string): string {
  return `<code>${htmlText(name, MOST_NAME)}</code>`
}

function named(occurrences: readonly Occurrence[], show: (name: string) => string): string {
  const shown = occurrences.slice(0, MOST_NAMED).map(([name, count]) => `${show(name)} ${number(count)}`)
  const more = occurrences.length - shown.length
  return [...shown, ...(more > 0 ? [`${number(more)} more`] : [])].join(' · ')
}

/** The first of `all` as they are shown, and a line that says how many were left out. */
export function firstOf<T>(all: readonly T[], most: number, show: (shown: readonly T[]) => string): string {
  const left = all.length - Math.min(all.length, most)
  return blocks([show(all.slice(0, most)), left > 0 ? `… and ${number(left)} more.` : ''])
}

export function quoted(kind: 'CAUTION' | 'WARNING', text: string): string {
  return [`[!${kind}]`, ...text.split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n')
}

/** A link to a page of ours, in words of ours; without one that is safe to follow, the words alone. */
export function link(words: string, url: string): string {
  const safe = URL.canParse(url) ? new URL(url) : undefined
  return safe?.protocol === 'https:' || safe?.protocol === 'http:'
    ? `[${words}](<${safe.href.replace(/[<>|\\]/g, encodeURIComponent)}>)`
    : words
}
