import type { Answer, Request } from '../../service.ts'
import type { GitHubState } from '../state.ts'

/** A request whose sender, path and body were checked. */
export interface Call {
  readonly request: Request
  readonly state: GitHubState
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly now: Date
  /** This address, for the links of a list. */
  readonly address: string
}

export type Operation = (call: Call) => Answer

/** A text of a body that was checked; `''` for what is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** In characters, as GitHub counts them. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}
