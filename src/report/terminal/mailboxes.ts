/** Mailboxes at a terminal: where a change is made, and those that could not be reached. */
import type { ProfilePlan } from '../../engine/plan.ts'
import { more, who } from '../detail.ts'
import { terminalText } from '../inert.ts'
import { places } from '../places.ts'
import { isUnreached, type Placed } from '../tally.ts'
import { number, UNREACHED_TITLE } from '../wording.ts'
import { namedLines, signedLines, type View } from './screen.ts'

const MOST_TEXT = 1000

/** Inert. */
export function placeOf({ mailboxes }: Placed, { detail, width }: View): string {
  return places(mailboxes, detail, (name) => shortName(name, width))
}

/** Inert: no more of a mailbox's name than leaves room for what is said of it. */
export function shortName(name: string, width: number): string {
  return terminalText(name, Math.floor(width / 2))
}

/** Each by its name, and why. */
export function unreachedLines({ skipped }: ProfilePlan, view: View): string[] {
  const all = skipped.filter(isUnreached)
  if (all.length === 0) return []
  const title = `${UNREACHED_TITLE}: ${number(all.length)}`
  return [
    ...signedLines('!', 'yellow', title, view),
    ...(view.detail === 'counts'
      ? []
      : all.flatMap((one) => {
          const text = more(one, view.detail)
          return [
            ...namedLines(' ', 'yellow', who(one.label, view.detail), [terminalText(one.reason, 40)], view),
            ...(text === undefined
              ? []
              : signedLines(' ', 'yellow', `  ${terminalText(text, MOST_TEXT)}`, view)),
          ]
        })),
  ]
}
