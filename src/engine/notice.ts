import type { Notice } from './plan.ts'

/**
 * What a reader is told of an error: its own code and message, whoever threw it; never a stack trace.
 * Errors meant for readers carry a `code`; others are mistakes of ours, or of the machine.
 */
export function noticeOf(error: unknown): Notice {
  if (!(error instanceof Error)) return { code: 'unexpected', message: String(error) }
  const { code, advice } = error as Error & { code?: unknown; advice?: unknown }
  return {
    code: typeof code === 'string' ? code : 'unexpected',
    message: error.message,
    ...(typeof advice === 'string' && { advice }),
  }
}

/** A notice that names nobody: anybody may be told the whole of it. */
export function openNotice(code: string, message: string): Notice {
  return { code, message, advice: message }
}
