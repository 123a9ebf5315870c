/** The domains in which a tenant takes mail. */
import { textOf, type ExchangeReader } from '../../../microsoft/exchange.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'

export interface AcceptedDomains {
  /** In lower case. */
  readonly all: ReadonlySet<string>
  /** The one that every tenant begins with, e.g. `fabrikam.onmicrosoft.com`. */
  readonly initial: string | undefined
}

const INITIAL = /^[^.]+\.(onmicrosoft\.(com|us)|partner\.onmschina\.cn)$/

export async function readAcceptedDomains(exchange: ExchangeReader): Promise<AcceptedDomains> {
  const rows = await listUndivided(exchange, 'Get-AcceptedDomain')
  const nameOf = (row: (typeof rows)[number]) => textOf(row, 'DomainName').toLowerCase()
  const first =
    rows.find((row) => row['InitialDomain'] === true) ?? rows.find((row) => INITIAL.test(nameOf(row)))
  return { all: new Set(rows.map(nameOf)), initial: first && nameOf(first) }
}
