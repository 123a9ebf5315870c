/** Health at a terminal: each entry by itself where people may be shown, else how many there are of each state. */
import type { Health, ProfilePlan } from '../../engine/plan.ts'
import { healthCounts, shownHealth, type ShownHealth } from '../health.ts'
import { terminalText } from '../inert.ts'
import { HEALTH_MOODS, number } from '../wording.ts'
import { shortName } from './mailboxes.ts'
import { MOOD_COLOURS } from './paint.ts'
import { signedLines, type View } from './screen.ts'

const MOST_TEXT = 1000
const SIGNS: Record<Health['state'], string> = { ok: '·', warning: '!', error: 'x' }

/** The worst first. */
export function healthLines(profile: ProfilePlan, view: View): string[] {
  if (view.detail === 'counts')
    return healthCounts(profile.health).map(([words, count]) => `  · ${number(count)} ${words}`)
  return shownHealth([profile], view.detail).flatMap((entry) =>
    signedLines(SIGNS[entry.state], MOOD_COLOURS[HEALTH_MOODS[entry.state]], sentence(entry, view), view),
  )
}

/** `provisioning error: A. L. @fabrikam.com: EntryExport failure (e.g. C. B. @fabrikam.com)` */
function sentence({ what, state, name, text, example }: ShownHealth, { width }: View): string {
  const said = [`${what} ${state}`, shortName(name, width)]
  if (text !== undefined) said.push(terminalText(text, MOST_TEXT))
  return `${said.join(': ')}${example === undefined ? '' : ` (e.g. ${shortName(example, width)})`}`
}
