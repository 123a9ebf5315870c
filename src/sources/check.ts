/** What the schema of `from` cannot say. */
import type { PersonField } from '../people/person.ts'
import type { Path } from '../profiles/fault.ts'
import type { CheckContext, FileFault, ReadFile, TenantReference } from '../profiles/kind.ts'
import { NamedFileError } from '../profiles/named-files.ts'
import { checkActiveDirectory } from './active-directory/check.ts'
import { checkCsvFile } from './csv/check.ts'
import { checkEntra } from './entra/check.ts'
import { checkHttp } from './http/check.ts'
import { SOURCE_NAMES, type From, type SourceName } from './schema.ts'
import type { SourcePath } from './source.ts'

/** @param required what this kind of profile knows people by. */
export function checkSources(
  from: From,
  required: readonly PersonField[],
  { report, leaves }: Pick<CheckContext, 'report' | 'leaves'>,
): void {
  for (const [index, source] of from.entries()) {
    const at = ['from', index]
    if ('entra' in source) checkEntra(source, at, report)
    if ('activeDirectory' in source) checkActiveDirectory(source, at, report)
    if ('http' in source) checkHttp(source, at, required, report)
    for (const { name, path } of filesOf(source, at))
      if (leaves(name))
        report(
          path,
          `\`${name}\` stands outside the repository, or in git's own folder: a profile names files within it`,
        )
  }
}

/** The files that a source names, relative to the profile. */
function filesOf(source: From[number], at: SourcePath): { readonly name: string; readonly path: Path }[] {
  if ('csv' in source) return [{ name: source.csv, path: [...at, 'csv'] }]
  const caFile = 'activeDirectory' in source ? source.activeDirectory.caFile : undefined
  return caFile === undefined ? [] : [{ name: caFile, path: [...at, 'activeDirectory', 'caFile'] }]
}

/** Other files that sources are read with, relative to the profile. */
export function sourceFiles(from: From): string[] {
  return from.flatMap((source, index) => filesOf(source, ['from', index]).map(({ name }) => name))
}

/**
 * What is wrong within the files that sources name, as far as reading them tells.
 * @param required what this kind of profile knows people by.
 */
export async function sourceFileFaults(
  from: From,
  required: readonly PersonField[],
  read: ReadFile,
): Promise<FileFault[]> {
  const faults = from.map(async (source, index): Promise<FileFault[]> => {
    const [named] = filesOf(source, ['from', index])
    if (!named) return []
    const { name: file, path } = named
    try {
      const bytes = await read(file)
      return 'csv' in source ? checkCsvFile(source, bytes, ['from', index], required) : []
    } catch (error) {
      if (!(error instanceof NamedFileError)) throw error
      return [{ message: error.message.replace(/\.$/, ''), path }]
    }
  })
  return (await Promise.all(faults)).flat()
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
