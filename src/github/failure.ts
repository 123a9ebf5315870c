import { setFailed } from '@actions/core'
import { visible } from '../report/inert.ts'

/** Fails the job, and says why. */
export function fail(message: string): void {
  setFailed(visible(message))
}
