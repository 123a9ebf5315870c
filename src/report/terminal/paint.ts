/** Colours at a terminal: the only escapes that a rendering holds (ECMA-48, Select Graphic Rendition). */
import type { Mood } from '../wording.ts'

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

const CODES: Record<Colour, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }

/** Paints text that is inert already; without colours it gives it back. */
export type Paint = (colour: Colour, text: string) => string

export function painter(color: boolean): Paint {
  return (colour, text) => (color ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text)
}

export const MOOD_COLOURS: Record<Mood, Colour> = {
  calm: 'green',
  change: 'cyan',
  care: 'yellow',
  alarm: 'red',
}
