/** What the schema of `from` cannot say. */
import type { Report } from '../profiles/fault.ts'
import type { TenantReference } from '../profiles/kind.ts'
import { SOURCE_NAMES, type From, type SourceName } from './schema.ts'

const BUILT: readonly SourceName[] = ['entra']

export function checkSources(from: From, report: Report): void {
  for (const [index, source] of from.entries()) {
    const name = sourceName(source)
    if (!BUILT.includes(name))
      report(
        ['from', index, name],
        `source \`${name}\` is not built yet in this version; built: ${BUILT.join(', ')}`,
        { key: true },
      )
    if (
      'entra' in source &&
      source.filter !== undefined &&
      source.include.every((who) => who === 'org-contacts')
    )
      report(
        ['from', index, 'filter'],
        'this has no effect: it filters users, and only org-contacts are read',
        {
          key: true,
        },
      )
    if ('activeDirectory' in source) {
      const { bindDN, bindDNEnv } = source.activeDirectory
      if ((bindDN === undefined) === (bindDNEnv === undefined))
        report(['from', index, name], 'expected one of `bindDN` and `bindDNEnv`', { key: true })
    }
  }
}

/** The tenants among the sources. */
export function sourceReferences(from: From): TenantReference[] {
  return from.flatMap((source, index): TenantReference[] => {
    if ('entra' in source) return [{ tenant: source.entra, path: ['from', index, 'entra'] }]
    if ('exchange' in source) return [{ tenant: source.exchange, path: ['from', index, 'exchange'] }]
    return []
  })
}

/** For reports: a tenant's name, a file, a host. */
export function sourceLabel(source: From[number]): string {
  if ('entra' in source) return source.entra
  if ('exchange' in source) return source.exchange
  if ('activeDirectory' in source) return hostOf(source.activeDirectory.url)
  if ('csv' in source) return source.csv
  return hostOf(source.http.url)
}

/** The key that says what kind of source it is, e.g. `entra`. */
export function sourceName(source: From[number]): SourceName {
  return SOURCE_NAMES.find((name) => name in source)!
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
