/** Changes that somebody has to make, at a terminal: the scripts stand from the first column on, to be copied. */
import { ALL_SCRIPTS, missingOn, byHandWords, shownScripts, unshownWords } from '../by-hand.ts'
import { subject } from '../detail.ts'
import { terminalText } from '../inert.ts'
import type { Planned } from '../tally.ts'
import { signedLines, type View } from './screen.ts'

/** More than these nobody copies from a screen. */
const MOST_SCRIPTS = 20

/** Ends with an empty line, where there is anything. */
export function byHandLines(planned: readonly Planned[], view: View): string[] {
  if (planned.length === 0) return []
  const shown = shownScripts(planned, view.detail, MOST_SCRIPTS)
  const unshown = unshownWords(planned, shown)
  return [
    ...signedLines('!', 'yellow', `${byHandWords(planned)}: ${missingOn('this machine')}`, view),
    ...(unshown === undefined
      ? []
      : [
          ...signedLines(
            ' ',
            'dim',
            `${unshown} in the plan file alone (--out plan.json); all at once:`,
            view,
          ),
          `    ${ALL_SCRIPTS}`,
        ]),
    '',
    // A comment of PowerShell, so that it may be copied along.
    ...shown.flatMap(({ change, lines, isAltered }) => [
      view.paint(
        'dim',
        `# ${terminalText(`${change.object} ${subject(change, view.detail)}`, view.width - 2)}`,
      ),
      ...(isAltered
        ? [view.paint('yellow', '# It holds characters that cannot be seen: take it from plan.json.')]
        : []),
      ...lines.map((line) => terminalText(line)),
      '',
    ]),
  ]
}
