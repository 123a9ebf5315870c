/** Members, guests and organizational contacts of a tenant, through Microsoft Graph. */
import type { Notice, Skipped } from '../../engine/plan.ts'
import type { Readers } from '../../microsoft/connections.ts'
import type { GraphReader } from '../../microsoft/graph.ts'
import { claimsOf, mayReadExchange } from '../../microsoft/token-claims.ts'
import { compile } from '../../people/expression.ts'
import { personLabel, type Person } from '../../people/person.ts'
import type { EntraFrom } from '../schema.ts'
import type { Source, SourceRead } from '../source.ts'
import { candidates } from './candidates.ts'
import { groupMembers } from './groups.ts'
import { readHidden, unknownHidden } from './hidden.ts'
import { knownAt } from './known.ts'
import { scopeRules, visibility, type Candidate, type Memberships, type Rule } from './scope.ts'

/** An alias that a mail contact of ours bears. What tenant-sync made is never a person to carry on. */
const MADE_BY_US = /^tenant-sync-[0-9a-f]{32}$/

export function entraSource(from: EntraFrom, { graph, exchange }: Readers): Source {
  const reader = graph(from.entra)
  const where = from.where === undefined ? undefined : compile(from.where)

  return {
    async read(fields) {
      const reads = new Set([...fields, ...(where?.reads ?? [])])
      const groups = await memberships(reader, from)
      const rules = scopeRules(from, groups, where)
      const found: Candidate[] = []
      const skipped: Skipped[] = []
      for await (const one of candidates(reader, from, reads)) {
        if (!rules.every((rule) => rule.admits(one))) continue
        const { person } = one.sourced
        if (MADE_BY_US.test(person.alias)) skipped.push(madeByUs(person))
        else found.push(one)
      }

      const readWith = (visible: readonly Rule[], warnings: readonly Notice[]): SourceRead => ({
        people: found
          .filter((one) => visible.every((rule) => rule.admits(one)))
          .map(({ sourced }) => sourced),
        skipped,
        warnings,
        explain: (address) =>
          knownAt(address, { reader, from, reads, rules: [...rules, ...visible], within: groups.within }),
      })
      if (from.hidden === 'include') return readWith([], [])
      const look = async () => {
        const { hidden, warnings } = await readHidden(exchange(from.entra))
        return readWith([visibility(hidden)], warnings)
      }
      // The token names the directory roles of its holder: one that may read Exchange is asked at once.
      if (mayReadExchange(claimsOf(await reader.token())) === true) return look()
      return { ...readWith([visibility(NOT_ASKED)], [unknownHidden(from.entra)]), secondLook: look }
    },
  }
}

/** Graph's word alone. */
const NOT_ASKED: ReadonlyMap<string, boolean> = new Map()

async function memberships(
  reader: GraphReader,
  { groups, excludeGroups }: EntraFrom,
): Promise<{ within: Memberships | undefined; without: Memberships | undefined }> {
  const [within, without] = await Promise.all([
    groups && groupMembers(reader, groups),
    excludeGroups && groupMembers(reader, excludeGroups),
  ])
  return { within, without }
}

function madeByUs(person: Person): Skipped {
  return {
    key: person.id,
    label: personLabel(person),
    reason: 'made-by-tenant-sync',
    detail: 'is itself a contact that tenant-sync made',
  }
}
