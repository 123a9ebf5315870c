/** What is not a change: people skipped, warnings, the health of what runs on its own. */
import type { Health, Plan, Skipped } from '../../engine/plan.ts'
import { message, more, who } from '../detail.ts'
import { healthCounts, shownHealth, type ShownHealth } from '../health.ts'
import { code, prose } from '../inert.ts'
import { isUnreached, occurrences, type Occurrence } from '../tally.ts'
import { HEALTH_MOODS, MOOD_SIGNS, number, UNREACHED_TITLE } from '../wording.ts'
import { blocks, firstOf, folded, heading, label, MOST_NAME, type View } from './parts.ts'
import { table, type Column } from './table.ts'

const MOST_TEXT = 300

interface Remarks {
  readonly title: string
  readonly named: readonly Occurrence[]
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  readonly open?: boolean
}

export function skippedSection(plan: Plan, view: View): string {
  const all = each(plan, 'skipped').filter(({ entry }) => !isUnreached(entry))
  return skipped('Skipped', 'Person', all, view)
}

/** Apart from the people who are skipped, and open: somebody has to do something about each. */
export function unreachedSection(plan: Plan, view: View): string {
  const all = each(plan, 'skipped').filter(({ entry }) => isUnreached(entry))
  return skipped(UNREACHED_TITLE, 'Mailbox', all, view, true)
}

function skipped(
  title: string,
  subject: string,
  all: readonly { readonly profile: string; readonly entry: Skipped }[],
  view: View,
  open = false,
): string {
  const told = all.some(({ entry }) => more(entry, view.detail) !== undefined)
  return section(
    {
      title,
      named: occurrences(all.map(({ entry }) => entry.reason)),
      columns: [
        { title: subject },
        { title: 'Why' },
        ...(told ? [{ title: 'More' }] : []),
        { title: 'Profile' },
      ],
      rows: all.map(({ profile, entry }) => [
        label(who(entry.label, view.detail)),
        code(entry.reason, MOST_NAME),
        ...(told ? [prose(more(entry, view.detail) ?? '', MOST_TEXT)] : []),
        code(profile, MOST_NAME),
      ]),
      open,
    },
    view,
  )
}

/** A warning's text may name people: where it may not be shown, its code and number say enough. */
export function warningsSection(plan: Plan, view: View): string {
  const all = each(plan, 'warnings')
  return section(
    {
      title: 'Warnings',
      named: occurrences(all.map(({ entry }) => entry.code)),
      columns: [{ title: 'Warning' }, { title: 'Text' }, { title: 'Profile' }],
      rows: all.flatMap(({ profile, entry }) => {
        const text = message(entry, view.detail)
        return text === undefined
          ? []
          : [[code(entry.code, MOST_NAME), prose(text, MOST_TEXT), code(profile, MOST_NAME)]]
      }),
      open: true,
    },
    view,
  )
}

/** What is well stands apart, and folded: whoever has to look at the rest need not read it. */
export function healthSection({ profiles }: Plan, view: View): string {
  return blocks([
    healthOf(profiles, 'Health: to look at', (state) => state !== 'ok', view),
    healthOf(profiles, 'Health: well', (state) => state === 'ok', view),
  ])
}

function healthOf(
  profiles: Plan['profiles'],
  title: string,
  has: (state: Health['state']) => boolean,
  view: View,
): string {
  const some = profiles.map(({ name, health }) => ({
    name,
    health: health.filter(({ state }) => has(state)),
  }))
  const shown = shownHealth(some, view.detail)
  const told = shown.some(({ text, example }) => text !== undefined || example !== undefined)
  return section(
    {
      title,
      named: healthCounts(some.flatMap(({ health }) => health)),
      columns: [
        { title: 'What' },
        { title: 'State' },
        ...(told ? [{ title: 'More' }] : []),
        { title: 'Profile' },
      ],
      rows: shown.map((entry) => [
        `${code(entry.what)} ${label(entry.name)}`,
        `${MOOD_SIGNS[HEALTH_MOODS[entry.state]]} ${code(entry.state)}`,
        ...(told ? [healthText(entry, view)] : []),
        code(entry.profile, MOST_NAME),
      ]),
      open: shown.some(({ state }) => state === 'error'),
    },
    view,
  )
}

function healthText({ text, example }: ShownHealth, { level }: View): string {
  return [
    ...(text === undefined ? [] : [prose(text, level.text)]),
    ...(example === undefined ? [] : [`e.g. ${label(example)}`]),
  ].join(' ')
}

function each<K extends 'skipped' | 'warnings'>(
  { profiles }: Plan,
  what: K,
): { profile: string; entry: Plan['profiles'][number][K][number] }[] {
  return profiles.flatMap((profile) => profile[what].map((entry) => ({ profile: profile.name, entry })))
}

function section({ title, named, columns, rows, open }: Remarks, view: View): string {
  const { detail, level } = view
  const total = named.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return ''
  const counted = `${title} (${number(total)})`
  if (detail === 'counts' || level.remarks === 0 || rows.length === 0) return heading(counted, named, view)
  const body = firstOf(rows, level.remarks, (shown) => table(columns, shown))
  return folded(counted, named, body, open)
}
