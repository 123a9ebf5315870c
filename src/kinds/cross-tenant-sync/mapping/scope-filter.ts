/**
 * The scoping filter of a profile: one group of the object mapping's filter, of its own name.
 * Source: Microsoft Graph, "filter resource type"; Microsoft Entra, "Scoping users or groups to be provisioned
 * with scoping filters": clauses of a group must all hold, groups are alternatives.
 */
import type { FieldChange } from '../../../engine/plan.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import { nameKey, type Filter, type FilterClause, type FilterGroup } from './synchronization-schema.ts'

const OWN = 'tenant-sync'

type Where = CrossTenantSyncProfile['scope']['where']

/**
 * With `where` any other group is drift, for it would let people through; without it other groups stay.
 * @returns `undefined` when the filter is as it should be.
 */
export function scopeChange(
  live: Filter | null | undefined,
  where: Where,
): { readonly field: FieldChange; readonly scope: Filter } | undefined {
  const groups = live?.groups ?? []
  const wanted = where ? [ownGroup(where)] : groups.filter(({ name }) => name !== OWN)
  if (wanted.length === groups.length && wanted.every((group, index) => same(group, groups[index])))
    return undefined
  return {
    field: { field: 'scope.where', before: texts(groups), after: texts(wanted) },
    scope: { ...(live ?? { inputFilterGroups: [], categoryFilterGroups: [] }), groups: wanted },
  }
}

/** A clause a line, for people to read. */
export function clauseTexts(where: NonNullable<Where>): readonly string[] {
  return (ownGroup(where).clauses ?? []).map(clauseText)
}

function ownGroup(where: NonNullable<Where>): FilterGroup {
  return {
    name: OWN,
    clauses: where.map(({ attribute, operator, values = [] }) => ({
      operatorName: operator,
      sourceOperandName: attribute,
      targetOperand: { values },
    })),
  }
}

/** Neither the order of clauses nor that of values has a meaning. */
function same(wanted: FilterGroup, live: FilterGroup | undefined): boolean {
  return live !== undefined && wanted.name === live.name && meaning(wanted) === meaning(live)
}

function meaning({ clauses }: FilterGroup): string {
  const parts = (clauses ?? []).map((clause) => [
    nameKey(clause.sourceOperandName),
    nameKey(clause.operatorName),
    ...valuesOf(clause).toSorted(),
  ])
  return JSON.stringify(parts.map((part) => JSON.stringify(part)).toSorted())
}

/** A clause a line; a group of another name is one line. */
function texts(groups: readonly FilterGroup[]): readonly string[] | null {
  const lines = groups.flatMap(({ name, clauses }) => {
    const told = (clauses ?? []).map(clauseText)
    return name === OWN ? told : [`${name ?? ''}: ${told.join(' and ')}`]
  })
  return lines.length === 0 ? null : lines
}

function clauseText(clause: FilterClause): string {
  const values = valuesOf(clause).join(', ')
  return `${clause.sourceOperandName ?? ''} ${clause.operatorName ?? ''}${values === '' ? '' : ` ${values}`}`
}

function valuesOf({ targetOperand }: FilterClause): string[] {
  return (targetOperand?.values ?? []).map((value) => value ?? '')
}
