/** The JSON Schemas of what people write and what programs read, as they are published. */
import { journalSchema, planSchema } from '../engine/schema.ts'
import { KIND_NAMES } from '../profiles/kind.ts'
import { commonKeys } from '../profiles/profile.ts'
import { published } from '../profiles/published.ts'
import { byValue, choice } from '../profiles/shapes.ts'
import { tenantsSchema } from '../profiles/tenants.ts'
import { PROFILE_KINDS } from './kinds.ts'

export const SCHEMA_NAMES = ['profile', 'tenants', 'plan', 'journal'] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

/** JSON Schema, draft 2020-12; what is in `schemas/<name>.json`. */
export function schemaOf(name: SchemaName): object {
  return SCHEMAS[name]()
}

const SCHEMAS: Readonly<Record<SchemaName, () => object>> = {
  profile: () => published('profile', 'A profile of tenant-sync', profileSchema()),
  tenants: () => published('tenants', 'tenants.yaml of tenant-sync', tenantsSchema),
  plan: () => published('plan', 'A plan of tenant-sync (plan.json)', planSchema),
  journal: () => published('journal', 'A line of a journal of tenant-sync (journal.ndjson)', journalSchema),
}

/** One schema for all kinds: which one is meant is told by `kind`. */
function profileSchema(): object {
  const { name, description } = commonKeys
  return {
    type: 'object',
    required: ['name', 'kind'],
    properties: {
      name,
      kind: choice(KIND_NAMES, { description: 'What the profile keeps in step.' }),
      description,
    },
    ...byValue('kind', Object.fromEntries(KIND_NAMES.map((kind) => [kind, PROFILE_KINDS[kind].schema]))),
  }
}
