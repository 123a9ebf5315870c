import type { Answer } from '../../../service.ts'
import { findTenant } from '../../../world.ts'
import type { Tenant, World } from '../../../world.ts'
import type { Properties } from '../../directory.ts'
import { GraphRefused } from '../../errors.ts'
import type { Asked } from '../asked.ts'
import { checkedParameters, isRecord, textOf } from '../body.ts'
import { noCredentials, noSuchResource } from '../errors.ts'
import { allowsConsent, allowsSynchronization } from '../policy/effective.ts'
import type { JobError } from './job.ts'
import { secretsIn } from './secrets.ts'
import { jobAsked, synchronizationAsked } from './synchronization.ts'
import { TEMPLATE } from './template.ts'

const BODY = {
  applicationIdentifier: 'string',
  templateId: 'string',
  useSavedCredentials: 'boolean',
  credentials: 'synchronizationSecretKeyStringValuePair[]',
}

/** `POST .../synchronization/jobs/validateCredentials`: before there is a job. */
export function validateForTemplate(asked: Asked): Answer {
  const { secrets } = synchronizationAsked(asked)
  const sent = checkedParameters(asked.request, BODY)
  if (sent['templateId'] !== TEMPLATE) throw noSuchResource(textOf(sent['templateId']))
  return validated(asked, sent, secrets)
}

/** `POST .../synchronization/jobs/{id}/validateCredentials`. */
export function validateForJob(asked: Asked): Answer {
  const { principal } = jobAsked(asked)
  return validated(asked, checkedParameters(asked.request, BODY), principal.secrets)
}

function validated(asked: Asked, sent: Properties, saved: ReadonlyMap<string, string>): Answer {
  const given = Array.isArray(sent['credentials']) ? sent['credentials'].filter(isRecord) : []
  const secrets = sent['useSavedCredentials'] === true ? saved : secretsIn(given)
  if (!secrets.has('CompanyId') || secrets.get('AuthenticationType') !== 'SyncPolicy') throw noCredentials()
  const found = connect(asked.bearer.tenant, secrets.get('CompanyId') ?? '', asked.world)
  if ('target' in found) return { status: 204 }
  throw new GraphRefused(400, found.code, found.message)
}

/**
 * The tenant that synchronization goes to, or why it does not ("Configure cross-tenant synchronization",
 * troubleshooting: the test of the connection).
 */
export function connect(source: Tenant, companyId: string, world: World): { target: Tenant } | JobError {
  const target = findTenant(world, companyId)
  if (!target || target.cloud !== source.cloud) {
    return refused(
      'ExternalTenantNotFound',
      `This tenant was not found by the authentication authority of the current cloud: ${companyId}. The authentication authority is https://login.microsoftonline.com/${companyId}.`,
    )
  }
  if (!allowsConsent(source, target, 'outbound')) {
    return refused(
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      'The source tenant has not enabled automatic user consent with the target tenant. Please enable the outbound cross-tenant access policy for automatic user consent in the source tenant. aka.ms/TroubleshootingCrossTenantSyncPolicyCheck',
    )
  }
  if (!allowsSynchronization(target, source)) {
    return refused(
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      'The target tenant has not enabled inbound synchronization with this tenant. Please request the target tenant admin to enable the inbound synchronization on their cross-tenant access policy. Learn more: aka.ms/TroubleshootingCrossTenantSyncPolicyCheck',
    )
  }
  if (!allowsConsent(target, source, 'inbound')) {
    return refused(
      'AzureDirectoryB2BManagementPolicyCheckFailure',
      'Policy permitting auto-redemption of invitations not configured.',
    )
  }
  return { target }
}

function refused(code: string, message: string): JobError {
  return { code, message, tenantActionable: true }
}
