import type { ServiceName } from './service.ts'

/** One request as it came in, in the order of arrival. Requests inside a `$batch` have records of their own. */
export interface RequestRecord {
  /** From 1. */
  readonly seq: number
  readonly service: ServiceName
  /** The tenant's name in the seed, where path or token name one. */
  readonly tenant: string | undefined
  readonly method: string
  /** With its query; special characters encoded (`%24top=5`). */
  readonly path: string
  /** The cmdlet, or the path with its ids replaced. */
  readonly operation: string
  readonly write: boolean
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown
  /** What was answered; 0 while it is under way and when the connection was broken. */
  status: number
}
