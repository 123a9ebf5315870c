/** What an apply did, at a terminal: what was not written by name, the rest as numbers. */
import type { ChangeResult, ProfileResult, Result } from '../../engine/result.ts'
import type { Change, ProfilePlan } from '../../engine/plan.ts'
import { terminalText } from '../inert.ts'
import { occurrences } from '../tally.ts'
import { resultVerdict } from '../verdict.ts'
import { ACTION_SIGNS, limitSentence, listed, number } from '../wording.ts'
import { MOOD_COLOURS } from './paint.ts'
import {
  dimLines,
  noticeLines,
  personLine,
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
    `${view.paint('bold', 'Apply:')} ${view.paint(MOOD_COLOURS[mood], sentence)}`,
    ...(again ? ['Safe to run again: what is done is skipped.'] : []),
    '',
  ].join('\n')
}

function profileLines(profile: ProfileResult, plan: ProfilePlan, view: View): string[] {
  const { outcome, done, held, failed, skipped, changes, errors } = profile
  return [
    profileHeading(plan, outcome, view),
    ...(view.detail === 'counts'
      ? failureCounts(changes)
      : changes.flatMap((ending, index) => endingLines(ending, plan.changes[index]!, view))),
    ...errors.flatMap((error) => noticeLines(error, 'x', 'red', view)),
    ...plan.limits.flatMap((limit) =>
      signedLines('x', 'red', `over its limit: ${limitSentence(limit)}`, view),
    ),
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
  const codes = changes.flatMap((ending) => (ending.status === 'failed' ? [ending.error.code] : []))
  return occurrences(codes).map(([code, count]) => `  x ${number(count)} failed: ${terminalText(code, 60)}`)
}

function endingLines(ending: ChangeResult, { action, label }: Change, view: View): string[] {
  const sign = ACTION_SIGNS[action]
  switch (ending.status) {
    case 'done':
      return []
    case 'held':
      return [personLine(sign, 'yellow', label, `held back: ${ending.why}`, view)]
    case 'failed':
      return [personLine(sign, 'red', label, 'failed', view), ...noticeLines(ending.error, ' ', 'red', view)]
    case 'skipped':
      return [personLine(sign, 'yellow', label, 'not attempted', view)]
  }
}
