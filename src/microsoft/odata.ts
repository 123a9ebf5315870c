/** Parts of `$filter` (OData 4.01, URL conventions; Microsoft Graph, "Use the $filter query parameter"). */

/** A text as a literal, its quotes doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Holds an address as the one it shows, or as one of its others. */
export function holdsAddress(address: string): string {
  return `mail eq ${literal(address)} or proxyAddresses/any(p:p eq ${literal(`smtp:${address}`)})`
}
