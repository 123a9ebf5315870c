/** Changes that somebody has to make: a line that is always seen, and the scripts to paste. */
import {
  ALL_SCRIPTS,
  missingOn,
  byHandWords,
  shownScripts,
  unshownWords,
  type ShownScript,
} from '../by-hand.ts'
import { subject } from '../detail.ts'
import { code, fenced } from '../inert.ts'
import type { Planned } from '../tally.ts'
import { number } from '../wording.ts'
import { blocks, folded, label, MOST_NAME, type View } from './parts.ts'

export function byHandSection(planned: readonly Planned[], view: View): string {
  if (planned.length === 0) return ''
  const shown = shownScripts(planned, view.detail, view.level.scripts)
  return blocks([
    `**${byHandWords(planned)}:** ${missingOn('the runner')}${whereTheRestIs(planned, shown)}`,
    shown.length === 0
      ? ''
      : folded(
          `Scripts to paste (${number(shown.length)})`,
          [],
          blocks([altered(shown), ...shown.map((one) => scriptOf(one, view))]),
        ),
  ])
}

function scriptOf({ profile, change, lines }: ShownScript, { detail }: View): string {
  const facts = [label(subject(change, detail)), change.object, profile.name]
  const [first, ...rest] = facts as [string, ...string[]]
  return blocks([
    [`**${first}**`, ...rest.map((fact) => code(fact, MOST_NAME))].join(' · '),
    fenced('powershell', lines),
  ])
}

function whereTheRestIs(planned: readonly Planned[], shown: readonly ShownScript[]): string {
  const unshown = unshownWords(planned, shown)
  return unshown === undefined
    ? ''
    : ` ${unshown} in the plan file on the runner alone, under ${code('manual')}; all at once: ${code(ALL_SCRIPTS)}`
}

function altered(shown: readonly ShownScript[]): string {
  return shown.some(({ isAltered }) => isAltered)
    ? 'Some hold characters that cannot be seen, for which signs stand here: paste those from the plan file.'
    : ''
}
