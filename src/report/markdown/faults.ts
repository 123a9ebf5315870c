/** Profiles that do not pass validation, in Markdown: where each fault stands, and what would be right. */
import { code, prose } from '../inert.ts'
import { number, some } from '../wording.ts'
import { marker } from './marker.ts'
import { blocks } from './parts.ts'

/** A fault as it is shown: `''` for the file of one that stands in none. */
export interface ShownFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** May quote the file: hostile text. */
  readonly message: string
}

const MOST_FAULTS = 50
const MOST_TEXT = 500

/** For the job summary. Faults quote the repository's own files, never a directory. */
export function faultsSection(faults: readonly ShownFault[]): string {
  const lines = faults.slice(0, MOST_FAULTS).map(({ file, line, column, message }) => {
    const place = file === '' ? '' : `${code(`${file}:${line}:${column}`)} `
    return `- ${place}${prose(message, MOST_TEXT)}`
  })
  const more = faults.length - lines.length
  return blocks([
    `### 🟥 tenant-sync: ${some(faults.length, 'fault')} in the profiles; nothing was read or planned`,
    lines.join('\n'),
    more > 0 ? `… and ${number(more)} more; the log names them all.` : '',
  ])
}

/** In the place of the plan comment. */
export function faultsComment(faults: readonly ShownFault[], id: string): string {
  return `${marker('plan', id)}\n${faultsSection(faults)}`
}

/** In the one issue that says that somebody must look. */
export function faultsIssue(faults: readonly ShownFault[]): string {
  return `${marker('attention', 'default')}\n${faultsSection(faults)}`
}
