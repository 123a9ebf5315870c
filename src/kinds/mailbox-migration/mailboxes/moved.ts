/** Whose mailbox stands in the target already: the source has turned it into a mail user. */
import { listAll } from '../../../microsoft/exchange-listing.ts'
import { textsOf, type ExchangeReader } from '../../../microsoft/exchange.ts'
import { mailAddresses } from '../../../microsoft/proxy-addresses.ts'
import { guidIn, keyOf, namesOf } from './mailbox.ts'
import type { Member } from './scope.ts'

export interface Moved {
  /** The object id in the target. */
  readonly there: string
  readonly exchangeGuid: string
  /** There, in lower case. */
  readonly addresses: readonly string[]
}

const COLUMNS = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  'PrimarySmtpAddress',
  'EmailAddresses',
  'ExchangeGuid',
]

/**
 * @param members those who have no mailbox in the source.
 * @returns by their keys, those whose mailbox is in the target.
 */
export async function readMoved(
  source: ExchangeReader,
  target: ExchangeReader,
  members: readonly Member[],
): Promise<ReadonlyMap<string, Moved>> {
  if (members.length === 0) return new Map()
  const [left, arrived] = await Promise.all([
    listAll(source, 'Get-MailUser', COLUMNS),
    listAll(target, 'Get-Mailbox', COLUMNS),
  ])
  const byGuid = new Map(arrived.map((row) => [guidIn(row, 'ExchangeGuid') ?? '', row]))
  byGuid.delete('')
  const byName = new Map(left.flatMap((row) => [...namesOf(row)].map((name) => [name, row] as const)))
  return new Map(
    members.flatMap(({ key, names }): [string, Moved][] => {
      const row = [...names].map((name) => byName.get(name)).find((one) => one !== undefined)
      const exchangeGuid = row && guidIn(row, 'ExchangeGuid')
      const there = byGuid.get(exchangeGuid ?? '')
      if (exchangeGuid === undefined || there === undefined) return []
      const addresses = mailAddresses(textsOf(there, 'EmailAddresses'))
      return [[key, { there: keyOf(there), exchangeGuid, addresses }]]
    }),
  )
}
