/**
 * What of a job's schema differs from what the profile wants, and the schema to send instead: the template's
 * own attribute mappings, with the profile's on top. Compared by meaning, since the service keeps expressions
 * in its own way of writing.
 */
import type { FieldChange } from '../../../engine/plan.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import { mappingChange, type WantedMapping } from './mapping-change.ts'
import { MappingError } from './mapping-error.ts'
import { entryExpression, sourceOfText } from './mapping-source.ts'
import { scopeChange } from './scope-filter.ts'
import {
  nameKey,
  userAttributes,
  userMapping,
  type AttributeMapping,
  type ObjectMapping,
  type SynchronizationSchema,
  type UserMapping,
} from './synchronization-schema.ts'

export interface SchemaChange {
  /** By their names, such as `mapping.displayName`, `mapping.mail.flowType` and `scope.where`. */
  readonly fields: readonly FieldChange[]
  /** The live one but for the attribute mappings, and the scope, of users. */
  readonly schema: SynchronizationSchema
}

/** What of the schema is looked at, and changed: the one adds and takes attributes, the other people. */
export type Part = 'mapping' | 'filter'

/**
 * @param template `undefined` when it could not be read: then only what the profile names is compared.
 * @param profile whose expressions parse, and whose attributes there are.
 * @param parts what is changed; the rest stays as it is.
 * @returns `undefined` when nothing differs.
 * @throws MappingError when the live schema maps no users
 */
export function schemaChange(
  live: SynchronizationSchema,
  template: SynchronizationSchema | undefined,
  profile: CrossTenantSyncProfile,
  parts: readonly Part[] = ['mapping', 'filter'],
): SchemaChange | undefined {
  const original = template && userMapping(template)
  const users = userMapping(live, original?.rule.name)
  if (!users)
    throw new MappingError(
      'no-user-mapping',
      'The schema of the synchronization job no longer maps users to users: restore the default mappings in the Entra admin center.',
    )
  const changes = [
    ...(parts.includes('mapping') ? [ofMappings(live, users, original, profile)] : []),
    ...(parts.includes('filter') ? [ofFilter(users, profile)] : []),
  ]
  const fields = changes.flatMap((change) => change.fields)
  if (fields.length === 0) return undefined
  const objects = Object.assign(
    {},
    users.objects,
    ...changes.map((change) => change.objects),
  ) as ObjectMapping
  return {
    fields: fields.toSorted((left, right) => (left.field < right.field ? -1 : 1)),
    schema: structuredClone(withObjects(live, users, objects)),
  }
}

interface ObjectsChange {
  readonly fields: readonly FieldChange[]
  readonly objects: Partial<ObjectMapping>
}

function ofMappings(
  live: SynchronizationSchema,
  users: UserMapping,
  original: UserMapping | undefined,
  { mapping = {} }: CrossTenantSyncProfile,
): ObjectsChange {
  const wanted = wantedMappings(live, users, original?.objects, mapping)
  const { fields, mappings } = mappingsChange(
    users.objects.attributeMappings ?? [],
    wanted,
    original !== undefined,
  )
  // Switched off, nobody is synchronized at all.
  const isOff = users.objects['enabled'] === false
  return {
    fields: [...fields, ...(isOff ? [{ field: 'mapping enabled', before: false, after: true }] : [])],
    objects: {
      ...(fields.length > 0 && { attributeMappings: mappings }),
      ...(isOff && { enabled: true }),
    },
  }
}

function ofFilter({ objects }: UserMapping, { scope: { where } }: CrossTenantSyncProfile): ObjectsChange {
  const change = scopeChange(objects.scope, where)
  return change ? { fields: [change.field], objects: { scope: change.scope } } : { fields: [], objects: {} }
}

/** By the keys of their names: the template's, in its order, then the profile's. */
function wantedMappings(
  live: SynchronizationSchema,
  { rule }: UserMapping,
  original: ObjectMapping | undefined,
  profile: NonNullable<CrossTenantSyncProfile['mapping']>,
): Map<string, WantedMapping> {
  const defined = new Map(
    userAttributes(live, rule.targetDirectoryName).map(({ name }) => [nameKey(name), name ?? '']),
  )
  const wanted = new Map<string, WantedMapping>()
  for (const mapping of original?.attributeMappings ?? []) {
    const name = mapping.targetAttributeName ?? ''
    // An attribute that the target's directory does not have would be refused.
    if (defined.size === 0 || defined.has(nameKey(name)))
      wanted.set(nameKey(name), { name, by: 'template', mapping })
  }
  for (const [attribute, entry] of Object.entries(profile)) {
    const stands = wanted.get(nameKey(attribute))
    const name = defined.get(nameKey(attribute)) ?? stands?.name ?? attribute
    const text = entryExpression(entry)
    const mapping =
      text === undefined
        ? undefined
        : { ...(stands?.mapping ?? PLAIN), targetAttributeName: name, source: sourceOfText(text) }
    wanted.set(nameKey(attribute), { name, by: 'profile', mapping })
  }
  return wanted
}

/** What stands in a mapping beside its source and its target, as the service fills it in. */
const PLAIN: AttributeMapping = {
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority: 0,
}

/** @param whole what is not wanted goes; else it stays. */
function mappingsChange(
  live: readonly AttributeMapping[],
  wanted: ReadonlyMap<string, WantedMapping>,
  whole: boolean,
): { fields: FieldChange[]; mappings: AttributeMapping[] } {
  const fields: FieldChange[] = []
  const mappings: AttributeMapping[] = []
  const keys = live.map(({ targetAttributeName }) => nameKey(targetAttributeName))
  const changeOf = (mapping: AttributeMapping | undefined, want: WantedMapping) => {
    const change = mappingChange(mapping, want)
    fields.push(...change.fields)
    if (change.mapping) mappings.push(change.mapping)
  }
  for (const [index, mapping] of live.entries()) {
    const name = mapping.targetAttributeName ?? ''
    const want = wanted.get(keys[index] ?? '')
    if (want) changeOf(mapping, want)
    else if (whole) changeOf(mapping, { name, by: 'template', mapping: undefined })
    else mappings.push(mapping)
  }
  for (const [key, want] of wanted) if (!keys.includes(key)) changeOf(undefined, want)
  return { fields, mappings }
}

function withObjects(
  live: SynchronizationSchema,
  { rule, objects }: UserMapping,
  changed: ObjectMapping,
): SynchronizationSchema {
  const rules = (live.synchronizationRules ?? []).map((each) =>
    each === rule
      ? {
          ...each,
          objectMappings: each.objectMappings?.map((one) => (one === objects ? changed : one)) ?? [],
        }
      : each,
  )
  return { ...live, synchronizationRules: rules }
}
