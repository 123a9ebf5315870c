/**
 * Who is hidden from address lists. Graph's `showInAddressList` does not know of mailboxes that were
 * hidden in Exchange; `HiddenFromAddressListsEnabled` of Exchange does, where it may be read.
 */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { ExchangeReader } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import { SignInError } from '../../microsoft/sign-in-errors.ts'

export interface Hidden {
  /** By object id, of every recipient; empty when Exchange may not be asked. */
  readonly hidden: ReadonlyMap<string, boolean>
  readonly warnings: readonly Notice[]
}

export async function readHidden(exchange: ExchangeReader): Promise<Hidden> {
  try {
    const rows = await listAll(exchange, 'Get-Recipient', SELECT)
    const hidden = rows.map((row): [string, boolean] => [
      String(row['ExternalDirectoryObjectId']),
      row['HiddenFromAddressListsEnabled'] === true,
    ])
    return { hidden: new Map(hidden), warnings: [] }
  } catch (error) {
    if (!isNotAllowed(error)) throw error
    return { hidden: new Map(), warnings: [unknownHidden(exchange.tenant)] }
  }
}

const SELECT = ['Name', 'Guid', 'ExternalDirectoryObjectId', 'HiddenFromAddressListsEnabled']

export function unknownHidden(tenant: string): Notice {
  return openNotice(
    'hidden-in-exchange-unknown',
    `People of ${tenant} who are hidden from address lists in Exchange alone are not known: the app may not read Exchange there. Assign it Exchange.ManageAsApp and the Entra role "Global Reader", or set hidden: include.`,
  )
}

/** Nobody gets a token for Exchange: it is not in this tenant, not consented to, or blocked for the app. */
const NO_EXCHANGE = ['AADSTS500011', 'AADSTS65001', 'AADSTS53003']

/** Not allowed, or no Exchange there. A sign-in that failed for the moment says nothing of either. */
function isNotAllowed(error: unknown): boolean {
  return (
    (error instanceof SignInError && NO_EXCHANGE.includes(error.code)) ||
    (error instanceof ServiceError && [401, 403, 404].includes(error.status ?? 0))
  )
}
