// What the simulator must know of Microsoft Graph: paths, permissions, and the properties of a few types.

// Without `/$count` and casts: every collection has them.
const PATHS = [
  '/$batch',
  '/contacts',
  '/contacts/{orgContact-id}',
  '/domains',
  '/groups',
  '/groups/{group-id}',
  '/groups/{group-id}/members',
  '/groups/{group-id}/transitiveMembers',
  '/organization',
  '/users',
  '/users/{user-id}',
  '/users/{user-id}/manager',
]

// Read only, and no writes to people: tenant-sync has no business changing a user or a group.
const METHODS = ['get', 'post']
const WRITES = new Set(['/$batch'])

const TYPES = [
  'directoryObject',
  'user',
  'group',
  'orgContact',
  'organization',
  'domain',
  'onPremisesExtensionAttributes',
  'phone',
  'physicalOfficeAddress',
  'assignedPlan',
  'assignedLicense',
]

/** @param {any} source the OpenAPI document */
export function cutGraph(source) {
  const paths = {}
  for (const path of PATHS) {
    const item = source.paths[path]
    if (!item) throw new Error(`the description has no path ${path}`)
    const methods = {}
    for (const method of METHODS) {
      if (!item[method] || (method !== 'get' && !WRITES.has(path))) continue
      methods[method.toUpperCase()] = item[method]['x-permissions-application']?.all ?? []
    }
    paths[path.replaceAll(/\{[^}]*\}/g, '{id}')] = methods
  }
  const types = {}
  for (const name of TYPES) types[name] = cutType(source.components.schemas, name)
  const { repo, commit, license } = source.info['x-source']
  const permissions = source.info['x-permissions-source']
  return {
    source: { repository: repo, commit, license },
    permissionsSource: {
      repository: permissions.repo,
      commit: permissions.commit,
      license: permissions.license,
    },
    paths,
    types,
  }
}

function cutType(schemas, name) {
  const properties = {}
  const navigation = []
  for (const part of lineage(schemas, `microsoft.graph.${name}`)) {
    for (const [property, schema] of Object.entries(part.properties ?? {})) {
      if (property.startsWith('@')) continue
      if (schema['x-ms-navigationProperty']) navigation.push(property)
      else properties[property] = typeName(schema)
    }
  }
  return { properties: sorted(properties), navigation: navigation.toSorted() }
}

/** A schema and those it inherits from, the oldest first. */
function lineage(schemas, name) {
  const schema = schemas[name]
  if (!schema) throw new Error(`the description has no type ${name}`)
  const parts = schema.allOf ?? [schema]
  return parts.flatMap((part) => (part.$ref ? lineage(schemas, part.$ref.split('/').at(-1)) : [part]))
}

function typeName(schema) {
  if (schema.type === 'array') return `${typeName(schema.items)}[]`
  const reference = schema.$ref ?? schema.anyOf?.find((each) => each.$ref)?.$ref
  if (reference) return reference.split('/').at(-1).replace('microsoft.graph.', '')
  return schema.format === 'date-time' ? 'date-time' : schema.type
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
