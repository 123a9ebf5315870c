/** Lines of a file as editors count them, from 1: ended by LF, CRLF or CR. Bytes, as parsers tell places in bytes. */

const LF = 10
const CR = 13

export interface Line {
  readonly number: number
  /** With its end. */
  readonly bytes: Buffer
}

/** What stands behind the last line end is a line too, be it empty. */
export function* linesOf(bytes: Buffer): Generator<Line> {
  let number = 1
  let begin = 0
  for (let at = 0; at < bytes.length; at++) {
    if (!endsLine(bytes, at)) continue
    yield { number, bytes: bytes.subarray(begin, at + 1) }
    number += 1
    begin = at + 1
  }
  yield { number, bytes: bytes.subarray(begin) }
}

/** @returns tells on which line a byte stands; to be asked from top to bottom. */
export function lineCounter(bytes: Buffer): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (; at < offset; at++) if (endsLine(bytes, at)) line += 1
    return line
  }
}

function endsLine(bytes: Buffer, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)
}
