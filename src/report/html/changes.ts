/** The changes, group by group, with the values before and after where they may be shown. */
import type { Change, FieldChange, Plan, Value } from '../../engine/plan.ts'
import type { ChangeResult, Result } from '../../engine/result.ts'
import { message, target, values, who, type Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { grouped, GROUPS, occurrences, sumOf, type Group, type Planned } from '../tally.ts'
import { isNothing } from '../values.ts'
import { GROUP_TITLES, HELD_WORDS, number, REASON_WORDS, some } from '../wording.ts'
import { html, type Html, type Part } from './html.ts'
import { firstOf, pill, section, table } from './tables.ts'

/** A browser still scrolls through this many at ease. */
const MOST_ROWS = 5_000
const MOST_VALUE = 400

export function changeSections(plan: Plan, result: Result | undefined, detail: Detail): Html {
  const groups = grouped(plan)
  const endings = endingOf(plan, result)
  const shown = GROUPS.filter((group) => groups[group].length > 0)
  if (shown.length === 0) return html`<p>Nothing changes.</p>`
  return html`${shown.map((group) =>
    section(
      GROUP_TITLES[group],
      sumOf(groups[group]),
      isRemoving(group),
      detail === 'counts'
        ? tallied(groups[group])
        : firstOf(groups[group], MOST_ROWS, (rows) =>
            changesTable(GROUP_TITLES[group], rows, endings, plan.profiles.length > 1, detail),
          ),
    ),
  )}`
}

function isRemoving(group: Group): boolean {
  return group === 'deletions' || group === 'leavers'
}

function tallied(planned: readonly Planned[]): Html {
  return html`<ul>
    ${occurrences(planned.map(({ change }) => REASON_WORDS[change.reason])).map(
      ([words, count]) => html`<li>${number(count)} ${words}</li>`,
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
      { title: 'Person' },
      ...(withFields ? [{ title: 'Fields', holds: 'fields' } as const] : []),
      { title: 'Why' },
      ...(endings ? [{ title: 'How it ended' }] : []),
    ],
    rows.map(({ profile, change, times }) => [
      personCell(change, times, detail),
      ...(withFields ? [fieldsCell(change, detail)] : []),
      html`${REASON_WORDS[change.reason]}${several ? html`<small>${visible(profile.name, 80)}</small>` : ''}`,
      ...(endings ? [endingCell(endings.get(change), detail)] : []),
    ]),
  )
}

function personCell(change: Change, times: number, detail: Detail): Html {
  const id = target(change, detail)
  const shownId = id === undefined ? '' : html`<code>${visible(id, 80)}</code>`
  const mailboxes = times > 1 ? `in ${some(times, 'mailbox', 'mailboxes')}` : ''
  return html`${visible(who(change.label, detail), 120)}
    <small>${visible(change.object, 60)} ${shownId} ${mailboxes}</small>`
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

function endingCell(ending: ChangeResult | undefined, detail: Detail): Part {
  switch (ending?.status) {
    case 'done':
      return pill('calm', 'done')
    case 'held':
      return html`${pill('care', 'held back')} <small>${HELD_WORDS[ending.why]}</small>`
    case 'failed': {
      const code = html`<code>${visible(ending.error.code, 80)}</code>`
      const text = visible(message(ending.error, detail) ?? '', MOST_VALUE)
      return html`${pill('alarm', 'failed')} <small>${code} ${text}</small>`
    }
    case 'skipped': {
      const why = detail === 'full' ? visible(ending.why, MOST_VALUE) : ''
      return html`${pill('alarm', 'not attempted')} <small>${why}</small>`
    }
    case undefined:
      return pill('alarm', 'not attempted')
  }
}
