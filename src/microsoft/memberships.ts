import type { ExchangeReader, Row } from './exchange.ts'

/** The groups that a recipient is a member of, as far as they can be read. */
export async function groupsOf(exchange: ExchangeReader, recipient: Row): Promise<unknown[] | null> {
  const name = recipient['DistinguishedName']
  if (typeof name !== 'string') return null
  try {
    const groups: unknown[] = []
    const filter = `Members -eq '${name.replaceAll("'", "''")}'`
    for await (const page of exchange.pages('Get-Recipient', { Filter: filter }, [
      'Name',
      'Guid',
      'PrimarySmtpAddress',
    ]))
      groups.push(...page)
    return groups
  } catch {
    // It is kept for whoever brings the recipient back; the deletion does not depend on it.
    return null
  }
}
