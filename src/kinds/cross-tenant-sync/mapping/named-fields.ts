import type { FieldChange } from '../../../engine/plan.ts'
import { readable } from '../expression/meaning.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import { entryExpression } from './mapping-source.ts'
import type { Part } from './schema-change.ts'
import { scopeChange } from './scope-filter.ts'

/** A job that does not exist yet will begin with the template's schema, which nobody can read before. */
const AS_THE_TEMPLATE = '(as the template has it)'

/** What the profile will change in the schema of a new job, sorted by their names. */
export function namedFields({ mapping = {}, scope }: CrossTenantSyncProfile, part: Part): FieldChange[] {
  if (part === 'filter') {
    const filter = scopeChange(undefined, scope.where)
    return filter ? [filter.field] : []
  }
  return Object.entries(mapping)
    .map(([attribute, entry]): FieldChange => {
      const text = entryExpression(entry)
      return {
        field: `mapping.${attribute}`,
        before: AS_THE_TEMPLATE,
        after: text === undefined ? null : readable(text),
      }
    })
    .sort((left, right) => (left.field < right.field ? -1 : 1))
}
