/**
 * What Exchange alone knows, where it may be read. Who is hidden from address lists: Graph's
 * `showInAddressList` does not know of mailboxes that were hidden in Exchange. And which contacts bear an
 * ownership mark: Graph does not show custom attributes of them.
 */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import { CUSTOM_ATTRIBUTES, textOf, type ExchangeReader, type Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import { SignInError } from '../../microsoft/sign-in-errors.ts'
import { isMadeByUs } from '../made-by-us.ts'

export interface ExchangeView {
  /** Who is hidden, by object id, of every recipient; empty when Exchange may not be asked. */
  readonly hidden: ReadonlyMap<string, boolean>
  /** Object ids of mail contacts that tenant-sync marked; empty when that was not asked. */
  readonly marked: ReadonlySet<string>
  readonly warnings: readonly Notice[]
}

/** @param contacts whether marks of mail contacts are asked for: fifteen columns more. */
export async function readExchangeView(exchange: ExchangeReader, contacts: boolean): Promise<ExchangeView> {
  try {
    const select = contacts ? [...SELECT, ...MARKS] : SELECT
    const rows = await listAll(exchange, 'Get-Recipient', select)
    return {
      hidden: new Map(rows.map((row) => [idOf(row), row['HiddenFromAddressListsEnabled'] === true])),
      marked: new Set(rows.filter(isMarkedContact).map(idOf)),
      warnings: [],
    }
  } catch (error) {
    if (!isNotAllowed(error)) throw error
    return { hidden: new Map(), marked: new Set(), warnings: [unknownHidden(exchange.tenant)] }
  }
}

const SELECT = ['Name', 'Guid', 'ExternalDirectoryObjectId', 'HiddenFromAddressListsEnabled']
const MARKS = ['RecipientTypeDetails', 'Alias', ...CUSTOM_ATTRIBUTES]

function isMarkedContact(row: Row): boolean {
  const attributes = CUSTOM_ATTRIBUTES.map((attribute) => textOf(row, attribute))
  return (
    row['RecipientTypeDetails'] === 'MailContact' && isMadeByUs({ alias: textOf(row, 'Alias') }, attributes)
  )
}

function idOf(row: Row): string {
  return textOf(row, 'ExternalDirectoryObjectId')
}

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
