/** The changes, group by group: a line about each where the level and the detail allow it. */
import type { Change, Plan } from '../../engine/plan.ts'
import { subject, values, type Detail } from '../detail.ts'
import { code } from '../inert.ts'
import {
  fieldCounts,
  grouped,
  GROUPS,
  isRemoving,
  reasonCounts,
  sumOf,
  whyOf,
  type Group,
  type Planned,
  type Why,
} from '../tally.ts'
import { GROUP_TITLES, number, REASON_WORDS, subjectTitle } from '../wording.ts'
import { differences } from './differences.ts'
import type { Level } from './levels.ts'
import { blocks, firstOf, folded, heading, label, MOST_NAME, objectOf, type View } from './parts.ts'
import { table } from './table.ts'

export function changeSections(plan: Plan, view: View): string[] {
  const groups = grouped(plan)
  return GROUPS.filter((group) => groups[group].length > 0).map((group) =>
    section(group, groups[group], plan.profiles.length > 1, view),
  )
}

/** How many lines about people the sections have in a level. */
export function changeLines(plan: Plan, detail: Detail): (level: Level) => number {
  if (detail === 'counts') return () => 0
  const groups = grouped(plan)
  return (level) =>
    GROUPS.reduce((sum, group) => sum + Math.min(groups[group].length, mostOf(group, level)), 0)
}

function mostOf(group: Group, level: Level): number {
  return isRemoving(group) ? level.deletions : level.others
}

/** Of these the reason says more than the fields. */
const TOLD_BY_REASON: ReadonlySet<Group> = new Set(['deletions', 'leavers', 'configuration'])

function section(group: Group, planned: readonly Planned[], several: boolean, view: View): string {
  const { detail, level } = view
  const title = `${GROUP_TITLES[group]} (${number(sumOf(planned))})${blockedAmong(planned)}`
  const named = group === 'creations' ? [] : (TOLD_BY_REASON.has(group) ? reasonCounts : fieldCounts)(planned)
  const most = mostOf(group, level)
  if (detail === 'counts' || most === 0) return heading(title, named, view)

  const withValues = level.values && group !== 'deletions' && planned.some(hasValues(view))
  const body = firstOf(planned, most, (shown) =>
    withValues ? differences(shown, several, detail) : rows(shown, several, view),
  )
  return folded(title, named, blocks([body, legend(group, planned)]), isRemoving(group))
}

/** What is blocked is shown, and not written. */
function blockedAmong(planned: readonly Planned[]): string {
  const blocked = sumOf(planned.filter(({ profile }) => profile.outcome === 'blocked'))
  return blocked > 0 ? ` · ${number(blocked)} of them blocked` : ''
}

/** What the reasons mean, where they say more than the fields. */
function legend(group: Group, planned: readonly Planned[]): string {
  if (!isRemoving(group)) return ''
  return reasonCounts(planned)
    .map(([reason]) => `${code(reason, MOST_NAME)}: ${REASON_WORDS[reason as Why]}`)
    .join(' · ')
}

function hasValues({ detail }: View): (planned: Planned) => boolean {
  return ({ change }) => values(change, detail) !== undefined && change.fields.length > 0
}

function rows(shown: readonly Planned[], several: boolean, { detail }: View): string {
  const withFields = shown.some(({ change }) => change.action !== 'delete' && change.fields.length > 0)
  return table(
    [
      { title: subjectTitle(shown.map(({ change }) => change)) },
      { title: 'In the target' },
      ...(withFields ? [{ title: 'Fields' }] : []),
      { title: 'Why' },
      ...(several ? [{ title: 'Profile' }] : []),
    ],
    shown.map((planned) => [
      label(subject(planned.change, detail)),
      objectOf(planned, detail),
      ...(withFields ? [fieldNames(planned.change)] : []),
      code(whyOf(planned), MOST_NAME),
      ...(several ? [code(planned.profile.name, MOST_NAME)] : []),
    ]),
  )
}

function fieldNames({ fields }: Change): string {
  return fields.map(({ field }) => code(field, MOST_NAME)).join(' ') || '–'
}
