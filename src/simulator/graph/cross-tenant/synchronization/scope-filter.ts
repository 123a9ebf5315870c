import { invalidSchema } from '../errors.ts'
import type { Value } from '../expression/functions.ts'
import { isPattern } from '../expression/parse.ts'

/** Microsoft Graph, "filter resource type". */
export interface Filter {
  /** Who meets none of these is deprovisioned. */
  readonly groups: readonly FilterGroup[]
  /** Who meets none of these is not looked at. */
  readonly inputFilterGroups: readonly FilterGroup[]
}

interface FilterGroup {
  readonly name: string
  readonly clauses: readonly Clause[]
}

interface Clause {
  readonly operatorName: string
  readonly sourceOperandName: string
  readonly targetOperand: { readonly values: readonly string[] }
}

type Read = (attribute: string) => Value

/** What a clause asks of an attribute's value ("filterOperatorSchema", the default operators). */
const OPERATORS = new Map<string, (value: string, operands: readonly string[]) => boolean>([
  ['EQUALS', (value, operands) => operands.some((each) => same(each, value))],
  ['NOT EQUALS', (value, operands) => !operands.some((each) => same(each, value))],
  ['IS TRUE', (value) => same(value, 'True')],
  ['IS FALSE', (value) => same(value, 'False')],
  ['IS NULL', (value) => value === ''],
  ['IS NOT NULL', (value) => value !== ''],
  ['REGEX MATCH', (value, operands) => operands.some((each) => new RegExp(each).test(value))],
  ['NOT REGEX MATCH', (value, operands) => !operands.some((each) => new RegExp(each).test(value))],
  ['INCLUDES', (value, operands) => operands.some((each) => value.includes(each))],
])

/**
 * A scope as the service keeps it.
 * @throws GraphRefused 400 for operators, attributes and patterns that are none
 */
export function checkedScope(scope: Partial<Filter>, attributes: ReadonlyMap<string, unknown>): Filter {
  const kept = {
    categoryFilterGroups: [],
    ...scope,
    groups: (scope.groups ?? []).map(groupOf),
    inputFilterGroups: (scope.inputFilterGroups ?? []).map(groupOf),
  }
  for (const { clauses } of [...kept.groups, ...kept.inputFilterGroups]) {
    for (const clause of clauses) checkClause(clause, attributes)
  }
  return kept
}

function groupOf({ name, clauses }: Partial<FilterGroup>): FilterGroup {
  return {
    name: name ?? '',
    clauses: (clauses ?? []).map((each) => ({
      ...each,
      targetOperand: { values: each.targetOperand?.values ?? [] },
    })),
  }
}

function checkClause(clause: Clause, attributes: ReadonlyMap<string, unknown>): void {
  const { operatorName, sourceOperandName, targetOperand } = clause
  if (!OPERATORS.has(operatorName)) throw invalidSchema(`The filter operator '${operatorName}' is not known.`)
  if (!attributes.has(sourceOperandName?.toLowerCase() ?? '')) {
    throw invalidSchema(`The source attribute '${sourceOperandName}' is not known.`)
  }
  const broken = targetOperand.values.find((each) => !isPattern(each))
  if (operatorName.includes('REGEX') && broken !== undefined) {
    throw invalidSchema(`'${broken}' is not a regular expression.`)
  }
}

/** No group lets everybody pass; else one whose clauses all hold is enough. */
export function passes(groups: readonly FilterGroup[], read: Read): boolean {
  return groups.length === 0 || groups.some((group) => holds(group, read))
}

/** What each group said, as a log shows it: `{"Staff.department EQUALS 'Sales'":true}`. */
export function evaluation(groups: readonly FilterGroup[], read: Read): string {
  const said = groups.map((group) => [
    `${group.name}.${group.clauses.map(clauseText).join(' AND ')}`,
    holds(group, read),
  ])
  return JSON.stringify(Object.fromEntries(said))
}

function holds({ clauses }: FilterGroup, read: Read): boolean {
  return clauses.every(({ operatorName, sourceOperandName, targetOperand }) => {
    const value = read(sourceOperandName)
    const text = typeof value === 'string' ? value : (value ?? []).join(';')
    return OPERATORS.get(operatorName)?.(text, targetOperand.values) === true
  })
}

function clauseText({ sourceOperandName, operatorName, targetOperand }: Clause): string {
  return `${sourceOperandName} ${operatorName} '${targetOperand.values.join(';')}'`
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
