/** A new source is a file and a line here. */
import type { Readers } from '../microsoft/connections.ts'
import { entraSource } from './entra/entra.ts'
import type { From } from './schema.ts'
import type { Source } from './source.ts'

/** @throws RangeError for a source that is not built yet; profiles that name one do not pass validation. */
export function source(from: From[number], readers: Readers): Source {
  if ('entra' in from) return entraSource(from, readers)
  throw new RangeError(`source ${Object.keys(from)[0]} is not built yet`)
}
