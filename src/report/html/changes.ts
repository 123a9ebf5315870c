/** The changes, group by group, with the values before and after where they may be shown. */
import type { Change, FieldChange, Plan, Value } from '../../engine/plan.ts'
import type { ChangeResult, Result } from '../../engine/result.ts'
import { subject, target, values, type Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { namedPlaces, places } from '../places.ts'
import { grouped, GROUPS, isRemoving, reasonCounts, sumOf, type Planned, type Why } from '../tally.ts'
import { isNothing } from '../values.ts'
import { GROUP_TITLES, number, REASON_WORDS, reasonWords, subjectTitle } from '../wording.ts'
import { endingCell } from './endings.ts'
import { FEW_MAILBOXES } from './mailboxes.ts'
import { html, type Html, type Part } from './html.ts'
import { firstOf, section, table } from './tables.ts'

/** A browser still scrolls through this many at ease. */
const MOST_ROWS = 5_000
const MOST_VALUE = 400
const MOST_NAME = 120

export function changeSections(plan: Plan, result: Result | undefined, detail: Detail): Html {
  const groups = grouped(plan)
  const endings = endingOf(plan, result)
  const shown = GROUPS.map((group) => ({
    group,
    // What is another shard's stands in that one's report.
    planned: groups[group].filter((one) => endings?.get(writtenBy(one))?.status !== 'elsewhere'),
  })).filter(({ planned }) => planned.length > 0)
  if (shown.length === 0) return html`<p>Nothing changes.</p>`
  return html`${shown.map(({ group, planned }) =>
    section(
      GROUP_TITLES[group],
      sumOf(planned),
      isRemoving(group),
      detail === 'counts'
        ? tallied(planned)
        : firstOf(planned, MOST_ROWS, (rows) =>
            changesTable(GROUP_TITLES[group], rows, endings, plan.profiles.length > 1, detail),
          ),
    ),
  )}`
}

function tallied(planned: readonly Planned[]): Html {
  return html`<ul>
    ${reasonCounts(planned).map(
      ([reason, count]) => html`<li>${number(count)} ${REASON_WORDS[reason as Why]}</li>`,
    )}
  </ul>`
}

/** How each change ended, where an apply was made. */
function endingOf(plan: Plan, result: Result | undefined): ReadonlyMap<Change, ChangeResult> | undefined {
  if (!result) return undefined
  return new Map(
    plan.profiles.flatMap(({ changes }, at) =>
      (result.profiles[at]?.changes ?? []).map((ending, index) => [changes[index]!, ending] as const),
    ),
  )
}

/** What goes with a change ends as that does. */
function writtenBy({ change, goesWith }: Planned): Change {
  return goesWith ?? change
}

function changesTable(
  caption: string,
  rows: readonly Planned[],
  endings: ReturnType<typeof endingOf>,
  several: boolean,
  detail: Detail,
): Html {
  const withFields = rows.some(({ change }) => change.fields.length > 0)
  return table(
    caption,
    [
      { title: subjectTitle(rows.map(({ change }) => change)) },
      ...(withFields ? [{ title: 'Fields', holds: 'fields' } as const] : []),
      { title: 'Why' },
      ...(endings ? [{ title: 'How it ended' }] : []),
    ],
    rows.map((planned) => [
      subjectCell(planned, detail),
      ...(withFields ? [fieldsCell(planned.change, detail)] : []),
      html`${reasonWords(planned)}${
        several ? html`<small>${visible(planned.profile.name, 80)}</small>` : ''
      }`,
      ...(endings ? [endingCell(planned.change, endings.get(writtenBy(planned)), detail)] : []),
    ]),
  )
}

function subjectCell(planned: Planned, detail: Detail): Html {
  const { change } = planned
  const id = target(change, detail)
  const shownId = id === undefined ? '' : html`<code>${visible(id, 80)}</code>`
  return html`${visible(subject(change, detail), MOST_NAME)}
    <small>${visible(change.object, 60)} ${shownId} ${placesText(planned, detail)}</small>`
}

/** A few by their names; of more, the set that is listed further down. */
function placesText({ change, mailboxes }: Planned, detail: Detail): string {
  const inert = (name: string) => visible(name, MOST_NAME)
  const where = places(mailboxes, detail, inert)
  if (detail !== 'full' || !mailboxes || mailboxes.length === 1) return where
  return mailboxes.length <= FEW_MAILBOXES
    ? `${where}: ${namedPlaces(mailboxes, FEW_MAILBOXES, detail, inert)}`
    : `${where}: set ${visible(change.mailboxSet!, 20)}`
}

function fieldsCell(change: Change, detail: Detail): Part {
  const fields = values(change, detail)
  if (!fields) return change.fields.map(({ field }) => html`<code>${visible(field, 60)}</code> `)
  return html`<dl>${fields.map((field) => html`<div>${fieldParts(field)}</div>`)}</dl>`
}

function fieldParts({ field, before, after }: FieldChange): Html {
  const [was, is] = [
    isNothing(before) ? '' : html`<del><span class="unseen">before: </span>${valueText(before)}</del>`,
    isNothing(after)
      ? html`<span class="cleared">cleared</span>`
      : html`<ins><span class="unseen">after: </span>${valueText(after)}</ins>`,
  ]
  const arrow = was === '' ? '' : html`<span aria-hidden="true">→</span>`
  return html`<dt>${visible(field, 60)}</dt>
    <dd>${was} ${arrow} ${is}</dd>`
}

function valueText(value: Value): string {
  return visible(typeof value === 'object' && value !== null ? value.join(', ') : String(value), MOST_VALUE)
}
