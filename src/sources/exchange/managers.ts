/**
 * Whom `Manager` means. Exchange names a manager as it names any object: by its `Name`, which for newer
 * mailboxes is an object id, or by a path that ends in it; never by what people call them.
 */
import { listAll } from '../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader, type Row } from '../../microsoft/exchange.ts'

/** What one object may be named by; `Identity` is written as `Manager` is. */
const NAMES = ['Identity', 'Name', 'DistinguishedName', 'Guid', 'ExternalDirectoryObjectId']

/** @returns the display name; `''` for nobody, `undefined` where it cannot be told whom the name means. */
export type Managers = (name: string) => string | undefined

/** Of all users, with a mailbox or without: any of them may be somebody's manager. */
export async function readManagers(exchange: ExchangeReader): Promise<Managers> {
  return managersAmong(await listAll(exchange, 'Get-User', [...NAMES, 'DisplayName']))
}

export function managersAmong(users: readonly Row[]): Managers {
  const displayNames = new Map<string, string | undefined>([['', '']])
  for (const user of users) {
    const displayName = textOf(user, 'DisplayName')
    for (const name of new Set(NAMES.map((property) => textOf(user, property).toLowerCase()))) {
      if (name === '') continue
      const another = displayNames.has(name) && displayNames.get(name) !== displayName
      displayNames.set(name, another ? undefined : displayName)
    }
  }
  return (name) => displayNames.get(name.toLowerCase())
}
