/** The changes that were not written: failed, held back, not attempted. */
import type { Change } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { isByHand } from '../by-hand.ts'
import { message, subject, type Detail } from '../detail.ts'
import { failures, heldBack, unattempted, type Failure } from '../endings.ts'
import { code, prose } from '../inert.ts'
import { added, occurrences, sumOf, timesOf, type Occurrence, type Planned } from '../tally.ts'
import { HELD_WORDS, number, subjectTitle } from '../wording.ts'
import type { Level } from './levels.ts'
import { firstOf, folded, heading, label, MOST_NAME, objectOf, type View } from './parts.ts'
import { table } from './table.ts'

const MOST_TEXT = 400

/** Grouped by the services' codes, for one cause mostly fails many; the text tells the request's id. */
export function failedSection(result: Result, view: View): string {
  const failed = failures(result)
  const named = occurrences(failed.map(({ error }) => error.code))
  return section('Failed', byCode(failed, named), view, {
    named,
    why: ({ error }) => {
      const text = message(error, view.detail)
      return [code(error.code, MOST_NAME), ...(text === undefined ? [] : [prose(text, MOST_TEXT)])].join(' ')
    },
    open: true,
  })
}

function byCode(failed: readonly Failure[], named: readonly Occurrence[]): readonly Failure[] {
  const rank = new Map(named.map(([name], index) => [name, index]))
  return failed.toSorted((left, right) => rank.get(left.error.code)! - rank.get(right.error.code)!)
}

export function heldSection(result: Result, view: View): string {
  const held = heldBack(result)
  return section('Held back', held, view, {
    named: added(held.map((one) => [one.why, timesOf(one)])),
    why: ({ why }) => `${code(why, MOST_NAME)} ${HELD_WORDS[why]}`,
    open: true,
  })
}

/** Apart from what somebody has to make. What one waits for is told by the other's key, which may be somebody's address. */
export function skippedChangesSection(result: Result, view: View): string {
  const waiting = unattempted(result).filter((one) => !isByHand(one))
  return section('Not attempted', waiting, view, {
    named: [],
    why: ({ why }) =>
      view.detail === 'full'
        ? prose(why, MOST_TEXT)
        : 'what it waits for was not done, or the run was stopped',
    open: false,
  })
}

/** How many lines about people the sections have in a level. */
export function endingLines({ profiles }: Result, detail: Detail): (level: Level) => number {
  if (detail === 'counts') return () => 0
  const failed = profiles.reduce((sum, profile) => sum + profile.failed, 0)
  const skipped = profiles.reduce((sum, profile) => sum + profile.skipped, 0)
  return ({ deletions }) => Math.min(failed, deletions) + Math.min(skipped, deletions)
}

/** `create`, and `create, delete 1` where another object goes with it. */
function actionsOf({ action, removes = [] }: Change): string {
  return removes.length > 0 ? `${action}, delete ${number(removes.length)}` : action
}

interface Told<Ended> {
  readonly named: readonly Occurrence[]
  readonly why: (ended: Ended) => string
  readonly open: boolean
}

function section<Ended extends Planned>(
  title: string,
  all: readonly Ended[],
  view: View,
  { named, why, open }: Told<Ended>,
): string {
  if (all.length === 0) return ''
  const { detail, level } = view
  const counted = `${title} (${number(sumOf(all))})`
  if (detail === 'counts' || level.deletions === 0) return heading(counted, named, view)
  const body = firstOf(all, level.deletions, (shown) =>
    table(
      [
        { title: subjectTitle(shown.map(({ change }) => change)) },
        { title: 'Change' },
        { title: 'In the target' },
        { title: 'Why' },
        { title: 'Profile' },
      ],
      shown.map((ended) => [
        label(subject(ended.change, detail)),
        actionsOf(ended.change),
        objectOf(ended, detail),
        why(ended),
        code(ended.profile.name, MOST_NAME),
      ]),
    ),
  )
  return folded(counted, named, body, open)
}
