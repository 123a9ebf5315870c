/** One attribute's mapping: what the job has, held against what is wanted. */
import type { FieldChange } from '../../../engine/plan.ts'
import { sourceMeaning, sourceText } from './mapping-source.ts'
import type { AttributeMapping } from './synchronization-schema.ts'

export interface WantedMapping {
  /** Of the target's attribute. */
  readonly name: string
  /** What the profile names it settles by its source alone; the template settles how it flows too. */
  readonly by: 'profile' | 'template'
  /** `undefined`: none. */
  readonly mapping: AttributeMapping | undefined
}

/** How a value flows (Microsoft Graph, "attributeMapping resource type"). */
const FLOW = ['defaultValue', 'flowBehavior', 'flowType', 'matchingPriority'] as const

/** @returns the mapping to send: `live` itself when nothing differs, `undefined` for none. */
export function mappingChange(
  live: AttributeMapping | undefined,
  { name, by, mapping: wanted }: WantedMapping,
): { readonly fields: readonly FieldChange[]; readonly mapping: AttributeMapping | undefined } {
  const field = `mapping.${name}`
  const before = live ? sourceText(live) : null
  if (!wanted) return { fields: live ? [{ field, before, after: null }] : [], mapping: undefined }
  const after = sourceText(wanted)
  if (!live) return { fields: [{ field, before, after }], mapping: wanted }

  const fields: FieldChange[] = []
  let mapping = live
  if (sourceMeaning(live) !== sourceMeaning(wanted)) {
    fields.push({ field, before, after })
    mapping = { ...mapping, source: wanted.source ?? null }
  }
  if (by === 'profile') return { fields, mapping }
  for (const property of FLOW) {
    const [has, wants] = [held(live[property]), held(wanted[property])]
    // What one of the two does not tell cannot be compared, but for a default value: telling none is having none.
    if (has === wants || (property !== 'defaultValue' && (has === null || wants === null))) continue
    fields.push({ field: `${field}.${property}`, before: has, after: wants })
    mapping = { ...mapping, [property]: wants }
  }
  return { fields, mapping }
}

function held(value: string | number | null | undefined): string | number | null {
  return value === undefined || value === '' ? null : value
}
