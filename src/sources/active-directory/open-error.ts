import { SourceError } from '../source-error.ts'

/** An error that names nobody: anybody may be told the whole of it. */
export function openError(code: string, message: string, cause?: unknown): SourceError {
  return new SourceError(code, message, { advice: message, cause })
}
