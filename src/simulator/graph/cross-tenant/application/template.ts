import { randomUUID } from 'node:crypto'

import type { Answer } from '../../../service.ts'
import type { Properties } from '../../directory.ts'
import { notFound } from '../../errors.ts'
import { crossTenantOf, one } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedParameters } from '../body.ts'
import { wrongValue } from '../errors.ts'
import type { CrossTenant, Registration, ServicePrincipal } from '../state.ts'

/** The gallery's application of cross-tenant synchronization. */
export const TEMPLATE_ID = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7'
const HOMEPAGE =
  'https://account.activedirectory.windowsazure.com:444/applications/default.aspx?metadata=aad2aadsync|ISV9.1|primary|z'

/** `GET /applicationTemplates/{id}`. */
export function getTemplate(asked: Asked): Answer {
  checkTemplate(asked)
  return one(asked, 'applicationTemplate', {
    id: TEMPLATE_ID,
    displayName: 'Azure Active Directory cross-tenant synchronization',
    publisher: 'Microsoft Corporation',
    categories: [],
    supportedProvisioningTypes: ['sync'],
    supportedSingleSignOnModes: [],
    homePageUrl: HOMEPAGE,
  })
}

/**
 * `POST /applicationTemplates/{id}/instantiate`: another application every time, whatever its name. The app
 * that asks is its owner.
 */
export function instantiateTemplate(asked: Asked): Answer {
  checkTemplate(asked)
  const { displayName } = checkedParameters(asked.request, {
    displayName: 'string',
    serviceManagementReference: 'string',
  })
  if (typeof displayName !== 'string' || displayName.trim() === '') throw wrongValue('displayName')
  const { bearer, world } = asked
  const made = addApplication(crossTenantOf(asked), {
    id: randomUUID(),
    appId: randomUUID(),
    servicePrincipalId: randomUUID(),
    displayName,
    organization: bearer.tenant.tenantId,
    owners: [bearer.clientId],
    created: world.now(),
  })
  crossTenantOf(asked).created(
    made.servicePrincipal.id,
    world.behaviour.servicePrincipalReads,
    world.behaviour.indexReads,
  )
  return {
    status: 201,
    body: {
      '@odata.context': `${world.origin}/v1.0/$metadata#microsoft.graph.applicationServicePrincipal`,
      application: made.registration.properties,
      servicePrincipal: made.servicePrincipal.properties,
    },
  }
}

export interface NewApplication {
  readonly id: string
  readonly appId: string
  readonly servicePrincipalId: string
  readonly displayName: string
  /** The tenant's id. */
  readonly organization: string
  readonly owners: readonly string[]
  readonly created: Date
  /** `null` for an application of another make. */
  readonly applicationTemplateId?: string | null
}

/** Adds a registration and its service principal ("applicationTemplate: instantiate", its answer). */
export function addApplication(
  state: CrossTenant,
  application: NewApplication,
): { registration: Registration; servicePrincipal: ServicePrincipal } {
  const { id, appId, servicePrincipalId, displayName, owners } = application
  const shared: Properties = {
    deletedDateTime: null,
    appId,
    applicationTemplateId:
      application.applicationTemplateId === undefined ? TEMPLATE_ID : application.applicationTemplateId,
    displayName,
    appRoles: [accessRole(appId)],
    addIns: [],
    keyCredentials: [],
    passwordCredentials: [],
  }
  const registration = {
    id,
    owners,
    properties: {
      id,
      ...shared,
      createdDateTime: application.created.toISOString().replace(/\.\d+Z$/, 'Z'),
      identifierUris: [],
      isFallbackPublicClient: false,
      signInAudience: 'AzureADMyOrg',
      tags: [],
      web: { homePageUrl: HOMEPAGE, redirectUris: [], logoutUrl: null },
    },
  }
  const servicePrincipal = {
    id: servicePrincipalId,
    owners,
    assignments: new Map(),
    secrets: new Map(),
    job: undefined,
    properties: {
      id: servicePrincipalId,
      ...shared,
      accountEnabled: true,
      alternativeNames: [],
      appDisplayName: displayName,
      appOwnerOrganizationId: application.organization,
      appRoleAssignmentRequired: true,
      homepage: HOMEPAGE,
      notes: null,
      notificationEmailAddresses: [],
      replyUrls: [],
      servicePrincipalNames: [appId],
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMyOrg',
      tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    },
  }
  state.registrations.set(id, registration)
  state.servicePrincipals.set(servicePrincipalId, servicePrincipal)
  return { registration, servicePrincipal }
}

/** The only role; all who are assigned have it. */
function accessRole(appId: string): Properties {
  return {
    allowedMemberTypes: ['User'],
    description: 'msiam_access',
    displayName: 'msiam_access',
    id: `b9632174-c057-4f7e-951b-${appId.slice(-12)}`,
    isEnabled: true,
    origin: 'Application',
    value: null,
  }
}

function checkTemplate({ ids: [id = ''] }: Asked): void {
  if (id.toLowerCase() !== TEMPLATE_ID) throw notFound(id)
}
