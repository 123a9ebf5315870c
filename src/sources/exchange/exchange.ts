/** Mailboxes, groups, mail contacts and mail users of a tenant, through Exchange Online. */
import type { PersonField } from '../../people/person.ts'
import { readAtHand } from '../at-hand.ts'
import { memberships } from '../groups.ts'
import type { ExchangeFrom } from '../schema.ts'
import {
  condition,
  groupRules,
  hiddenRule,
  includeRule,
  OURS_RULE,
  refuseUnknown,
  type Condition,
} from '../scope.ts'
import type { Source, SourcePath } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'
import { listRecipients } from './listing.ts'
import { typesOf } from './types.ts'

export function exchangeSource(from: ExchangeFrom, at: SourcePath, { tenants }: Surroundings): Source {
  const where = condition(from.where, [...at, 'where'])
  const types = typesOf(from)

  return {
    async read(fields) {
      for (const { include, unknown } of types) refuseNotShown(where, unknown, include)
      const [{ within, without }, { recipients, find }] = await Promise.all([
        memberships(tenants.graph(from.exchange), from),
        listRecipients(tenants.exchange(from.exchange), types, new Set([...fields, ...where.reads])),
      ])
      const scope = [
        includeRule(from.include),
        ...groupRules(within, without),
        ...(from.hidden === 'exclude' ? [hiddenRule('Exchange says so')] : []),
      ]
      const inScope = recipients.filter((one) => scope.every((rule) => rule.admits(one)))
      if (inScope.some(({ sourced }) => sourced.unknown.has('manager'))) refuseUnknownManagers(where)

      const rules = [...scope, OURS_RULE, ...where.rules]
      const read = readAtHand({ candidates: recipients, rules, within })
      return {
        ...read,
        async explain(address) {
          const known = await read.explain(address)
          if (known.length > 0) return known
          return readAtHand({ candidates: await find(address), rules, within }).explain(address)
        },
      }
    },
  }
}

function refuseNotShown(where: Condition, unknown: ReadonlySet<PersonField>, include: string): void {
  refuseUnknown(
    where,
    unknown,
    (fields) =>
      `where reads ${fields}, which Exchange does not show of ${include}: leave it out, or read ${include} in a source of their own.`,
  )
}

function refuseUnknownManagers(where: Condition): void {
  refuseUnknown(
    where,
    new Set(['manager']),
    (field) =>
      `where reads ${field}, and Exchange names managers that are no user of the tenant, or that share their name with another: leave it out.`,
  )
}
