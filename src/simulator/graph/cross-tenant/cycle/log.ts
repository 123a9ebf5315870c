import { randomUUID } from 'node:crypto'

import type { Tenant, World } from '../../../world.ts'
import type { Properties } from '../../directory.ts'
import type { ServicePrincipal } from '../state.ts'
import type { Job } from '../synchronization/job.ts'
import { SOURCE_SYSTEM, TARGET_SYSTEM } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** An outcome as the provisioning log keeps it ("provisioningObjectSummary resource type"). */
export function logEntry(
  outcome: Outcome,
  cycle: { world: World; source: Tenant; principal: ServicePrincipal; job: Job; cycleId: string },
): Properties {
  const { world, source, principal, job, cycleId } = cycle
  const displayName = principal.properties['displayName']
  const { id, userPrincipalName } = outcome.source
  return {
    id: randomUUID(),
    activityDateTime: world
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    tenantId: source.tenantId,
    jobId: job.id,
    cycleId,
    changeId: randomUUID(),
    provisioningAction: outcome.action.toLowerCase(),
    durationInMilliseconds: 0,
    servicePrincipal: { id: principal.id, displayName },
    sourceSystem: { id: source.tenantId, displayName: SOURCE_SYSTEM, details: {} },
    targetSystem: {
      id: principal.secrets.get('CompanyId') ?? '',
      displayName: TARGET_SYSTEM,
      details: {
        ApplicationId: principal.properties['appId'],
        ServicePrincipalId: principal.id,
        ServicePrincipalDisplayName: displayName,
      },
    },
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    sourceIdentity: {
      id,
      displayName: outcome.source.displayName,
      identityType: 'User',
      details: {
        id,
        odatatype: 'User',
        DisplayName: outcome.source.displayName,
        UserPrincipalName: userPrincipalName,
      },
    },
    targetIdentity: { id: outcome.targetId ?? '', displayName: '', identityType: 'User', details: {} },
    provisioningStatusInfo: {
      status: outcome.status.toLowerCase(),
      errorInformation: outcome.status === 'Failure' ? errorInformation(outcome) : null,
    },
    provisioningSteps: outcome.steps.map(({ name, type, status, description, details }) => ({
      name,
      provisioningStepType: type.toLowerCase(),
      status: status.toLowerCase(),
      description,
      details,
    })),
    modifiedProperties: outcome.changes,
  }
}

function errorInformation({ code, reason }: Outcome): Properties {
  return {
    errorCode: code,
    errorCategory: 'nonServiceFailure',
    reason,
    additionalDetails: null,
    recommendedAction: null,
  }
}
