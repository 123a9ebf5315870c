/** How what runs on its own stands: how far it has come, each mailbox, and all else that is known of it. */
import type { Health, Plan, ProfilePlan } from '../../engine/plan.ts'
import { healthCounts, shownHealth, type ShownHealth } from '../health.ts'
import { code, prose } from '../inert.ts'
import { hasProgress, progressBar, shownProgress, type ShownProgress } from '../progress.ts'
import { otherHealth, readinessOf, readinessWords, type Readiness } from '../readiness.ts'
import { HEALTH_MOODS, MOOD_SIGNS, number } from '../wording.ts'
import {
  blocks,
  firstOf,
  folded,
  foldedUnder,
  heading,
  htmlCode,
  label,
  MOST_NAME,
  type View,
} from './parts.ts'
import { section } from './section.ts'
import { table } from './table.ts'

/** In characters. */
const BAR = 10
const MOST_STATE = 40
/** So many that need something are seen without unfolding them. */
const FEW_UNREADY = 20

/** What is well stands apart, and folded: whoever has to look at the rest need not read it. */
export function healthSection({ profiles }: Plan, view: View): string {
  const others = otherHealth(profiles)
  return blocks([
    progressSection(profiles, view),
    mailboxesSection(profiles, view),
    healthOf(others, 'Health: to look at', (state) => state !== 'ok', view),
    healthOf(others, 'Health: well', (state) => state === 'ok', view),
  ])
}

/** A line each, which is never folded. */
function progressSection(profiles: Plan['profiles'], view: View): string {
  const all = shownProgress(profiles, view.detail)
  if (all.length === 0) return ''
  const title = `Progress (${number(all.length)})`
  if (view.level.remarks === 0)
    return heading(title, healthCounts(profiles.flatMap(({ health }) => health.filter(hasProgress))), view)
  return blocks([
    `**${title}**`,
    firstOf(all, view.level.remarks, (shown) =>
      shown.map((one) => progressLine(one, profiles.length > 1, view)).join('\n'),
    ),
  ])
}

/** `- ✅ batch wave-1 ████████░░ 80 % · Synced 12 · Syncing 3 · Failed 1` */
function progressLine(
  { what, name, state, text, profile, percent, states }: ShownProgress,
  several: boolean,
  { level }: View,
): string {
  const whose = several ? ` of ${code(profile, MOST_NAME)}` : ''
  const shown = name === undefined ? '' : ` ${label(name)}`
  return [
    `- ${MOOD_SIGNS[HEALTH_MOODS[state]]} ${what}${shown}${whose} ${code(progressBar(percent, BAR))} ${number(percent)} %`,
    ...states.map(([named, count]) => `${code(named, MOST_STATE)} ${number(count)}`),
    ...(text === undefined ? [] : [prose(text, level.text)]),
  ].join(' · ')
}

function mailboxesSection(profiles: Plan['profiles'], view: View): string {
  const all = readinessOf(profiles, view.detail)
  if (all.length === 0) return ''
  if (view.level.remarks > 0) return blocks(all.map((one) => mailboxesOf(one, view)))
  const sum = (of: 'all' | 'ready') => all.reduce((total, one) => total + one[of], 0)
  return `**${readinessWords({ all: sum('all'), ready: sum('ready') })}**`
}

/** Those that need something first; those that are ready folded by themselves, or only counted. */
function mailboxesOf(readiness: Readiness, view: View): string {
  const { profile, shownUnready: unready } = readiness
  const ready = view.level.ready ? readiness.shownReady : []
  const words = readinessWords(readiness)
  if (unready.length + ready.length === 0) return `**Mailboxes of ${code(profile, MOST_NAME)}** · ${words}`
  const readyTable = ready.length > 0 ? mailboxTable(ready, view) : ''
  return foldedUnder(
    `<b>Mailboxes of ${htmlCode(profile)}</b> · ${words}`,
    unready.length === 0
      ? readyTable
      : blocks([
          firstOf(unready, view.level.remarks, (shown) => mailboxTable(shown, view)),
          readyTable && folded(`Ready (${number(ready.length)})`, [], readyTable),
        ]),
    unready.length > 0 && unready.length <= FEW_UNREADY,
  )
}

function mailboxTable(shown: readonly ShownHealth[], view: View): string {
  return table(
    [{ title: 'Mailbox' }, { title: 'State' }, { title: 'What is missing, or how far it is' }],
    shown.map((entry) => [label(entry.name), stateCell(entry), healthText(entry, view) || '–']),
  )
}

function healthOf(
  profiles: readonly Pick<ProfilePlan, 'name' | 'health'>[],
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
        stateCell(entry),
        ...(told ? [healthText(entry, view)] : []),
        code(entry.profile, MOST_NAME),
      ]),
      open: shown.some(({ state }) => state === 'error'),
    },
    view,
  )
}

function stateCell({ state }: ShownHealth): string {
  return `${MOOD_SIGNS[HEALTH_MOODS[state]]} ${code(state)}`
}

function healthText({ text, example }: ShownHealth, { level }: View): string {
  return [
    ...(text === undefined ? [] : [prose(text, level.text)]),
    ...(example === undefined ? [] : [`e.g. ${label(example)}`]),
  ].join(' ')
}
