/** Members, guests and organizational contacts of a tenant, through Microsoft Graph. */
import type { Skipped } from '../../engine/plan.ts'
import { claimsOf, mayReadExchange } from '../../microsoft/token-claims.ts'
import { memberships } from '../groups.ts'
import type { EntraFrom } from '../schema.ts'
import {
  condition,
  DISABLED_RULE,
  groupRules,
  includeRule,
  OURS_RULE,
  refusalOf,
  skippedBy,
  type Candidate,
  type Rule,
} from '../scope.ts'
import type { Source, SourcePath, SourceRead } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'
import { candidates } from './candidates.ts'
import { unmarkedRule, visibleRule } from './exchange-rules.ts'
import { readExchangeView, unknownHidden, type ExchangeView } from './exchange-view.ts'
import { knownAt } from './known.ts'

export function entraSource(from: EntraFrom, at: SourcePath, { tenants }: Surroundings): Source {
  const reader = tenants.graph(from.entra)
  const where = condition(from.where, [...at, 'where'])

  return {
    async read(fields) {
      const reads = new Set([...fields, ...where.reads])
      const { within, without } = await memberships(reader, from)
      const rules: readonly Rule[] = [
        includeRule(from.include),
        ...(from.disabled === 'exclude' ? [DISABLED_RULE] : []),
        ...groupRules(within, without),
        OURS_RULE,
        ...where.rules,
      ]
      const found: Candidate[] = []
      const shown: Skipped[] = []
      for await (const one of candidates(reader, from, reads)) {
        const refusal = refusalOf(rules, one)
        if (refusal === undefined) found.push(one)
        else if (refusal.shows) shown.push(skippedBy(refusal, one))
      }

      const readWith = (view: ExchangeView, visible: readonly Rule[]): SourceRead => {
        const unmarked = unmarkedRule(view)
        const admitted = found.filter((one) => refusalOf(visible, one) === undefined)
        const people = admitted.filter((one) => unmarked.admits(one))
        const marked = admitted.filter((one) => !unmarked.admits(one))
        return {
          people: people.map(({ sourced }) => sourced),
          skipped: [...shown, ...marked.map((one) => skippedBy(unmarked, one))],
          warnings: view.warnings,
          explain: (address) =>
            knownAt(address, { reader, from, reads, rules: [...rules, ...visible, unmarked], within }),
        }
      }
      if (from.hidden === 'include') return readWith(NOT_ASKED, [])
      const look = once(async () => {
        const contacts = from.include.includes('org-contacts')
        const view = await readExchangeView(tenants.exchange(from.entra), contacts)
        return readWith(view, [visibleRule(view)])
      })
      // The token names the directory roles of its holder: one that may read Exchange is asked at once.
      if (mayReadExchange(claimsOf(await reader.token())) === true) return look()
      const view = { ...NOT_ASKED, warnings: [unknownHidden(from.entra)] }
      return { ...readWith(view, [visibleRule(view)]), secondLook: look }
    },
  }
}

/** Several profiles may ask. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let working: Promise<T> | undefined
  return () => (working ??= work())
}

/** Graph's word alone. */
const NOT_ASKED: ExchangeView = { hidden: new Map(), marked: new Set(), warnings: [] }
