/** A job's schema as the service makes it, and what it makes of one that is sent. */
import type { Properties } from '../../../../simulator/graph/directory.ts'
import { normalised } from '../../../../simulator/graph/cross-tenant/synchronization/normalise.ts'
import { templateSchema } from '../../../../simulator/graph/cross-tenant/synchronization/template.ts'
import type { CrossTenantSyncProfile } from '../../schema.ts'
import { schemaChange } from '../schema-change.ts'
import type { AttributeMapping, ObjectMapping, SynchronizationSchema } from '../synchronization-schema.ts'

export const template = (): SynchronizationSchema =>
  templateSchema('Azure2Azure.0') as unknown as SynchronizationSchema

/** As a job has it, with the mapping of users changed. */
export function job(change: (objects: ObjectMapping) => object = () => ({})): SynchronizationSchema {
  const schema = { ...template(), id: 'Azure2Azure.1' }
  return withObjects(schema, { ...usersOf(schema), ...change(usersOf(schema)) })
}

/** With the mapping of one attribute changed, or without it. */
export const mapped = (name: string, change: Partial<AttributeMapping> | null) =>
  job((objects) => ({
    attributeMappings: objects.attributeMappings!.flatMap((each) =>
      each.targetAttributeName !== name ? [each] : change ? [{ ...each, ...change }] : [],
    ),
  }))

/** With a mapping that the template does not have. */
export const extended = (mapping: AttributeMapping) =>
  job((objects) => ({ attributeMappings: [...objects.attributeMappings!, mapping] }))

export function usersOf(schema: SynchronizationSchema): ObjectMapping {
  return schema.synchronizationRules![0]!.objectMappings![0]!
}

export function mappingOf(schema: SynchronizationSchema, name: string): AttributeMapping | undefined {
  return usersOf(schema).attributeMappings!.find(({ targetAttributeName }) => targetAttributeName === name)
}

export function withObjects(schema: SynchronizationSchema, objects: ObjectMapping): SynchronizationSchema {
  const [rule] = schema.synchronizationRules!
  return { ...schema, synchronizationRules: [{ ...rule, objectMappings: [objects] }] }
}

/** What the service keeps of a schema; it refuses what it does not understand. */
export function sent(schema: SynchronizationSchema): SynchronizationSchema {
  const { synchronizationRules, directories } = normalised(schema as Properties, [])
  return { ...schema, synchronizationRules, directories } as unknown as SynchronizationSchema
}

type Where = NonNullable<CrossTenantSyncProfile['scope']['where']>

export function profile(mapping?: CrossTenantSyncProfile['mapping'], where?: Where): CrossTenantSyncProfile {
  return {
    name: 'fabrikam-to-contoso',
    kind: 'cross-tenant-sync',
    from: { tenant: 'fabrikam' },
    to: { tenant: 'contoso' },
    application: 'Contoso',
    scope: { everyone: true, exact: true, ...(where && { where }) },
    ...(mapping && { mapping }),
  } as unknown as CrossTenantSyncProfile
}

export function fields(
  live: SynchronizationSchema,
  mapping?: CrossTenantSyncProfile['mapping'],
  original: SynchronizationSchema | undefined = template(),
) {
  return schemaChange(live, original, profile(mapping))?.fields
}
