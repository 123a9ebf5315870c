/** The plan at a terminal: profile by profile, the verdict last, where the eye is. */
import type { Action, FieldChange, Plan, ProfilePlan } from '../../engine/plan.ts'
import { plannedByHand } from '../by-hand.ts'
import { subject, values, who } from '../detail.ts'
import { columns, terminalText } from '../inert.ts'
import { isUnreached, occurrences, placedChanges, type Placed } from '../tally.ts'
import { isNothing, valueText } from '../values.ts'
import { planVerdict } from '../verdict.ts'
import { ACTION_SIGNS, limitSentence, limitUses, mailboxCount, number, reasonWords } from '../wording.ts'
import { byHandLines } from './by-hand.ts'
import { healthLines } from './health.ts'
import { placeOf, unreachedLines } from './mailboxes.ts'
import { MOOD_COLOURS, type Colour } from './paint.ts'
import {
  dimLines,
  namedLines,
  noticeLines,
  profileHeading,
  signedLines,
  viewOf,
  type Screen,
  type View,
} from './screen.ts'

const ACTION_COLOURS: Record<Action, Colour> = { create: 'green', update: 'yellow', delete: 'red' }

/** Ends with a line break. */
export function terminalPlan(plan: Plan, screen: Screen): string {
  const view = viewOf(screen)
  const { mood, sentence } = planVerdict(plan)
  return [
    ...plan.profiles.flatMap((profile) => [...profileLines(profile, view), '']),
    ...byHandLines(plannedByHand(plan), view),
    `${view.paint('bold', 'Plan:')} ${view.paint(MOOD_COLOURS[mood], sentence)}`,
    view.paint('dim', terminalText(plan.digest, 80)),
    '',
  ].join('\n')
}

function profileLines(profile: ProfilePlan, view: View): string[] {
  const { errors, warnings, limits } = profile
  return [
    profileHeading(profile, profile.outcome, view),
    ...(view.detail === 'counts'
      ? []
      : placedChanges(profile).flatMap((placed) => changeLines(placed, view))),
    ...unreachedLines(profile, view),
    ...skippedLines(profile, view),
    ...healthLines(profile, view),
    ...warnings.flatMap((warning) => noticeLines(warning, '!', 'yellow', view)),
    ...errors.flatMap((error) => noticeLines(error, 'x', 'red', view)),
    ...limits.flatMap((limit) => signedLines('x', 'red', `over its limit: ${limitSentence(limit)}`, view)),
    ...dimLines(sums(profile), view),
  ]
}

/** One change, with its values where they may be shown. */
export function changeLines(placed: Placed, view: View): string[] {
  const { action, fields } = placed.change
  const shown = values(placed.change, view.detail)
  const name = subject(placed.change, view.detail)
  const place = placeOf(placed, view)
  const words = [reasonWords(placed), ...(place === '' ? [] : [place])] as const
  return [
    ...namedLines(ACTION_SIGNS[action], ACTION_COLOURS[action], name, words, view),
    ...(shown?.map((field) => fieldLine(field, view)) ??
      (fields.length > 0
        ? [`      ${terminalText(fields.map(({ field }) => field).join(', '), view.width - 6)}`]
        : [])),
    ...removalLines(placed, view),
  ]
}

/** `      - mail-contact Ada Lovelace <ada@fabrikam.com> gives way to it`: what goes with a change. */
export function removalLines({ change: { removes = [] } }: Placed, { detail, width, paint }: View): string[] {
  const words = 'gives way to it'
  return removes.map(({ object, label }) => {
    const name = terminalText(`${object} ${who(label, detail)}`, width - 9 - words.length)
    return `      ${paint('red', '-')} ${name} ${paint('dim', words)}`
  })
}

/** `      title: "Engineer" -> "Principal Engineer"` */
function fieldLine({ field, before, after }: FieldChange, { width, paint }: View): string {
  const name = terminalText(field, 32)
  const both = !isNothing(before) && !isNothing(after)
  // Beside the values: the indent, the name, the arrow, and four quotes.
  const room = Math.max(16, width - 6 - columns(name) - 2 - 4 - 4)
  const most = both ? Math.floor(room / 2) : room - 7
  const was = isNothing(before) ? '' : `${paint('red', shortText(before, most))} -> `
  const is = isNothing(after) ? paint('dim', 'nothing') : paint('green', shortText(after, most))
  return `      ${name}: ${was}${is}`
}

function shortText(value: FieldChange['before'], max: number): string {
  return terminalText(valueText(value, max))
}

function skippedLines({ skipped }: ProfilePlan, { width, paint }: View): string[] {
  const people = skipped.filter((one) => !isUnreached(one))
  return occurrences(people.map(({ reason }) => reason)).map(
    ([reason, count]) =>
      `  ${paint('yellow', '!')} ${number(count)} skipped: ${terminalText(reason, width - 26)}`,
  )
}

/** `1 to create, 4 to update, 2 to delete, 93 unchanged, 2 skipped; limits: deletes 3 of 10` */
function sums(profile: ProfilePlan): string {
  const { counts, mailboxes } = profile
  const uses = limitUses(profile).filter(({ count }) => count > 0)
  const used = uses.map(({ limit, count, allowed }) => `${limit} ${number(count)} of ${number(allowed)}`)
  const of = (
    [
      [counts.create, 'to create'],
      [counts.update, 'to update'],
      [counts.delete, 'to delete'],
      [counts.unchanged, 'unchanged'],
      [counts.skipped, 'skipped'],
    ] as const
  ).filter(([count]) => count > 0)
  return [
    of.map(([count, words]) => `${number(count)} ${words}`).join(', ') || 'nothing there',
    ...(mailboxes === undefined ? [] : [mailboxCount(mailboxes)]),
    ...(used.length > 0 ? [`limits: ${used.join(', ')}`] : []),
  ].join('; ')
}
