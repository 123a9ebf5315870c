/** What plan and result share at a terminal. */
import type { Notice, ProfilePlan } from '../../engine/plan.ts'
import { message, who, type Detail } from '../detail.ts'
import { columns, terminalText } from '../inert.ts'
import { OUTCOME_MOODS, OUTCOME_WORDS } from '../wording.ts'
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

export function viewOf({ detail, color, width }: Screen): View {
  return { detail, width: Math.max(LEAST_WIDTH, width), paint: painter(color) }
}

/** `fabrikam-in-contoso  fabrikam -> contoso  blocked` */
export function profileHeading(
  { name, from, to }: ProfilePlan,
  outcome: ProfilePlan['outcome'],
  { width, paint }: View,
): string {
  const words = OUTCOME_WORDS[outcome]
  const room = width - words.length - 8
  const shown = terminalText(name, Math.max(LEAST_NAME, Math.floor(room / 2)))
  const where = `${terminalText(from.join(', '), Math.floor(room / 4))} -> ${terminalText(to, Math.floor(room / 4))}`
  return `${paint('bold', shown)}  ${paint('dim', where)}  ${paint(MOOD_COLOURS[OUTCOME_MOODS[outcome]], words)}`
}

/** `  + Ada Lovelace <ada@fabrikam.com>  no longer in scope` */
export function personLine(
  sign: string,
  colour: Colour,
  label: string,
  words: string,
  { detail, width, paint }: View,
): string {
  const room = width - 4 - 2 - columns(words)
  return `  ${paint(colour, sign)} ${terminalText(who(label, detail), Math.max(LEAST_NAME, room))}  ${paint('dim', words)}`
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
