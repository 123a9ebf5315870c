/** Profiles in a table: what a plan means to do for each, and what an apply did. */
import { isUnhealthy, type Action, type Outcome, type Plan, type ProfilePlan } from '../../engine/plan.ts'
import type { ProfileResult, Result } from '../../engine/result.ts'
import { code } from '../inert.ts'
import { limitUses, mailboxCount, MOOD_SIGNS, number, OUTCOME_MOODS, OUTCOME_WORDS } from '../wording.ts'
import { MOST_NAME } from './parts.ts'
import { table, type Column } from './table.ts'

const COLUMNS: readonly Column[] = [
  { title: 'Profile' },
  { title: 'From → to' },
  { title: 'Create', align: 'right' },
  { title: 'Update', align: 'right' },
  { title: 'Delete', align: 'right' },
  { title: 'Unchanged', align: 'right' },
  { title: 'Skipped', align: 'right' },
  { title: 'Of its limits' },
  { title: 'Outcome' },
]

/** Where from, where to, how many, and how near to its limits. */
export function profilesTable({ profiles }: Plan): string {
  return profiles.length === 0 ? '' : table(COLUMNS, profiles.map(planRow))
}

function planRow(profile: ProfilePlan): readonly string[] {
  const { name, from, to, mailboxes, counts, outcome } = profile
  return [
    code(name, MOST_NAME),
    `${from.map((source) => code(source, MOST_NAME)).join(', ')} → ${code(to, MOST_NAME)}${mailboxes === undefined ? '' : `, ${mailboxCount(mailboxes)}`}`,
    number(counts.create),
    number(counts.update),
    counts.delete > 0 ? `**${number(counts.delete)}**` : '0',
    number(counts.unchanged),
    number(counts.skipped),
    uses(profile),
    outcomeCell(outcome, profile),
  ]
}

/** `✅ no changes · 🟥 unhealthy`: what runs on its own, beside how the run ended. */
function outcomeCell(outcome: Outcome, profile: ProfilePlan): string {
  const said = `${MOOD_SIGNS[OUTCOME_MOODS[outcome]]} ${OUTCOME_WORDS[outcome]}`
  return isUnhealthy(profile) ? `${said} · ${MOOD_SIGNS.alarm} unhealthy` : said
}

/** `creates 12 of 50 · **deletes 41 of 10**`; limits of which nothing is used are not worth a word. */
function uses(profile: ProfilePlan): string {
  const used = limitUses(profile).filter(({ count }) => count > 0)
  if (used.length === 0) return '–'
  return used
    .map(({ limit, count, allowed, exceeded }) => {
      const said = `${limit} ${number(count)} of ${number(allowed)}`
      return exceeded ? `**${said}**` : said
    })
    .join(' · ')
}

/** Where there is no room for a row each: `; of their limits in all: creates 12 of 500, deletes 3 of 80` */
export function limitsOfAll({ profiles }: Plan): string {
  const uses = profiles.flatMap(limitUses)
  const sums = (['creates', 'updates', 'deletes'] as const).flatMap((limit) => {
    const of = uses.filter((use) => use.limit === limit)
    const sum = (count: 'count' | 'allowed') => of.reduce((total, use) => total + use[count], 0)
    return of.length > 0 ? [`${limit} ${number(sum('count'))} of ${number(sum('allowed'))}`] : []
  })
  return sums.length > 0 ? `; of their limits in all: ${sums.join(', ')}` : ''
}

const RESULT_COLUMNS: readonly Column[] = [
  { title: 'Profile' },
  { title: '' },
  { title: 'Create', align: 'right' },
  { title: 'Update', align: 'right' },
  { title: 'Delete', align: 'right' },
  { title: 'Held back', align: 'right' },
  { title: 'Failed', align: 'right' },
  { title: 'Not attempted', align: 'right' },
  { title: 'Outcome' },
]

/** Rows for each profile: what was reviewed of it, what was planned afresh, and what was done. */
export function resultTable({ plan, profiles }: Result): string {
  return profiles.length === 0
    ? ''
    : table(
        RESULT_COLUMNS,
        profiles.flatMap((profile, index) => resultRows(profile, plan.profiles[index]!)),
      )
}

function resultRows(
  { name, reviewed, done, held, failed, skipped, outcome }: ProfileResult,
  planned: ProfilePlan,
): readonly (readonly string[])[] {
  const applied = [done.create, done.update, done.delete, held, failed, skipped]
  return [
    ...(reviewed ? [countsRow(`reviewed in ${code(reviewed.where, MOST_NAME)}`, reviewed.counts)] : []),
    countsRow('planned', planned.counts),
    ['applied', ...applied.map((count) => `**${number(count)}**`), outcomeCell(outcome, planned)],
  ].map((row, index) => [index === 0 ? code(name, MOST_NAME) : '', ...row])
}

function countsRow(what: string, counts: Readonly<Record<Action, number>>): readonly string[] {
  return [what, ...[counts.create, counts.update, counts.delete].map(number), '', '', '', '']
}
