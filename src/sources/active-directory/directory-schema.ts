/** Which attributes a directory knows at all. */
import { OrFilter, EqualityFilter } from 'ldapts'
import type { Connection } from './connection.ts'
import { openError } from './open-error.ts'
import { searchError } from './search-error.ts'
import { entryAt, pages } from './search.ts'

/** Every directory has it: not to find it is not to see the schema. */
const WITNESS = 'objectGUID'

/**
 * An attribute that nobody has and one that the directory does not know look alike in an answer. Where
 * Exchange never was there is no `extensionAttribute1`: that is unknown, not empty.
 *
 * @returns whether the schema has an attribute, of those asked for.
 * Source: Microsoft, MS-ADTS 3.1.1.2 (Active Directory Schema), 3.1.1.3.2 (rootDSE attributes).
 */
export async function existing(
  connection: Connection,
  attributes: readonly string[],
): Promise<(attribute: string) => boolean> {
  const known = new Set<string>()
  const filters = [WITNESS, ...attributes].map(
    (value) => new EqualityFilter({ attribute: 'lDAPDisplayName', value }),
  )
  const search = {
    baseDN: await schemaOf(connection),
    filter: new OrFilter({ filters }),
    attributes: ['lDAPDisplayName'],
  }
  for await (const { entries } of pages(connection, search))
    for (const { lDAPDisplayName } of entries) known.add(String(lDAPDisplayName).toLowerCase())
  if (!known.has(WITNESS.toLowerCase())) throw unreadable(connection.host)
  return (attribute) => known.has(attribute.toLowerCase())
}

async function schemaOf(connection: Connection): Promise<string> {
  try {
    const root = await entryAt(connection, '', ['schemaNamingContext'])
    const name = root?.['schemaNamingContext']
    if (typeof name === 'string') return name
  } catch (error) {
    throw searchError(error, connection)
  }
  throw unreadable(connection.host)
}

function unreadable(host: string): Error {
  return openError(
    'active-directory-schema-unreadable',
    `The account may not read the schema of ${host}, so an empty attribute cannot be told from one that is not there: let it read CN=Schema, as every authenticated user may by default.`,
  )
}
