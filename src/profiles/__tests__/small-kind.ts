/** Profiles of a kind as small as can be, in a repository of their own, loaded as the product loads them. */
import { Type, type Static } from '@sinclair/typebox'
import { formatFault } from '../fault.ts'
import type { KindName, ProfileKind } from '../kind.ts'
import { loadProfiles, type LoadOptions } from '../load.ts'
import { commonKeys } from '../profile.ts'
import { keys, text } from '../shapes.ts'
import { repository, TENANTS } from './repository.ts'

/** As small as a kind can be. */
const schema = keys({
  ...commonKeys,
  kind: Type.String(),
  to: text(),
  colour: text({ default: 'blue' }),
})
const kind = (name: KindName): ProfileKind<Static<typeof schema>> => ({
  name,
  schema,
  sharded: false,
  tenants: ({ to }) => [{ tenant: to, path: ['to'] }],
  between: ({ to }) => ({ from: [], to }),
  check({ colour }, { report, others }) {
    if (colour === 'mauve') report(['colour'], `no mauve beside ${others.map((one) => one.name).join(', ')}`)
  },
})
export const kinds: LoadOptions['kinds'] = {
  'mail-contacts': kind('mail-contacts'),
  'personal-contacts': kind('personal-contacts'),
  'cross-tenant-sync': kind('cross-tenant-sync'),
  'mailbox-migration': kind('mailbox-migration'),
}

export const profile = (name: string, rest = '') => `name: ${name}\nkind: mail-contacts\nto: contoso\n${rest}`

export async function load(files: Readonly<Record<string, string>>, options: Partial<LoadOptions> = {}) {
  const loaded = await loadProfiles({ root: repository(files), kinds, ...options })
  return { ...loaded, faults: loaded.faults.map(formatFault), names: [...loaded.names].sort() }
}

/** Files of `sync-profiles`, the tenants among them. */
export const folder = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ 'tenants.yaml': TENANTS, ...files }).map(([file, content]) => [
      `sync-profiles/${file}`,
      content,
    ]),
  )
