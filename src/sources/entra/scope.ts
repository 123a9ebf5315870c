/** Who of a tenant is in scope of a source: one list of rules, which reading goes by and which explains it. */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import type { Expression } from '../../people/expression.ts'
import type { Sourced } from '../../people/person.ts'
import type { EntraFrom } from '../schema.ts'

/** Somebody the tenant has, before it is known whether they are in scope. */
export interface Candidate {
  readonly sourced: Sourced
  readonly type: keyof typeof TYPES
  readonly disabled: boolean
  /** As Graph has it. */
  readonly hidden: boolean
}

export interface Rule {
  admits(one: Candidate): boolean
  /** Why it does not admit somebody. Names nobody. */
  reason(one: Candidate): Notice
}

/** By the name of each group, as the profile has it: the ids of its transitive members. */
export type Memberships = ReadonlyMap<string, ReadonlySet<string>>

const TYPES = { members: 'a member', guests: 'a guest', 'org-contacts': 'an organizational contact' } as const

/** In their order: an expression is evaluated only for those whom the rules before it admit. */
export function scopeRules(
  from: EntraFrom,
  { within, without }: { within: Memberships | undefined; without: Memberships | undefined },
  where: Expression | undefined,
): Rule[] {
  const rules: Rule[] = [
    {
      admits: ({ type }) => from.include.includes(type),
      reason: ({ type }) =>
        openNotice('not-in-include', `is ${TYPES[type]}, and include has ${from.include.join(', ')} alone`),
    },
  ]
  if (from.disabled === 'exclude')
    rules.push({
      admits: ({ disabled }) => !disabled,
      reason: () => openNotice('disabled', 'the account is disabled, and disabled is exclude'),
    })
  if (within)
    rules.push({
      admits: (one) => isIn(one, within),
      reason: () =>
        openNotice('outside-groups', `is no transitive member of any of: ${[...within.keys()].join(', ')}`),
    })
  if (without)
    rules.push({
      admits: (one) => !isIn(one, without),
      reason: (one) =>
        openNotice('in-excluded-group', `is a member of the excluded group ${groupsOf(one, without)}`),
    })
  if (where)
    rules.push({
      admits: ({ sourced }) => where.evaluate(sourced.person) !== false,
      reason: () => openNotice('where-not-true', `where: ${from.where} is not true of them`),
    })
  return rules
}

/** @param hidden as Exchange has it, which decides; of whom it does not know, Graph does. */
export function visibility(hidden: ReadonlyMap<string, boolean>): Rule {
  return {
    admits: (one) => !(hidden.get(one.sourced.person.id) ?? one.hidden),
    reason: ({ sourced }) =>
      openNotice(
        'hidden',
        `is hidden from address lists (${hidden.has(sourced.person.id) ? 'Exchange says so' : 'showInAddressList is false in Graph'}), and hidden is exclude`,
      ),
  }
}

/** What is said of somebody whom all rules admit. */
export function inScope(one: Candidate, within: Memberships | undefined): Notice {
  const membership = within ? ` of the group ${groupsOf(one, within)}` : ''
  return openNotice('in-scope', `in scope, as ${TYPES[one.type]}${membership}`)
}

function isIn({ sourced }: Candidate, groups: Memberships): boolean {
  for (const members of groups.values()) if (members.has(sourced.person.id)) return true
  return false
}

function groupsOf({ sourced }: Candidate, groups: Memberships): string {
  return [...groups]
    .filter(([, members]) => members.has(sourced.person.id))
    .map(([name]) => name)
    .join(', ')
}
