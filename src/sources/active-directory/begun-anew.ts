import { setTimeout as delay } from 'node:timers/promises'
import { SourceError } from '../source-error.ts'

/** A sign-in that was refused is not among them: accounts lock. */
const CUT_OFF: ReadonlySet<string> = new Set([
  'active-directory-connection-lost',
  'active-directory-timed-out',
])

/** Milliseconds. */
const PAUSE = 2000

/** A read that was cut off is begun anew, once: a domain controller that restarts is away for a moment. */
export async function begunAnew<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof SourceError && CUT_OFF.has(error.code))) throw error
    await delay(PAUSE)
    return read()
  }
}
