/** What stands in a tenant in a way that a profile cannot go on from: somebody has to decide. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code:
    'application-ambiguous' | 'owned-by-another' | 'not-visible' | 'notes-full' | 'no-registration'
  /** Applications and profiles have names that anybody may be told. */
  readonly advice: string
  constructor(code: ConfigurationError['code'], message: string) {
    super(message)
    this.code = code
    this.advice = message
  }
}
