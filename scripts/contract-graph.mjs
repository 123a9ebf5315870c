// What the simulator must know of Microsoft Graph: paths, methods, permissions, and the properties of a few types.

const FOLDER = '/users/{user-id}/contactFolders/{contactFolder-id}'
const PHOTO = '/users/{user-id}/contacts/{contact-id}/photo'

const SYNCHRONIZATION = '/servicePrincipals/{servicePrincipal-id}/synchronization'
const JOB = `${SYNCHRONIZATION}/jobs/{synchronizationJob-id}`
const ASSIGNED = '/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo'
const POLICY = '/policies/crossTenantAccessPolicy'
const PARTNER = `${POLICY}/partners/{crossTenantAccessPolicyConfigurationPartner-tenantId}`

/** Read and written to set up cross-tenant synchronization. */
const CROSS_TENANT_PATHS = [
  '/applicationTemplates/{applicationTemplate-id}',
  '/applicationTemplates/{applicationTemplate-id}/instantiate',
  '/applications',
  '/applications/{application-id}',
  '/auditLogs/provisioning',
  `${POLICY}/default`,
  `${POLICY}/partners`,
  PARTNER,
  `${PARTNER}/identitySynchronization`,
  '/servicePrincipals',
  '/servicePrincipals/{servicePrincipal-id}',
  ASSIGNED,
  `${ASSIGNED}/{appRoleAssignment-id}`,
  `${SYNCHRONIZATION}/jobs`,
  `${SYNCHRONIZATION}/jobs/validateCredentials`,
  JOB,
  `${JOB}/pause`,
  `${JOB}/provisionOnDemand`,
  `${JOB}/restart`,
  `${JOB}/schema`,
  `${JOB}/start`,
  `${JOB}/validateCredentials`,
  `${SYNCHRONIZATION}/secrets`,
  `${SYNCHRONIZATION}/templates`,
  `${SYNCHRONIZATION}/templates/{synchronizationTemplate-id}`,
]

// Without `/$count` and casts: every collection has them.
const PATHS = [
  ...CROSS_TENANT_PATHS,
  '/$batch',
  '/contacts',
  '/contacts/{orgContact-id}',
  '/domains',
  '/groups',
  '/groups/{group-id}',
  '/groups/{group-id}/members',
  '/groups/{group-id}/transitiveMembers',
  '/organization',
  '/tenantRelationships/multiTenantOrganization',
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
const isWritable = (path) =>
  path === '/$batch' ||
  CROSS_TENANT_PATHS.includes(path) ||
  /^\/users\/[^/]+\/contact.*(?<!\/photo)$/.test(path)

const WRITES_APPLICATIONS = {
  'x-permissions-application': { all: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'] },
}

/** Paths that the description lacks, from Microsoft Graph's reference ("Update application", "Delete application"). */
const ADDED = {
  '/applications/{application-id}': { patch: WRITES_APPLICATIONS, delete: WRITES_APPLICATIONS },
}

/** Any app may: no permission is needed. Where none is listed elsewhere, no app may at all. */
const isOpen = (path) => path === '/$batch' || path.startsWith('/applicationTemplates/')

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
  'application',
  'applicationTemplate',
  'appRole',
  'appRoleAssignment',
  'servicePrincipal',
  'crossTenantAccessPolicyAppServiceConnectSetting',
  'crossTenantAccessPolicyB2BSetting',
  'crossTenantAccessPolicyConfigurationDefault',
  'crossTenantAccessPolicyConfigurationPartner',
  'crossTenantAccessPolicyInboundTrust',
  'crossTenantAccessPolicyM365CollaborationInboundSetting',
  'crossTenantAccessPolicyM365CollaborationOutboundSetting',
  'crossTenantAccessPolicyTarget',
  'crossTenantAccessPolicyTargetConfiguration',
  'crossTenantAccessPolicyTenantRestrictions',
  'crossTenantIdentitySyncPolicyPartner',
  'crossTenantUserSyncInbound',
  'defaultInvitationRedemptionIdentityProviderConfiguration',
  'devicesFilter',
  'inboundOutboundPolicyConfiguration',
  'keyValuePair',
  'multiTenantOrganization',
  'provisionedIdentity',
  'provisioningErrorInfo',
  'provisioningObjectSummary',
  'provisioningServicePrincipal',
  'provisioningStatusInfo',
  'provisioningStep',
  'provisioningSystem',
  'initiator',
  'modifiedProperty',
  'attributeDefinition',
  'attributeDefinitionMetadataEntry',
  'attributeMapping',
  'attributeMappingSource',
  'containerFilter',
  'directoryDefinition',
  'filter',
  'filterClause',
  'filterGroup',
  'filterOperand',
  'groupFilter',
  'objectDefinition',
  'objectDefinitionMetadataEntry',
  'objectMapping',
  'objectMappingMetadataEntry',
  'referencedObject',
  'stringKeyAttributeMappingSourceValuePair',
  'stringKeyStringValuePair',
  'synchronizationJob',
  'synchronizationJobApplicationParameters',
  'synchronizationJobRestartCriteria',
  'synchronizationJobSubject',
  'synchronizationLinkedObjects',
  'synchronizationRule',
  'synchronizationSchedule',
  'synchronizationSchema',
  'synchronizationSecretKeyStringValuePair',
]

/** Enumerations of which one value stands in what is written, or several of those that are flags. */
const ENUMS = [
  'attributeFlowBehavior',
  'attributeFlowType',
  'attributeMappingSourceType',
  'attributeType',
  'crossTenantAccessPolicyTargetConfigurationAccessType',
  'crossTenantAccessPolicyTargetType',
  'mutability',
  'objectFlowTypes',
  'synchronizationJobRestartScope',
  'synchronizationSecret',
]

/** @param {any} source the OpenAPI document */
export function cutGraph(source) {
  const paths = {}
  /** Operations that need two permissions: one of `paths`, and one of these. */
  const together = {}
  /** Operations that are for users alone: no permission lets an app in. */
  const closed = []
  for (const path of PATHS) {
    const item = source.paths[path] ?? ADDED[path]
    if (!item) throw new Error(`the description has no path ${path}`)
    const template = path.replaceAll(/\{[^}]*\}/g, '{id}')
    const methods = {}
    for (const method of METHODS) {
      const described = item[method === 'patch' && takesPatch(path) ? 'put' : method]
      if (!described || (method !== 'get' && !isWritable(path))) continue
      const operation = `${method.toUpperCase()} ${template}`
      methods[method.toUpperCase()] = sufficient(described)
      if (described['x-permissions-application']?.alsoRequires) together[operation] = neededToo(described)
      if (!described['x-permissions-application'] && !isOpen(path)) closed.push(operation)
    }
    paths[template] = methods
  }
  const enums = {}
  for (const name of ENUMS) enums[name] = members(source.components.schemas[`microsoft.graph.${name}`])
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
    together,
    closed,
    types,
    enums,
  }
}

/** The permissions any one of which lets an app in, unless it needs one of others too. */
function sufficient({ 'x-permissions-application': permissions }) {
  return permissions?.alsoRequires ? [permissions.alsoRequires].flat() : (permissions?.all ?? [])
}

function neededToo({ 'x-permissions-application': permissions }) {
  return permissions.all.filter((name) => !permissions.alsoRequires.includes(name))
}

function members(schema) {
  return schema.enum ?? schema['x-ms-enum-members']
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
