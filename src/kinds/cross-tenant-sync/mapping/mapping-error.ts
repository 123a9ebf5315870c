/** A mapping that the directories do not allow: refused before anything is written. */
export class MappingError extends Error {
  override readonly name = 'MappingError'
  readonly code: MappingErrorCode
  /** Attributes have names that anybody may be told. */
  readonly advice: string
  constructor(code: MappingErrorCode, message: string) {
    super(message)
    this.code = code
    this.advice = message
  }
}

export type MappingErrorCode =
  | 'unknown-attribute'
  | 'read-only-attribute'
  | 'required-attribute'
  | 'matching-attribute'
  /** The job's schema no longer maps users to users at all. */
  | 'no-user-mapping'
