/** Whom a tenant knows by an address, and why a read of it takes them or leaves them out. */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import type { PersonField } from '../../people/person.ts'
import type { EntraFrom } from '../schema.ts'
import type { Known } from '../source.ts'
import { candidatesAt, passesFilter } from './candidates.ts'
import { inScope, refusalOf, type Candidate, type Memberships, type Rule } from '../scope.ts'

/** A read as it was made. */
interface Reading {
  readonly reader: GraphReader
  readonly from: EntraFrom
  readonly reads: ReadonlySet<PersonField>
  readonly rules: readonly Rule[]
  readonly within: Memberships | undefined
}

export async function knownAt(address: string, reading: Reading): Promise<Known[]> {
  const { reader, from, within } = reading
  const reads = new Set([...reading.reads, 'proxyAddresses' as const])
  const known: Known[] = []
  for (const one of await candidatesAt(reader, from, reads, address)) {
    const filtered = await filteredOut(one, reading)
    const refusal = filtered ? undefined : refusalOf(reading.rules, one)
    known.push({
      person: one.sourced.person,
      inScope: !filtered && (refusal === undefined || refusal.shows === true),
      why: filtered ?? refusal?.reason(one) ?? inScope(one, within),
    })
  }
  return known
}

/** Graph's filter stands before all rules. @returns what is said of whom it leaves out. */
async function filteredOut(one: Candidate, { reader, from }: Reading): Promise<Notice | undefined> {
  const { filter } = from
  const isFiltered = filter !== undefined && one.type?.include !== 'org-contacts'
  if (isFiltered && !(await passesFilter(reader, filter, one.sourced.person.id)))
    return openNotice('filtered-out', `the filter ${filter} leaves them out, as Graph evaluates it`)
  return undefined
}
