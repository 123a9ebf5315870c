/** A source that cannot be read whole, and why. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  /** E.g. `csv-unknown-column`, `http-redirected`. */
  readonly code: string
  /** What may be told where nothing of people may: absent, the code alone. */
  readonly advice?: string
  /** Where in the profile stands what it is about. */
  readonly path?: readonly (string | number)[]
  constructor(
    code: string,
    message: string,
    options: { advice?: string; cause?: unknown; path?: readonly (string | number)[] } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    if (options.advice !== undefined) this.advice = options.advice
    if (options.path !== undefined) this.path = options.path
  }
}
