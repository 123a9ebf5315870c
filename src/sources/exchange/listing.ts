/** Recipients as they are listed: page by page and whole, their halves joined; never a call a recipient. */
import { listAll } from '../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader, type Row } from '../../microsoft/exchange.ts'
import { IncompleteReadError } from '../../microsoft/errors.ts'
import { isGuid } from '../../people/guid.ts'
import type { PersonField } from '../../people/person.ts'
import { readHalves, withLateHalves } from './halves.ts'
import { managersAmong, readManagers } from './managers.ts'
import { columns, guidOf, idOf, recipientOf } from './recipient.ts'
import type { Candidate } from '../scope.ts'
import { ALL_DETAILS, RECIPIENT_TYPES, type RecipientType } from './types.ts'

export interface Listed {
  readonly recipients: readonly Candidate[]
  /** Those who go by an address or an id, of whatever type. It takes requests of its own. */
  find(address: string): Promise<Candidate[]>
}

/**
 * @param types which are listed.
 * @param reads what is wanted of a person.
 * @throws ServiceError, IncompleteReadError
 */
export async function listRecipients(
  exchange: ExchangeReader,
  types: readonly RecipientType[],
  reads: ReadonlySet<PersonField>,
): Promise<Listed> {
  const details = types.flatMap((type) => type.details)
  // Groups have no manager, as they have no other half.
  const managed = reads.has('manager') && types.some(({ half }) => half)
  const [rows, halves, managers] = await Promise.all([
    listAll(exchange, 'Get-Recipient', columns(reads, types), { RecipientTypeDetails: details }),
    readHalves(exchange, types, reads),
    managed ? readManagers(exchange) : NO_MANAGERS,
  ])

  async function joined(found: readonly Row[]): Promise<Candidate[]> {
    if (found.some((row) => idOf(row) === ''))
      throw new IncompleteReadError(
        'Exchange Online',
        exchange.tenant,
        'Get-Recipient',
        'a recipient has no id.',
      )
    const isListed = (row: Row) => details.includes(textOf(row, 'RecipientTypeDetails'))
    const all = await withLateHalves(exchange, found.filter(isListed), halves, reads)
    return found.map((row) => recipientOf(row, all.get(guidOf(row)), managers(textOf(row, 'Manager'))))
  }

  return {
    recipients: await joined(rows),
    async find(address) {
      const parameters = { Filter: namedBy(address), RecipientTypeDetails: ALL_DETAILS }
      const found: Row[] = []
      for await (const page of exchange.pages('Get-Recipient', parameters, columns(reads, RECIPIENT_TYPES)))
        found.push(...page)
      return joined(found)
    },
  }
}

const NO_MANAGERS = managersAmong([])

/** As OPATH; a quote in a text is doubled (Exchange PowerShell, "Additional OPATH syntax information"). */
function namedBy(address: string): string {
  const text = address.replaceAll("'", "''")
  return isGuid(address)
    ? `ExternalDirectoryObjectId -eq '${text}' -or Guid -eq '${text}'`
    : `EmailAddresses -eq 'smtp:${text}' -or WindowsLiveID -eq '${text}'`
}
