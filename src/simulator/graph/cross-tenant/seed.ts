import type { Ids } from '../../ids.ts'
import { groupId } from '../../ids.ts'
import { SeedError } from '../../seed.ts'
import type { TenantSeed } from '../../seed.ts'
import { isNavigation, propertiesOf } from '../contract.ts'
import type { TypeName } from '../contract.ts'
import type { Directory, Properties } from '../directory.ts'
import { GraphRefused } from '../errors.ts'
import { assign } from './application/assignments.ts'
import { addApplication } from './application/template.ts'
import type { ApplicationSeed, JobSeed } from './seed-schema.ts'
import { CrossTenant } from './state.ts'
import { INTERVAL_MINUTES, Job, jobId, later } from './synchronization/job.ts'
import { normalised } from './synchronization/normalise.ts'

const EVERYBODY = {
  usersAndGroups: { accessType: 'allowed', targets: [{ target: 'AllUsers', targetType: 'user' }] },
  applications: {
    accessType: 'allowed',
    targets: [{ target: 'AllApplications', targetType: 'application' }],
  },
}
const NOBODY = {
  usersAndGroups: { accessType: 'blocked', targets: [{ target: 'AllUsers', targetType: 'user' }] },
  applications: {
    accessType: 'blocked',
    targets: [{ target: 'AllApplications', targetType: 'application' }],
  },
}

/** What every tenant begins with ("Cross-tenant access overview", default settings). */
const DEFAULTS: Properties = {
  isServiceDefault: true,
  automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false },
  b2bCollaborationInbound: EVERYBODY,
  b2bCollaborationOutbound: EVERYBODY,
  b2bDirectConnectInbound: NOBODY,
  b2bDirectConnectOutbound: NOBODY,
  inboundTrust: {
    isMfaAccepted: false,
    isCompliantDeviceAccepted: false,
    isHybridAzureADJoinedDeviceAccepted: false,
  },
}

/** A tenant that is in no organization has one all the same ("Get multiTenantOrganization"). */
const NO_ORGANIZATION: Properties = {
  createdDateTime: null,
  description: null,
  displayName: null,
  state: 'inactive',
}

/**
 * What a tenant of the seed has set for synchronization with others.
 * @throws SeedError for properties, users and groups that there are not, and mappings that are not valid
 */
export function seedCrossTenant(
  seed: TenantSeed,
  ids: Ids,
  directory: Directory,
  now: () => Date,
): CrossTenant {
  const {
    default: defaults = {},
    partners = [],
    multiTenantOrganization,
    applications = [],
  } = seed.crossTenant ?? {}
  checkNames(defaults, 'crossTenantAccessPolicyConfigurationDefault')
  const state = new CrossTenant(
    { ...DEFAULTS, ...defaults },
    { ...NO_ORGANIZATION, ...(multiTenantOrganization && { state: 'active', ...multiTenantOrganization }) },
  )
  for (const { identitySynchronization, ...properties } of partners) {
    checkNames(properties, 'crossTenantAccessPolicyConfigurationPartner')
    state.addPartner({ properties, identitySynchronization })
  }
  for (const application of applications) {
    addSeeded(application, { state, seed, ids, directory, now: now() })
  }
  return state
}

interface Place {
  readonly state: CrossTenant
  readonly seed: TenantSeed
  readonly ids: Ids
  readonly directory: Directory
  readonly now: Date
}

function addSeeded(application: ApplicationSeed, place: Place): void {
  const { state, seed, ids, directory, now } = place
  const { displayName, notes, assigned = [], secrets = {}, job } = application
  const { servicePrincipal } = addApplication(state, {
    id: application.id ?? ids('application', displayName),
    appId: application.appId ?? ids('app', displayName),
    servicePrincipalId: application.servicePrincipalId ?? ids('service-principal', displayName),
    displayName,
    organization: seed.tenantId,
    owners: application.owners ?? [],
    created: now,
    ...(application.fromTemplate === false ? { applicationTemplateId: null } : {}),
  })
  if (notes !== undefined) servicePrincipal.properties['notes'] = notes
  for (const [key, value] of Object.entries(secrets)) servicePrincipal.secrets.set(key, value)
  for (const name of assigned) {
    const group = (seed.groups ?? []).find((each) => each.displayName === name)
    const id = group ? groupId(group, ids) : (directory.user(name)?.id ?? '')
    if (assign({ directory }, servicePrincipal, id, now) === 'nobody') {
      throw new SeedError([`application ${displayName}: no user or group ${name}`])
    }
  }
  if (job) servicePrincipal.job = seededJob(job, displayName, place)
}

function seededJob(seed: JobSeed, application: string, { seed: tenant, ids, now }: Place): Job {
  const job = new Job(seed.id ?? jobId(tenant.tenantId, ids('job', application)))
  if (seed.mapping) mapAnew(job, seed.mapping, application)
  if (seed.state === 'active' || seed.state === 'quarantine') job.start(later(now, INTERVAL_MINUTES))
  if (seed.state === 'quarantine') {
    job.quarantine = {
      reason: seed.reason ?? 'EncounteredQuarantineException',
      seriesBegan: now,
      currentBegan: now,
      nextAttempt: later(now, INTERVAL_MINUTES),
      seriesCount: 1,
      error: undefined,
    }
  }
  return job
}

function mapAnew(job: Job, mapping: Readonly<Record<string, string | null>>, application: string): void {
  const { synchronizationRules, directories } = job.schema
  const added = Object.entries(mapping).flatMap(([targetAttributeName, expression]) =>
    expression === null ? [] : [{ targetAttributeName, source: { expression } }],
  )
  const rules = synchronizationRules.map((rule) => ({
    ...rule,
    objectMappings: rule.objectMappings.map((objects) => ({
      ...objects,
      attributeMappings: [
        ...objects.attributeMappings.filter(({ targetAttributeName }) => !(targetAttributeName in mapping)),
        ...added,
      ],
    })),
  }))
  try {
    job.schema = { ...job.schema, ...normalised({ synchronizationRules: rules }, directories) }
  } catch (error) {
    if (!(error instanceof GraphRefused)) throw error
    throw new SeedError([`application ${application}: ${error.message}`])
  }
}

function checkNames(given: Properties, type: TypeName): void {
  const unknown = Object.keys(given).find(
    (name) => !propertiesOf(type).has(name) && !isNavigation(type, name),
  )
  if (unknown !== undefined) throw new SeedError([`crossTenant: ${type} has no property ${unknown}`])
}
