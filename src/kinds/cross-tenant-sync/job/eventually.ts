/**
 * What was made a moment ago is not known everywhere at once: a new service principal is found in the directory
 * within seconds, and by the provisioning service within a minute.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { isNotThere } from '../../../microsoft/graph-transport.ts'

/** Seconds between looks: a minute and a half in all. */
const WAITS = [0.5, 1, 2, 4, 8, 15, 15, 15, 15, 15]

/** @throws what the last attempt threw: what is still unknown after a minute and a half is not there. */
export async function onceKnown<T>(act: () => Promise<T>, waits: readonly number[] = WAITS): Promise<T> {
  for (const seconds of waits) {
    try {
      return await act()
    } catch (error) {
      if (!isNotThere(error)) throw error
      await delay(seconds * 1000)
    }
  }
  return act()
}

/** @returns what is found within the time, or `undefined`. */
export async function onceFound<T>(
  look: () => Promise<T | undefined>,
  waits: readonly number[] = WAITS,
): Promise<T | undefined> {
  for (const seconds of waits) {
    const found = await look()
    if (found !== undefined) return found
    await delay(seconds * 1000)
  }
  return look()
}

/** Not there is what was wanted. */
export async function goneAfter(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!isNotThere(error)) throw error
  }
}
