/** A profile's source, and what stands around it. */
import type { ActiveDirectoryFrom } from '../../src/sources/schema.ts'
import type { SourceError } from '../../src/sources/source-error.ts'
import type { Surroundings } from '../../src/sources/surroundings.ts'
import { PASSWORD, STAFF } from './directory.ts'

type Server = ActiveDirectoryFrom['activeDirectory']

export function from(
  server: Partial<Server> & Pick<Server, 'url'>,
  beside: Partial<Omit<ActiveDirectoryFrom, 'activeDirectory'>> = {},
): ActiveDirectoryFrom {
  return {
    activeDirectory: {
      baseDN: STAFF,
      filter: '(&(objectCategory=person)(mail=*))',
      bindDN: 'reader@contoso.test',
      passwordEnv: 'AD_PASSWORD',
      caFile: 'contoso.pem',
      ...server,
    },
    hidden: 'exclude',
    disabled: 'exclude',
    ...beside,
  }
}

/** @param authority what the file that the profile names holds, as PEM. */
export function around(authority: string, secrets: Record<string, string> = {}): Surroundings {
  return {
    tenants: undefined!,
    file: () => Promise.resolve(Buffer.from(authority)),
    place: (name) => name,
    secret: (name) => ({ AD_PASSWORD: PASSWORD, ...secrets })[name] ?? '',
  }
}

export function errorOf(work: Promise<unknown>): Promise<SourceError> {
  return work.then(
    () => {
      throw new Error('nothing was refused')
    },
    (error: unknown) => error as SourceError,
  )
}
