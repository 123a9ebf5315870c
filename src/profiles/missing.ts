/** What is not there: profiles, `tenants.yaml`, a profile or a tenant that somebody names. */
import path from 'node:path'
import { nearest } from '../people/nearest.ts'
import type { Fault } from './fault.ts'
import { TENANTS_FILE } from './tenants.ts'

interface Found {
  readonly globs: readonly string[]
  readonly profiles: readonly { readonly file: string }[]
  readonly tenants: readonly object[]
}

export function missingFiles({ globs, profiles: [first], tenants }: Found): Fault[] {
  const looked = globs.join(', ')
  if (!first) return [nowhere(`no profile was found; looked for ${looked}`)]
  if (tenants.length > 0) return []
  const place = path.posix.join(path.posix.dirname(first.file), TENANTS_FILE)
  return [
    nowhere(`there is no ${TENANTS_FILE}: put it beside the profiles, as ${place} (looked for ${looked})`),
  ]
}

/**
 * @param only names that a run is limited to.
 * @param names of the profiles there are; nothing is said while there are none.
 * @param all `names` and former names.
 */
export function unknownProfiles(
  only: readonly string[],
  names: readonly string[],
  all: ReadonlySet<string>,
): Fault[] {
  if (names.length === 0) return []
  return only
    .filter((name) => !names.includes(name))
    .map((name) =>
      nowhere(`there is no profile \`${name}\`${all.has(name) ? ' any more' : ''}: ${instead(name, names)}`),
    )
}

export function unknownTenant(tenant: string, names: readonly string[]): string {
  return `there is no tenant \`${tenant}\` in ${TENANTS_FILE}: ${instead(tenant, names)}`
}

function instead(word: string, names: readonly string[]): string {
  const meant = nearest(word, names)
  return meant === undefined ? `there are ${names.join(', ')}` : `did you mean \`${meant}\`?`
}

/** A fault that stands in no file. */
function nowhere(message: string): Fault {
  return { file: '', line: 1, column: 1, message, path: '' }
}
