/**
 * Digests: canonical JSON of a structure built for the purpose is hashed, never rendered text.
 * The plan's digest depends on its content alone: not on the day, the machine, or the state of health.
 */
import { createHash } from 'node:crypto'
import type { ProfilePlan } from './plan.ts'

/** `sha256:` and 64 hexadecimal digits, over JSON with sorted keys. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )
}

/**
 * Left out: `health`, warnings, scripts, and what follows from the day (limits that lapse, and with them the
 * outcome); of an error its code alone, for its text carries ids of requests.
 */
export function planDigest(profiles: readonly ProfilePlan[]): string {
  return digestOf(
    profiles.map(
      ({ name, kind, file, profileDigest, managed, changes, mailboxSets, skipped, errors, counts }) => ({
        name,
        kind,
        file,
        profileDigest,
        managed,
        unchanged: counts.unchanged,
        // How a change can be made depends on the machine, what it is does not.
        changes: changes.map(({ manual: _script, ...change }) => change),
        // Each by itself: together they may be longer than a text can be.
        mailboxSets: (mailboxSets ?? []).map((set) => digestOf(set)),
        skipped,
        errors: errors.map(({ code }) => code),
      }),
    ),
  )
}
