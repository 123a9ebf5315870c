/** What plan and result share at a terminal. */
import type { Notice, ProfilePlan } from '../../engine/plan.ts'
import { message, type Detail } from '../detail.ts'
import { columns, terminalText } from '../inert.ts'
import { OUTCOME_MOODS, OUTCOME_WORDS, type Mood } from '../wording.ts'
import { MOOD_COLOURS, painter, type Colour, type Paint } from './paint.ts'

export interface Screen {
  readonly detail: Detail
  readonly color: boolean
  /** In columns. Narrower than 40 is taken for 40. */
  readonly width: number
}

export interface View {
  readonly detail: Detail
  readonly width: number
  readonly paint: Paint
}

const LEAST_WIDTH = 40
/** A name is worth this many columns, however little room there is. */
const LEAST_NAME = 12
/** Rather than shorten a name further, the words beside it go on below. */
const GOOD_NAME = 30

export function viewOf({ detail, color, width }: Screen): View {
  return { detail, width: Math.max(LEAST_WIDTH, width), paint: painter(color) }
}

/** `fabrikam-in-contoso  fabrikam -> contoso  blocked` */
export function profileHeading(profile: ProfilePlan, outcome: ProfilePlan['outcome'], view: View): string {
  return heading(profile, OUTCOME_WORDS[outcome], OUTCOME_MOODS[outcome], view)
}

/** @param words of ours: they are never cut */
export function heading(
  { name, from, to }: Pick<ProfilePlan, 'name' | 'from' | 'to'>,
  words: string,
  mood: Mood,
  { width, paint }: View,
): string {
  const room = width - words.length - 8
  const shown = terminalText(name, Math.max(LEAST_NAME, Math.floor(room / 2)))
  const where = `${terminalText(from.join(', '), Math.floor(room / 4))} -> ${terminalText(to, Math.floor(room / 4))}`
  return `${paint('bold', shown)}  ${paint('dim', where)}  ${paint(MOOD_COLOURS[mood], words)}`
}

/**
 * `  + Ada Lovelace <ada@fabrikam.com>  no longer in scope, in 3 mailboxes`
 * @param shown as much of a name as may be shown
 * @param words of ours, or inert already; what finds no room beside the name stands on lines of its own
 */
export function namedLines(
  sign: string,
  colour: Colour,
  shown: string,
  [first, ...more]: readonly [string, ...(readonly string[])],
  { width, paint }: View,
): string[] {
  const all = [first, ...more].join(', ')
  const fits = columns(all) <= width - 6 - GOOD_NAME
  const words = fits ? all : first
  const name = terminalText(shown, Math.max(LEAST_NAME, width - 6 - columns(words)))
  return [
    `  ${paint(colour, sign)} ${name}  ${paint('dim', words)}`,
    ...(fits ? [] : more.map((part) => `      ${paint('dim', part)}`)),
  ]
}

/** The code of an error, and its text where it may be shown. */
export function noticeLines(notice: Notice, sign: string, colour: Colour, view: View): string[] {
  const text = message(notice, view.detail)
  const said = terminalText(notice.code, 60) + (text === undefined ? '' : `: ${terminalText(text, 1000)}`)
  return signedLines(sign, colour, said, view)
}

/** @param text inert already; it is shown in lines of whole words */
export function signedLines(sign: string, colour: Colour, text: string, { width, paint }: View): string[] {
  return filled(text, width - 4).map((line, index) =>
    index === 0 ? `  ${paint(colour, sign)} ${line}` : `    ${line}`,
  )
}

/** Numbers that close a profile. */
export function dimLines(text: string, { width, paint }: View): string[] {
  return filled(text, width - 2).map((line) => `  ${paint('dim', line)}`)
}

/** Words in lines of at most `width` columns; a longer word has a line of its own. */
function filled(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && columns(last) + 1 + columns(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
