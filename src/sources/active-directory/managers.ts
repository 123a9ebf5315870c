/** The names of people's managers, who stand in entries of their own. */
import pMap from 'p-map'
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import type { Connection } from './connection.ts'
import type { Account } from './entry.ts'
import { isOutOfSight, searchError } from './search-error.ts'
import { entryAt } from './search.ts'

/** Requests under way at a time. */
const AT_A_TIME = 8

export interface Managers {
  /** The manager's display name; `''` for who has none, `undefined` for who has one who cannot be read. */
  nameOf(account: Account): string | undefined
  readonly warnings: readonly Notice[]
}

/** Those who were read by the way are not asked for. */
export async function managersOf(connection: Connection, accounts: readonly Account[]): Promise<Managers> {
  const names = new Map<string, string | undefined>(
    accounts.map(({ dn, person }) => [dn.toLowerCase(), person.displayName]),
  )
  const others = new Map(
    accounts
      .filter(({ managerDN }) => managerDN !== '' && !names.has(managerDN.toLowerCase()))
      .map(({ managerDN }) => [managerDN.toLowerCase(), managerDN]),
  )
  await pMap(
    others,
    async ([key, dn]) => {
      names.set(key, await displayNameAt(connection, dn))
    },
    { concurrency: AT_A_TIME },
  )
  const unread = [...others.keys()].filter((key) => names.get(key) === undefined).length
  return {
    nameOf: ({ managerDN }) => (managerDN === '' ? '' : names.get(managerDN.toLowerCase())),
    warnings: unread === 0 ? [] : [unreadable(unread)],
  }
}

async function displayNameAt(connection: Connection, dn: string): Promise<string | undefined> {
  try {
    const entry = await entryAt(connection, dn, ['displayName', 'objectClass'])
    // An entry in sight may show nothing of itself.
    if (entry === undefined || [entry['objectClass']].flat().length === 0) return undefined
    return String([entry['displayName']].flat()[0] ?? '')
  } catch (error) {
    if (isOutOfSight(error)) return undefined
    throw searchError(error, connection)
  }
}

function unreadable(count: number): Notice {
  return openNotice(
    'active-directory-managers-unreadable',
    `${count} ${count === 1 ? 'manager' : 'managers'} could not be read, in another domain or hidden from the account: manager is left alone for those whom they manage.`,
  )
}
