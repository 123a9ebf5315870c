/** Microsoft's PowerShell module without PowerShell: see `pwsh.mjs`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What else than its work it may be made to do. */
export type Play =
  | 'chatters' // writes before and after its answer
  | 'complains' // writes what it was given to standard error, and ends
  | 'dawdles' // never answers
  | 'dies' // is killed before it has read anything
  | 'dies-late' // is killed after Exchange has done its work
  | 'elsewhere' // asks a server of Exchange that nobody else is led to
  | 'hangs' // never answers, and does not end when it is asked to
  | 'marks' // begins with a byte order mark
  | 'module-missing'
  | 'nonsense' // answers nothing that is an answer
  | 'quotes' // refuses with what it was given, and the secrets of it as its code

/**
 * The environment in which tenant-sync takes it for PowerShell.
 * @param options.records a file in which each run leaves a line, read by `recorded`.
 * @param options.at the one run that plays, counted from 1 in an empty folder; by default every one does.
 */
export function standIn(
  options: { plays?: Play; records?: string; at?: { run: number; folder: string } } = {},
): Record<string, string> {
  const { plays, records, at } = options
  return {
    TENANT_SYNC_PWSH: join(import.meta.dirname, 'pwsh.mjs'),
    PATH: process.env['PATH'] ?? '',
    ...(plays && { STAND_IN_PLAYS: plays }),
    ...(records !== undefined && { STAND_IN_RECORDS: records }),
    ...(at && { STAND_IN_PLAYS_AT: String(at.run), STAND_IN_RUNS: at.folder }),
  }
}

export interface Recorded {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Standard input, as it came. */
  readonly input: string
}

/** The runs that left a line in a file, in order. */
export function recorded(records: string): Recorded[] {
  return readFileSync(records, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)
}
