import type { Answer } from '../../../service.ts'
import type { Properties } from '../../directory.ts'
import type { Asked } from '../asked.ts'
import { noSuchResource } from '../errors.ts'
import data from './azure2azure.json' with { type: 'json' }
import type { Schema } from './definition.ts'
import { shown, synchronizationAsked } from './synchronization.ts'

/**
 * The only template that cross-tenant synchronization has: its rule as the service shows it, of the directories
 * the attributes that people have ("Configure cross-tenant synchronization", attribute mappings).
 */
export const TEMPLATE = data.id

/** The schema that a new job begins with: all fields of every object, in the service's own order. */
export function templateSchema(id: string): Schema {
  return structuredClone({
    id,
    version: data.version,
    synchronizationRules: data.rules,
    directories: data.directories.map(directory),
  }) as unknown as Schema
}

/** `GET /servicePrincipals/{id}/synchronization/templates`. */
export function listTemplates(asked: Asked): Answer {
  synchronizationAsked(asked)
  return shown(asked, 'templates', { value: [template()] })
}

/** `GET /servicePrincipals/{id}/synchronization/templates/{id}`. */
export function getTemplate(asked: Asked): Answer {
  synchronizationAsked(asked)
  const id = asked.ids[1] ?? ''
  if (id !== TEMPLATE) throw noSuchResource(id)
  return shown(asked, 'templates/$entity', template())
}

function template(): Properties {
  const { id, applicationId, default: isDefault, description, discoverable, factoryTag, metadata } = data
  const schema = templateSchema(`${id}.${'0'.repeat(32)}`)
  return { id, applicationId, default: isDefault, description, discoverable, factoryTag, metadata, schema }
}

function directory({ name, attributes }: (typeof data.directories)[number]): Properties {
  return {
    id: name,
    name,
    discoverabilities: 'AttributeDataTypes',
    discoveryDateTime: null,
    readOnly: false,
    version: '1',
    objects: [
      {
        name: 'User',
        supportedApis: [],
        metadata: [],
        attributes: attributes.map((each) => ({
          anchor: false,
          caseExact: false,
          multivalued: false,
          mutability: 'ReadWrite',
          required: false,
          ...each,
          apiExpressions: [],
          defaultValue: null,
          flowNullValues: true,
          metadata: [],
          referencedObjects: [],
        })),
      },
    ],
  }
}
