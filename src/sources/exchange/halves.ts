/** The other half of mailboxes, mail users and mail contacts: what Get-Recipient does not show. */
import { IncompleteReadError } from '../../microsoft/errors.ts'
import { isNotFound } from '../../microsoft/exchange-errors.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader, type Row } from '../../microsoft/exchange.ts'
import type { PersonField } from '../../people/person.ts'
import { CONTACT, propertiesOf, USER } from './fields.ts'
import { guidOf } from './recipient.ts'
import { typeOf, type Half, type RecipientType } from './types.ts'

/** Recipients made between the two listings are asked for one by one; more than these were not all just made. */
const MOST_LATE = 20

const SHOWN = { 'Get-User': USER, 'Get-Contact': CONTACT } as const

/**
 * A listing for each half that anybody reads something of, besides that of the recipients.
 *
 * @param types whose halves are read.
 * @returns by the `Guid` of a recipient.
 */
export async function readHalves(
  exchange: ExchangeReader,
  types: readonly RecipientType[],
  reads: ReadonlySet<PersonField>,
): Promise<ReadonlyMap<string, Row>> {
  const listings = (['Get-User', 'Get-Contact'] as const).flatMap((half) => {
    const details = types.filter((type) => type.half === half).flatMap((type) => type.details)
    if (details.length === 0 || !isRead(half, reads)) return []
    return [listAll(exchange, half, columns(half, reads), { RecipientTypeDetails: details })]
  })
  const rows = await Promise.all(listings)
  return new Map(rows.flat().map((row) => [guidOf(row), row]))
}

/**
 * The halves that a listing lacks: a recipient may be made between the two.
 *
 * @param recipients rows of Get-Recipient.
 * @returns `halves` and those that were missing in it.
 * @throws IncompleteReadError when a half is not to be had: taken for empty, it would clear attributes.
 */
export async function withLateHalves(
  exchange: ExchangeReader,
  recipients: readonly Row[],
  halves: ReadonlyMap<string, Row>,
  reads: ReadonlySet<PersonField>,
): Promise<ReadonlyMap<string, Row>> {
  const late = recipients.flatMap((row) => {
    const half = typeOf(textOf(row, 'RecipientTypeDetails'))?.half
    return half && isRead(half, reads) && !halves.has(guidOf(row)) ? [{ half, guid: guidOf(row) }] : []
  })
  if (late.length > MOST_LATE) throw incomplete(exchange, late[0]!.half)
  const found = await Promise.all(
    late.map(async ({ half, guid }): Promise<[string, Row]> => [
      guid,
      await readHalf(exchange, half, guid, reads),
    ]),
  )
  return new Map([...halves, ...found])
}

async function readHalf(
  exchange: ExchangeReader,
  half: Half,
  guid: string,
  reads: ReadonlySet<PersonField>,
): Promise<Row> {
  try {
    for await (const page of exchange.pages(half, { Identity: guid }, columns(half, reads)))
      for (const row of page) if (guidOf(row) === guid) return row
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  throw incomplete(exchange, half)
}

function incomplete({ tenant }: ExchangeReader, half: Half): IncompleteReadError {
  return new IncompleteReadError(
    'Exchange Online',
    tenant,
    half,
    'it lacks recipients that Get-Recipient lists.',
  )
}

function isRead(half: Half, reads: ReadonlySet<PersonField>): boolean {
  return propertiesOf(reads, SHOWN[half]).length > 0
}

function columns(half: Half, reads: ReadonlySet<PersonField>): string[] {
  return ['Name', 'Guid', ...propertiesOf(reads, SHOWN[half])]
}
