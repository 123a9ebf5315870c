/**
 * How much the mailboxes hold. There is no listing of it: one call a mailbox, so only of those that are not in a
 * batch yet. Source: Exchange PowerShell, Get-MailboxStatistics.
 */
import pMap, { pMapSkip } from 'p-map'
import { IncompleteReadError, isPassing, ServiceError } from '../../../microsoft/errors.ts'
import { isNotFound } from '../../../microsoft/exchange-errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader } from '../../../microsoft/exchange.ts'
import type { Mailbox } from './mailbox.ts'

const AT_A_TIME = 8

/** @returns bytes by key; `undefined` where they are not to be had. */
export async function readSizes(
  exchange: ExchangeReader,
  mailboxes: readonly Mailbox[],
): Promise<ReadonlyMap<string, number> | undefined> {
  async function sizeOf({ key, id }: Mailbox): Promise<[string, number] | typeof pMapSkip> {
    try {
      const [row] = await listUndivided(exchange, 'Get-MailboxStatistics', { Identity: id })
      const size = bytesIn(textOf(row ?? {}, 'TotalItemSize'))
      return size === undefined ? pMapSkip : [key, size]
    } catch (error) {
      // Of a mailbox that nobody has opened yet Exchange has none, and warns of it.
      if (isNotFound(error) || error instanceof IncompleteReadError) return pMapSkip
      // One on a database that is out of order keeps nobody else from being read.
      if (error instanceof ServiceError && isPassing(error)) return pMapSkip
      throw error
    }
  }
  try {
    return new Map(await pMap(mailboxes, sizeOf, { concurrency: AT_A_TIME }))
  } catch (error) {
    if (error instanceof ServiceError) return undefined
    throw error
  }
}

/** `35 MB (36,700,160 bytes)` is 36,700,160. */
export function bytesIn(text: string): number | undefined {
  const digits = /\(([\d,.\s]+) bytes\)/.exec(text)?.[1]?.replaceAll(/\D/g, '')
  return digits ? Number(digits) : undefined
}
