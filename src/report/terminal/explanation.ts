/** One person at a terminal: profile by profile, whether it includes them and why, and what stands in its target. */
import type { ProfileExplained, Standing } from '../../engine/explanation.ts'
import type { Notice } from '../../engine/plan.ts'
import { message, who } from '../detail.ts'
import { terminalText } from '../inert.ts'
import { placedChanges, sumOf } from '../tally.ts'
import { valueText } from '../values.ts'
import { limitSentence, listed, number, some, type Mood } from '../wording.ts'
import { changeLines } from './plan.ts'
import { dimLines, heading, noticeLines, signedLines, viewOf, type Screen, type View } from './screen.ts'

const VERDICTS: Readonly<Record<ProfileExplained['verdict'], readonly [words: string, mood: Mood]>> = {
  included: ['included', 'calm'],
  skipped: ['in scope, and skipped', 'care'],
  'not-included': ['not included', 'care'],
  unknown: ['not known to its sources', 'care'],
  paused: ['paused: nothing is read or planned', 'care'],
  failed: ['failed', 'alarm'],
  'no-people': ['is about no people', 'calm'],
}

/** Ends with a line break. */
export function terminalExplanation(
  address: string,
  profiles: readonly ProfileExplained[],
  screen: Screen,
): string {
  const view = viewOf(screen)
  return [
    ...profiles.flatMap((profile) => [...profileLines(profile, view), '']),
    view.paint('bold', summary(address, profiles, view)),
    '',
  ].join('\n')
}

function profileLines(profile: ProfileExplained, view: View): string[] {
  const { verdict, label, reasons, standing, errors } = profile
  const [words, mood] = VERDICTS[verdict]
  const named = label !== undefined && view.detail !== 'counts'
  return [
    heading(profile, words, mood, view),
    ...(named ? [`  ${terminalText(who(label, view.detail), view.width - 2)}`] : []),
    ...reasons.flatMap((reason) => signedLines('·', 'dim', reasonText(reason, view), view)),
    ...standing.flatMap((one) => standingLines(one, profile, view)),
    ...planLines(profile, view),
    ...errors.flatMap((error) => noticeLines(error, 'x', 'red', view)),
  ]
}

/** The sentence where it may be shown, else its code. */
function reasonText(reason: Notice, { detail }: View): string {
  return terminalText(message(reason, detail) ?? reason.code, 1000)
}

/** What stands in the target, and its values where they may be shown. */
function standingLines(
  { object, targetId, mailbox, whose, attributes }: Standing,
  { to }: ProfileExplained,
  view: View,
): string[] {
  const { detail, width } = view
  const place = mailbox === undefined || detail === 'counts' ? '' : `, mailbox ${who(mailbox, detail)}`
  const id = targetId === undefined || detail !== 'full' ? '' : ` ${targetId}`
  const said = terminalText(`stands in ${to}${place}: ${object}${id}, ${whose}`, 1000)
  const values =
    detail === 'full'
      ? Object.entries(attributes).map(([attribute, value]) => {
          const name = `      ${terminalText(attribute, 32)}: `
          return name + terminalText(valueText(value, Math.max(16, width - name.length - 2)))
        })
      : []
  return [...signedLines('=', 'cyan', said, view), ...values]
}

/** What an apply would do, of a profile that was planned. */
function planLines(profile: ProfileExplained, view: View): string[] {
  const { verdict, changes, limits } = profile
  if (verdict === 'paused' || verdict === 'failed' || verdict === 'no-people') return []
  if (changes.length === 0) return dimLines('an apply would change nothing here', view)
  const placed = placedChanges(profile)
  return [
    ...dimLines(`an apply would make ${some(sumOf(placed), 'change')}`, view),
    ...(view.detail === 'counts' ? [] : placed.flatMap((one) => changeLines(one, view))),
    ...limits.flatMap((limit) =>
      signedLines('x', 'red', `blocked, so nothing of it is written: ${limitSentence(limit)}`, view),
    ),
  ]
}

function summary(address: string, profiles: readonly ProfileExplained[], { detail }: View): string {
  const shown = detail === 'counts' ? 'This person' : terminalText(who(address, detail), 320)
  const named = (wanted: ProfileExplained['verdict']) =>
    profiles.filter(({ verdict }) => verdict === wanted).map(({ name }) => terminalText(name))
  const including = named('included')
  const failed = named('failed')
  const answer =
    including.length === 0
      ? 'no profile'
      : `${number(including.length)} of ${some(profiles.length, 'profile')}: ${listed(including)}`
  return [
    `${shown} is included in ${answer}.`,
    ...(failed.length > 0 ? [`${some(failed.length, 'profile')} could not be read: ${listed(failed)}.`] : []),
  ].join(' ')
}
