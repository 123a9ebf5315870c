/** Profiles that do not pass validation, in Markdown: where each fault stands, and what would be right. */
import { code, prose, visible } from '../inert.ts'
import { number, some } from '../wording.ts'
import { marker } from './marker.ts'
import { blocks } from './parts.ts'
import { COMMENT_BYTES } from './plan.ts'

/** A fault as it is shown: `''` for the file of one that stands in none. */
export interface ShownFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** May quote the file: hostile text. */
  readonly message: string
}

const MOST_FAULTS = 50
const MOST_PLACE = 160
const MOST_TEXT = 500
/** Beside the faults: a heading, the marker, how many more there are. */
const FAULTS_BYTES = COMMENT_BYTES - 1_000

/**
 * As many as fit a comment. Faults quote the repository's own files, never a directory, and whoever opens a
 * pull request writes those.
 */
export function faultsSection(faults: readonly ShownFault[]): string {
  const lines = fitting(faults.slice(0, MOST_FAULTS).map(lineOf))
  const more = faults.length - lines.length
  return blocks([
    `### 🟥 tenant-sync: ${some(faults.length, 'fault')} in the profiles; nothing was read or planned`,
    lines.join('\n'),
    more > 0 ? `… and ${number(more)} more; the log names them all.` : '',
  ])
}

function lineOf({ file, line, column, message }: ShownFault): string {
  const place = file === '' ? '' : `${code(`${visible(file, MOST_PLACE)}:${line}:${column}`)} `
  return `- ${place}${prose(message, MOST_TEXT)}`
}

function fitting(lines: readonly string[]): readonly string[] {
  let bytes = 0
  const tooMany = lines.findIndex((line) => (bytes += Buffer.byteLength(line) + 1) > FAULTS_BYTES)
  return tooMany < 0 ? lines : lines.slice(0, tooMany)
}

/** In the place of the plan comment. */
export function faultsComment(faults: readonly ShownFault[], id: string): string {
  return `${marker('plan', id)}\n${faultsSection(faults)}`
}

/** In the one issue that says that somebody must look. */
export function faultsIssue(faults: readonly ShownFault[]): string {
  return `${marker('attention', 'default')}\n${faultsSection(faults)}`
}
