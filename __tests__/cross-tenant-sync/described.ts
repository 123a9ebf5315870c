/**
 * What was sent to Microsoft Graph, held against Microsoft's description of it (its cut in src/simulator/contract):
 * with a validator of JSON Schema and tables of its own, apart from what the simulator checks.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import contract from '../../src/simulator/contract/graph.json' with { type: 'json' }

/** Of a request as the simulator records it. */
export interface Sent {
  readonly method: string
  /** With `/v1.0` and the query. */
  readonly path: string
  readonly body?: unknown
}

type Shape = Readonly<Record<string, unknown>>

const PATHS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = contract.paths
const TYPES: Readonly<
  Record<string, { properties: Readonly<Record<string, string>>; navigation: string[] }>
> = contract.types
const ENUMS: Readonly<Record<string, readonly string[]>> = contract.enums

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'
const ASSIGNED = '/servicePrincipals/{id}/appRoleAssignedTo'
const SYNCHRONIZATION = '/servicePrincipals/{id}/synchronization'
const JOB = `${SYNCHRONIZATION}/jobs/{id}`

/** What is read there: its properties may be selected and filtered by. */
const READ: Readonly<Record<string, string>> = {
  '/applications': 'application',
  '/auditLogs/provisioning': 'provisioningObjectSummary',
  '/groups': 'group',
  '/groups/{id}': 'group',
  '/groups/{id}/members': 'directoryObject',
  '/servicePrincipals': 'servicePrincipal',
  '/servicePrincipals/{id}': 'servicePrincipal',
  '/users': 'user',
  '/users/{id}': 'user',
}

const CREDENTIALS = {
  applicationIdentifier: 'string',
  templateId: 'string',
  useSavedCredentials: 'boolean',
  credentials: 'synchronizationSecretKeyStringValuePair[]',
}

interface Body {
  /** The type whose object is sent; `action` for an action's own parameters. */
  readonly type: string
  /** An action's parameters, and relationships that may come along, with their types. */
  readonly also?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  /** All that may stand in it, where the service decides the rest itself. */
  readonly only?: readonly string[]
}

/** What is written there. Whatever is not listed takes no body. */
const WRITTEN: Readonly<Record<string, Body>> = {
  'POST /applicationTemplates/{id}/instantiate': {
    type: 'action',
    also: { displayName: 'string', serviceManagementReference: 'string' },
    required: ['displayName'],
  },
  [`POST ${PARTNERS}`]: { type: 'crossTenantAccessPolicyConfigurationPartner', required: ['tenantId'] },
  [`PATCH ${PARTNERS}/{id}`]: { type: 'crossTenantAccessPolicyConfigurationPartner' },
  [`PUT ${PARTNERS}/{id}/identitySynchronization`]: { type: 'crossTenantIdentitySyncPolicyPartner' },
  [`PATCH ${PARTNERS}/{id}/identitySynchronization`]: { type: 'crossTenantIdentitySyncPolicyPartner' },
  'PATCH /applications/{id}': { type: 'application', only: ['displayName'] },
  'PATCH /servicePrincipals/{id}': { type: 'servicePrincipal', only: ['notes'] },
  [`POST ${ASSIGNED}`]: {
    type: 'appRoleAssignment',
    required: ['principalId', 'resourceId', 'appRoleId'],
    only: ['principalId', 'resourceId', 'appRoleId'],
  },
  [`POST ${SYNCHRONIZATION}/jobs`]: {
    type: 'synchronizationJob',
    required: ['templateId'],
    only: ['templateId'],
  },
  [`POST ${SYNCHRONIZATION}/jobs/validateCredentials`]: { type: 'action', also: CREDENTIALS },
  [`POST ${JOB}/validateCredentials`]: { type: 'action', also: CREDENTIALS },
  [`PUT ${SYNCHRONIZATION}/secrets`]: {
    type: 'action',
    also: { value: 'synchronizationSecretKeyStringValuePair[]' },
    required: ['value'],
  },
  [`PUT ${JOB}/schema`]: {
    type: 'synchronizationSchema',
    also: { directories: 'directoryDefinition[]' },
    required: ['synchronizationRules'],
  },
  [`POST ${JOB}/provisionOnDemand`]: {
    type: 'action',
    also: { parameters: 'synchronizationJobApplicationParameters[]' },
    required: ['parameters'],
  },
  'POST /$batch': { type: 'action', also: { requests: 'batchStep[]' }, required: ['requests'] },
}

/** JSON batching, "Request format": what the description of types does not hold. */
const BATCH_STEP: Shape = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'method', 'url'],
  properties: {
    id: { type: 'string' },
    method: { enum: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] },
    url: { type: 'string', pattern: '^/' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: {},
    dependsOn: { type: 'array', items: { type: 'string' } },
  },
}

/**
 * @returns what of a request Microsoft's description does not know, in words; nothing when all is well.
 */
export function departures({ method, path, body }: Sent): string[] {
  const url = new URL(path, 'https://graph.microsoft.com')
  const template = templateOf(url.pathname)
  if (template === undefined) return [`no path ${url.pathname}`]
  if (!PATHS[template]?.[method]) return [`no method ${method} of ${template}`]
  const operation = `${method} ${template}`
  return [...queryFaults(template, url.searchParams), ...bodyFaults(operation, body)].map(
    (fault) => `${operation}: ${fault}`,
  )
}

/** Names come before ids. */
const TEMPLATES = Object.keys(PATHS)
  .toSorted((a, b) => a.split('{id}').length - b.split('{id}').length)
  .map((template) => ({ template, steps: template.split('/') }))

/** As the description has it, with `{id}` for every id. */
function templateOf(pathname: string): string | undefined {
  const segments = pathname.replace(/^\/v1\.0(?=\/)/, '').split('/')
  if (segments.at(-1) === '$count') segments.pop()
  const fits = (step: string, segment = '') => step === segment || (step === '{id}' && segment !== '')
  return TEMPLATES.find(
    ({ steps }) =>
      steps.length === segments.length && steps.every((step, index) => fits(step, segments[index])),
  )?.template
}

function queryFaults(template: string, query: URLSearchParams): string[] {
  const type = TYPES[READ[template] ?? '']
  const known = new Set([...Object.keys(type?.properties ?? {}), ...(type?.navigation ?? [])])
  return [...query].flatMap(([option, value]): string[] => {
    if (option === '$count') return value === 'true' ? [] : [`$count=${value}`]
    if (option === '$top') return /^[1-9]\d{0,2}$/.test(value) ? [] : [`$top=${value}`]
    if (option === '$skiptoken') return []
    if (option !== '$select' && option !== '$filter') return [`no query option ${option}`]
    const names = option === '$select' ? value.split(',') : filteredBy(value)
    return names.filter((name) => !known.has(name)).map((name) => `${option}: no property ${name}`)
  })
}

/** The properties that a filter compares; nothing within quotes is one. */
function filteredBy(filter: string): string[] {
  const unquoted = filter
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    // Of a collection's members: `proxyAddresses/any(p:p eq '')`.
    .replaceAll(/(\w+)\/any\((\w+):\2 eq ''\)/g, "$1 eq ''")
  const quantified = [...unquoted.matchAll(/([A-Za-z]\w*)\/(?:any|all)\((\w+):/g)]
  const ranges = new Set(quantified.map(([, , range]) => range))
  const compared = [...unquoted.matchAll(/([A-Za-z]\w*)(?:\/\w+)*\s+(?:eq|ne|ge|gt|le|lt|in)\b/g)]
  const called = [...unquoted.matchAll(/(?:startsWith|endsWith|contains)\(\s*([A-Za-z]\w*)/gi)]
  const names = [...quantified, ...compared, ...called].map(([, name = '']) => name)
  return names.length > 0 ? names.filter((name) => !ranges.has(name)) : [`none in "${filter}"`]
}

const validators = new Map<string, ValidateFunction>()

function bodyFaults(operation: string, body: unknown): string[] {
  const written = WRITTEN[operation]
  if (!written) return body === undefined || body === '' ? [] : ['takes no body']
  let validate = validators.get(operation)
  if (!validate) validators.set(operation, (validate = compiled(written)))
  if (validate(body)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath || 'body'} ${message} ${params['additionalProperty'] ?? ''}`.trim(),
  )
}

function compiled({ type, also = {}, required = [], only }: Body): ValidateFunction {
  const properties = Object.entries(TYPES[type]?.properties ?? {}).filter(
    ([name]) => only?.includes(name) ?? true,
  )
  return new Ajv2020({ allErrors: true, strict: false }).compile({
    ...objectOf({ ...Object.fromEntries(properties), ...also }),
    type: 'object',
    required,
    $defs: DEFINITIONS,
  })
}

/** Annotations (`@odata.type`, `directories@odata.context`) may stand beside the properties. */
function objectOf(properties: Readonly<Record<string, string>>): Shape {
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    patternProperties: { '@': {} },
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, kind]) => [name, schemaOf(kind)] as const),
    ),
  }
}

const PRIMITIVES: Readonly<Record<string, Shape>> = {
  string: { type: ['string', 'null'] },
  'date-time': { type: ['string', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  integer: { type: ['integer', 'null'] },
}

/** @param kind as in the cut: `string`, `appRole[]`, the name of a type or an enumeration. */
function schemaOf(kind: string): Shape {
  if (kind.endsWith('[]')) return { type: 'array', items: schemaOf(kind.slice(0, -2)) }
  const isKnown = kind in TYPES || kind in ENUMS || kind === 'batchStep'
  // Of the rest the cut has no more than its name.
  return PRIMITIVES[kind] ?? (isKnown ? { $ref: `#/$defs/${kind}` } : {})
}

const DEFINITIONS: Shape = {
  batchStep: BATCH_STEP,
  ...Object.fromEntries(
    Object.entries(TYPES).map(([name, { properties }]) => [name, objectOf(properties)] as const),
  ),
  ...Object.fromEntries(Object.entries(ENUMS).map(([name, values]) => [name, memberOf(values)] as const)),
}

/** One of the values, or several of flags with commas: `Add,Update,Delete`. */
function memberOf(values: readonly string[]): Shape {
  const one = `(?:${values.join('|')})`
  return { type: ['string', 'null'], pattern: `^${one}(?:, ?${one})*$` }
}
