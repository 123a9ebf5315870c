/** A new source is a file and a line here. */
import { activeDirectorySource } from './active-directory/active-directory.ts'
import { csvSource } from './csv/csv.ts'
import { entraSource } from './entra/entra.ts'
import { exchangeSource } from './exchange/exchange.ts'
import { httpSource } from './http/http.ts'
import type { From } from './schema.ts'
import type { Source, SourcePath } from './source.ts'
import type { Surroundings } from './surroundings.ts'

/** @param at where in the profile it stands: what cannot be evaluated is told with its place. */
export function source(from: From[number], at: SourcePath, around: Surroundings): Source {
  if ('entra' in from) return entraSource(from, at, around)
  if ('exchange' in from) return exchangeSource(from, at, around)
  if ('activeDirectory' in from) return activeDirectorySource(from, at, around)
  if ('csv' in from) return csvSource(from, at, around)
  return httpSource(from, at, around)
}
