// What the simulator must know of Microsoft Graph: paths, methods, permissions, and the properties of a few types.

const FOLDER = '/users/{user-id}/contactFolders/{contactFolder-id}'
const PHOTO = '/users/{user-id}/contacts/{contact-id}/photo'

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
  '/users/{user-id}/contactFolders',
  '/users/{user-id}/contactFolders/delta',
  FOLDER,
  `${FOLDER}/childFolders`,
  `${FOLDER}/contacts`,
  `${FOLDER}/contacts/delta`,
  `${FOLDER}/contacts/{contact-id}`,
  `${FOLDER}/contacts/{contact-id}/photo`,
  `${FOLDER}/contacts/{contact-id}/photo/$value`,
  '/users/{user-id}/contacts',
  '/users/{user-id}/contacts/delta',
  '/users/{user-id}/contacts/{contact-id}',
  PHOTO,
  `${PHOTO}/$value`,
  '/users/{user-id}/manager',
  '/users/{user-id}/photo',
  '/users/{user-id}/photo/$value',
  '/users/{user-id}/photos/{profilePhoto-id}/$value',
]

const METHODS = ['get', 'post', 'patch', 'put', 'delete']

/** No writes to people: tenant-sync has no business changing a user or a group, but what their mailbox holds. */
const isWritable = (path) => path === '/$batch' || /^\/users\/[^/]+\/contact.*(?<!\/photo)$/.test(path)

/** PATCH does what PUT does ("Update profilePhoto"); the description knows PUT alone. */
const takesPatch = (path) => path.endsWith('/photo/$value')

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
  'contact',
  'contactFolder',
  'emailAddress',
  'physicalAddress',
  'profilePhoto',
]

/** @param {any} source the OpenAPI document */
export function cutGraph(source) {
  const paths = {}
  for (const path of PATHS) {
    const item = source.paths[path]
    if (!item) throw new Error(`the description has no path ${path}`)
    const methods = {}
    for (const method of METHODS) {
      const described = item[method === 'patch' && takesPatch(path) ? 'put' : method]
      if (!described || (method !== 'get' && !isWritable(path))) continue
      methods[method.toUpperCase()] = described['x-permissions-application']?.all ?? []
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
