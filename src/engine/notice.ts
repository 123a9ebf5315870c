import type { Notice } from './plan.ts'

/**
 * What a reader is told of an error: its own code and message, whoever threw it; never a stack trace.
 * Errors meant for readers carry a `code`; others are mistakes of ours, or of the machine. One that
 * carries a `path` is about what stands there in a profile.
 *
 * @param place where a path of the profile stands, for readers.
 */
export function noticeOf(error: unknown, place?: Place): Notice {
  if (!(error instanceof Error)) return { code: 'unexpected', message: String(error) }
  const { code, advice, path } = error as Error & { code?: unknown; advice?: unknown; path?: unknown }
  const at = place && Array.isArray(path) ? `${place(path as Path)} ` : ''
  return {
    code: typeof code === 'string' ? code : 'unexpected',
    message: at + error.message,
    ...(typeof advice === 'string' && { advice: at + advice }),
  }
}

type Path = readonly (string | number)[]
type Place = (path: Path) => string

/** A notice that names nobody: anybody may be told the whole of it. */
export function openNotice(code: string, message: string): Notice {
  return { code, message, advice: message }
}
