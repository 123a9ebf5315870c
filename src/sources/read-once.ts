/** A source that several profiles of a run name alike is read once: the pairs of a mesh see one moment of a tenant. */
import type { PersonField } from '../people/person.ts'
import type { From } from './schema.ts'
import type { SourcePath, SourceRead } from './source.ts'
import { source } from './sources.ts'
import type { Surroundings } from './surroundings.ts'

/** By run, which has its own connections: what was asked for, and what came. */
const reads = new WeakMap<Surroundings['tenants'], Map<string, Promise<SourceRead>>>()

/** @throws what reading it throws, to each who asks. */
export function readOnce(
  from: From[number],
  at: SourcePath,
  fields: ReadonlySet<PersonField>,
  around: Surroundings,
): Promise<SourceRead> {
  const ofRun = reads.get(around.tenants) ?? new Map<string, Promise<SourceRead>>()
  reads.set(around.tenants, ofRun)
  const key = JSON.stringify([from, at, [...fields].sort(), around.place('.')])
  const read = ofRun.get(key) ?? source(from, at, around).read(fields)
  ofRun.set(key, read)
  return read
}
