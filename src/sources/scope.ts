/** Who is in scope of a source: one list of rules, which reading goes by and which explains it. */
import { openNotice } from '../engine/notice.ts'
import type { Notice, Skipped } from '../engine/plan.ts'
import { compile, EvaluationError } from '../people/expression.ts'
import { personLabel, type PersonField, type Sourced } from '../people/person.ts'
import { SourceError } from './source-error.ts'

/** Somebody a source has, before it is known whether they are in scope. */
export interface Candidate {
  readonly sourced: Sourced
  /** Under which word of `include` they are read, and what that makes them: `members`, `a member`. */
  readonly type?: Type
  readonly disabled?: boolean
  readonly hidden?: boolean
  /** Itself made by tenant-sync. */
  readonly ours?: boolean
}

export interface Type {
  readonly include: string
  readonly words: string
}

export interface Rule {
  admits(one: Candidate): boolean
  /** Why it does not admit somebody. Names nobody. */
  reason(one: Candidate): Notice
  /** Whom it does not admit is shown, as skipped. */
  readonly shows?: true
}

/** By the name of each group, as the profile has it: the ids of its transitive members. */
export type Memberships = ReadonlyMap<string, ReadonlySet<string>>

export function includeRule(include: readonly string[]): Rule {
  return {
    admits: ({ type }) => type === undefined || include.includes(type.include),
    reason: ({ type }) =>
      openNotice('not-in-include', `is ${type!.words}, and include has ${include.join(', ')} alone`),
  }
}

export const DISABLED_RULE: Rule = {
  admits: ({ disabled }) => disabled !== true,
  reason: () => openNotice('disabled', 'the account is disabled, and disabled is exclude'),
}

/** Else two profiles would hand contacts round for ever. Stands before `where`, which is about people. */
export const OURS_RULE: Rule = {
  admits: ({ ours }) => ours !== true,
  reason: () => openNotice('made-by-tenant-sync', 'is itself a contact that tenant-sync made'),
  shows: true,
}

/** The first that does not admit somebody. */
export function refusalOf(rules: readonly Rule[], one: Candidate): Rule | undefined {
  return rules.find((rule) => !rule.admits(one))
}

/** @param says what it is that says they are hidden, e.g. `Exchange says so`. */
export function hiddenRule(says: string): Rule {
  return {
    admits: ({ hidden }) => hidden !== true,
    reason: () => openNotice('hidden', `is hidden from address lists (${says}), and hidden is exclude`),
  }
}

export function groupRules(within: Memberships | undefined, without: Memberships | undefined): Rule[] {
  const rules: Rule[] = []
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
  return rules
}

/** A `where`, and where in the profile it stands. */
export interface Condition {
  readonly at: readonly (string | number)[]
  readonly reads: ReadonlySet<PersonField>
  readonly rules: readonly Rule[]
}

/**
 * @param where as the profile has it: it passed validation. Without one there is no rule.
 * @param at where in the profile it stands, e.g. `['from', 0, 'where']`.
 */
export function condition(where: string | undefined, at: readonly (string | number)[]): Condition {
  if (where === undefined) return { at, reads: new Set(), rules: [] }
  const expression = compile(where)
  const rule: Rule = {
    admits({ sourced: { person } }) {
      try {
        return expression.evaluate(person) !== false
      } catch (error) {
        throw error instanceof EvaluationError ? error.placed(at) : error
      }
    },
    reason: () => openNotice('where-not-true', `where: ${where} is not true of them`),
  }
  return { at, reads: expression.reads, rules: [rule] }
}

/**
 * A `where` over a field that its source does not carry would judge people by what nobody knows.
 *
 * @param unknown the fields that the source does not carry.
 * @param told what to tell of the fields that it reads, given as they stand in a sentence: `` `city`, `state` ``.
 * @throws SourceError `where-reads-unknown`
 */
export function refuseUnknown(
  { at, reads }: Condition,
  unknown: ReadonlySet<PersonField>,
  told: (fields: string) => string,
): void {
  const missing = [...reads].filter((field) => unknown.has(field))
  if (missing.length === 0) return
  const message = told(missing.map((field) => `\`${field}\``).join(', '))
  throw new SourceError('where-reads-unknown', message, { advice: message, path: at })
}

/** Of a rule that shows whom it does not admit. */
export function skippedBy(rule: Rule, one: Candidate): Skipped {
  const { person } = one.sourced
  const { code, message } = rule.reason(one)
  return { key: person.id, label: personLabel(person), reason: code, detail: message }
}

/** What is said of somebody whom all rules admit. */
export function inScope(one: Candidate, within?: Memberships): Notice {
  const type = one.type ? `, as ${one.type.words}` : ''
  const membership = within ? ` of the group ${groupsOf(one, within)}` : ''
  return openNotice('in-scope', `in scope${type}${membership}`)
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
