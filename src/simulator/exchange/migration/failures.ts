/** Moves that fail whatever is right about them, because a seed or a test wants it so. */

/** What is to go wrong; a text alone is the error, each time. */
export type MoveFailure =
  | string
  | {
      /** In the service's words, with the type of the exception before them. */
      readonly error: string
      /** Default: both, so that it shows at the first. */
      readonly at?: 'sync' | 'completion'
      /** How often. Default: each time. */
      readonly times?: number
    }

/** By the address in the target, in lower case. */
export type MoveFailures = Map<string, MoveFailure>

/** Counts this attempt, and tells the error that strikes it. */
export function failureAt(
  failures: MoveFailures,
  address: string,
  at: 'sync' | 'completion',
): string | undefined {
  const key = address.toLowerCase()
  const failure = failures.get(key)
  if (failure === undefined || typeof failure === 'string') return failure
  if ((failure.at ?? at) !== at) return undefined
  if (failure.times === 1) failures.delete(key)
  else if (failure.times !== undefined) failures.set(key, { ...failure, times: failure.times - 1 })
  return failure.error
}
