/** What an apply did, at a terminal: what was not written by name, the rest as numbers. */
import type { ChangeResult, ProfileResult, Result } from '../../engine/result.ts'
import type { ProfilePlan } from '../../engine/plan.ts'
import { isByHand, leftByHand } from '../by-hand.ts'
import { subject } from '../detail.ts'
import { codesOf, failedAlike } from '../endings.ts'
import { terminalText } from '../inert.ts'
import { namedPlaces } from '../places.ts'
import { occurrences, placedChanges, type Placed } from '../tally.ts'
import { resultVerdict } from '../verdict.ts'
import { ACTION_SIGNS, limitSentence, listed, mailboxCount, number, reviewedWords } from '../wording.ts'
import { byHandLines } from './by-hand.ts'
import { healthLines } from './health.ts'
import { placeOf, shortName, unreachedLines } from './mailboxes.ts'
import { MOOD_COLOURS, type Colour } from './paint.ts'
import { removalLines } from './plan.ts'
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

/** Ends with a line break. */
export function terminalResult(result: Result, screen: Screen): string {
  const view = viewOf(screen)
  const { mood, sentence } = resultVerdict(result)
  const again = result.profiles.some(
    ({ failed, skipped, outcome }) => failed + skipped > 0 || outcome === 'failed',
  )
  return [
    ...result.profiles.flatMap((profile, at) => [
      ...profileLines(profile, result.plan.profiles[at]!, view),
      '',
    ]),
    ...byHandLines(leftByHand(result), view),
    `${view.paint('bold', 'Apply:')} ${view.paint(MOOD_COLOURS[mood], sentence)}`,
    ...(again ? ['Safe to run again: what is done is skipped.'] : []),
    '',
  ].join('\n')
}

function profileLines(profile: ProfileResult, plan: ProfilePlan, view: View): string[] {
  const { outcome, reviewed, done, held, failed, skipped, changes, errors } = profile
  const placed = placedChanges(plan)
  return [
    profileHeading(plan, outcome, view),
    ...(view.detail === 'counts'
      ? failureCounts(changes)
      : changes.flatMap((ending, index) => endingLines(ending, placed[index]!, view))),
    ...unreachedLines(plan, view),
    ...healthLines(plan, view),
    ...errors.flatMap((error) => noticeLines(error, 'x', 'red', view)),
    ...plan.limits.flatMap((limit) =>
      signedLines('x', 'red', `over its limit: ${limitSentence(limit)}`, view),
    ),
    ...(reviewed ? dimLines(reviewedWords(reviewed), view) : []),
    ...dimLines(
      listed([
        `${number(done.create)} created`,
        `${number(done.update)} updated`,
        `${number(done.delete)} deleted`,
        ...(held > 0 ? [`${number(held)} held back`] : []),
        ...(failed > 0 ? [`${number(failed)} failed`] : []),
        ...(skipped > 0 ? [`${number(skipped)} not attempted`] : []),
      ]),
      view,
    ),
  ]
}

function failureCounts(changes: readonly ChangeResult[]): string[] {
  return occurrences(changes.flatMap(codesOf)).map(
    ([code, count]) => `  x ${number(count)} failed: ${terminalText(code, 60)}`,
  )
}

/** The mailboxes in which a change failed alike: more names than these help nobody. */
const MOST_PLACES = 5

function endingLines(ending: ChangeResult, placed: Placed, view: View): string[] {
  const { change } = placed
  const place = placeOf(placed, view)
  const line = (colour: Colour, ...words: readonly [string, ...(readonly string[])]) =>
    namedLines(ACTION_SIGNS[change.action], colour, subject(change, view.detail), words, view)
  const places = place === '' ? [] : [place]
  switch (ending.status) {
    case 'done':
    case 'elsewhere':
      return []
    case 'held':
      return [...line('yellow', `held back: ${ending.why}`, ...places), ...removalLines(placed, view)]
    case 'failed':
      return [...line('red', 'failed', ...places), ...noticeLines(ending.error, ' ', 'red', view)]
    case 'skipped':
      return line('yellow', isByHand(placed) ? 'to be made by hand' : 'not attempted', ...places)
    case 'divided':
      return [...line('red', dividedWords(ending)), ...dividedLines(ending, view)]
  }
}

type Divided = Extract<ChangeResult, { status: 'divided' }>

/** `failed in 2 mailboxes, not attempted in 1, done in 1,237` */
function dividedWords({ done, failures, skipped }: Divided): string {
  const [first, ...rest] = (
    [
      ['failed in', failures.length],
      ['not attempted in', skipped.length],
      ['done in', done],
    ] as const
  ).filter(([, count]) => count > 0)
  return [
    `${first![0]} ${mailboxCount(first![1])}`,
    ...rest.map(([words, count]) => `${words} ${number(count)}`),
  ].join(', ')
}

function dividedLines({ failures }: Divided, view: View): string[] {
  return failedAlike(failures).flatMap(({ error, mailboxes }) => [
    ...noticeLines(error, ' ', 'red', view),
    ...signedLines(
      ' ',
      'red',
      `  in ${namedPlaces(mailboxes, MOST_PLACES, view.detail, (name) => shortName(name, view.width))}`,
      view,
    ),
  ])
}
