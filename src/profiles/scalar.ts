/** From a place in the text that a scalar means to the place in the file where it is written. */

/** In double quotes one character may be written as several: YAML 1.2, 5.7 "Escaped characters". */
const DOUBLE_QUOTED = /\\(?:x.{2}|u.{4}|U.{8}|.)|[^]/g
/** In single quotes a quote is doubled: YAML 1.2, 7.3.2. */
const SINGLE_QUOTED = /''|[^]/g

/**
 * @param source the scalar as it is written, quotes included.
 * @param style as the `yaml` library names it.
 * @returns 0, the beginning, for scalars of several lines: their indentation is not part of the text.
 */
export function sourceOffset(source: string, style: string | undefined, offset: number): number {
  if (source.trimEnd().includes('\n')) return 0
  if (style === 'PLAIN') return offset
  if (style === 'QUOTE_SINGLE') return written(source, SINGLE_QUOTED, offset)
  if (style === 'QUOTE_DOUBLE') return written(source, DOUBLE_QUOTED, offset)
  return 0
}

function written(source: string, character: RegExp, offset: number): number {
  const characters = source.slice(1).match(character) ?? []
  return characters.slice(0, offset).reduce((sum, one) => sum + one.length, 1)
}
