/** Health at a terminal: each entry by itself where people may be shown, else how many there are of each state. */
import type { Health, ProfilePlan } from '../../engine/plan.ts'
import { healthCounts, shownHealth, type ShownHealth } from '../health.ts'
import { terminalText } from '../inert.ts'
import { progressBar, shownProgress, type ShownProgress } from '../progress.ts'
import { otherHealth, readinessOf, readinessWords } from '../readiness.ts'
import { HEALTH_MOODS, number } from '../wording.ts'
import { shortName } from './mailboxes.ts'
import { MOOD_COLOURS } from './paint.ts'
import { signedLines, type View } from './screen.ts'

const MOST_TEXT = 1000
const MOST_STATE = 40
/** In columns. */
const BAR = 20
/** More mailboxes than these are not read at a terminal: of those that need something, and of those that are ready. */
const MOST_UNREADY = 200
const MOST_READY = 20

const SIGNS: Record<Health['state'], string> = { ok: '·', warning: '!', error: 'x' }

/** How far it has come, the mailboxes, and then the rest: the worst first. */
export function healthLines(profile: ProfilePlan, view: View): string[] {
  return [
    ...shownProgress([profile], view.detail).flatMap((one) => progressLines(one, view)),
    ...mailboxLines(profile, view),
    ...otherLines(otherHealth([profile]), view),
  ]
}

/** `· batch ok: wave-1: 12 of 16 are there`, and below `████████████████░░░░ 80 %, Synced 12, Failed 1` */
function progressLines({ what, name, state, text, percent, states }: ShownProgress, view: View): string[] {
  const said = [`${what} ${state}`]
  if (name !== undefined) said.push(shortName(name, view.width))
  if (text !== undefined) said.push(terminalText(text, MOST_TEXT))
  const numbers = [
    `${number(percent)} %`,
    ...states.map(([named, count]) => `${terminalText(named, MOST_STATE)} ${number(count)}`),
  ]
  return [
    ...stateLines(state, said.join(': '), view),
    ...signedLines(' ', 'dim', `${progressBar(percent, BAR)} ${numbers.join(', ')}`, view),
  ]
}

function mailboxLines(profile: ProfilePlan, view: View): string[] {
  return readinessOf([profile], view.detail).flatMap((readiness) => {
    const { all, ready, shownUnready, shownReady } = readiness
    const unready = shownUnready.slice(0, MOST_UNREADY)
    const left = shownUnready.length - unready.length
    return [
      ...stateLines(ready === all ? 'ok' : 'warning', readinessWords(readiness), view),
      ...entryLines(unready, view),
      ...(left > 0 ? [`    … and ${number(left)} more need something; plan.json names them all`] : []),
      ...(shownReady.length <= MOST_READY ? entryLines(shownReady, view) : []),
    ]
  })
}

function otherLines(others: ReturnType<typeof otherHealth>, view: View): string[] {
  if (view.detail !== 'counts') return entryLines(shownHealth(others, view.detail), view)
  return healthCounts(others.flatMap(({ health }) => health)).map(
    ([words, count]) => `  · ${number(count)} ${words}`,
  )
}

function entryLines(entries: readonly ShownHealth[], view: View): string[] {
  return entries.flatMap((entry) => stateLines(entry.state, sentence(entry, view), view))
}

function stateLines(state: Health['state'], text: string, view: View): string[] {
  return signedLines(SIGNS[state], MOOD_COLOURS[HEALTH_MOODS[state]], text, view)
}

/** `provisioning error: A. L. @fabrikam.com: EntryExport failure (e.g. C. B. @fabrikam.com)` */
function sentence({ what, state, name, text, example }: ShownHealth, { width }: View): string {
  const said = [`${what} ${state}`, shortName(name, width)]
  if (text !== undefined) said.push(terminalText(text, MOST_TEXT))
  return `${said.join(': ')}${example === undefined ? '' : ` (e.g. ${shortName(example, width)})`}`
}
