import type { Properties } from '../../directory.ts'
import type { ServicePrincipal } from '../state.ts'
import { INTERVAL_MINUTES } from './job.ts'
import type { Execution, Job, JobError, Quarantine } from './job.ts'
import { hasCredentials } from './secrets.ts'
import { TEMPLATE } from './template.ts'

/** What .NET calls no time at all. */
const NEVER = '0001-01-01T00:00:00Z'

/** A job in Graph's JSON ("synchronizationJob resource type"). */
export function showJob(job: Job, principal: ServicePrincipal): Properties {
  return {
    id: job.id,
    templateId: TEMPLATE,
    schedule: {
      expiration: null,
      interval: `PT${INTERVAL_MINUTES}M`,
      state: job.isStarted ? 'Active' : 'Disabled',
    },
    status: {
      countSuccessiveCompleteFailures: job.failures,
      escrowsPruned: false,
      code: codeOf(job, principal),
      lastExecution: job.last ? execution(job.last) : null,
      lastSuccessfulExecution: job.lastSuccessful ? execution(job.lastSuccessful) : null,
      lastSuccessfulExecutionWithExports: job.lastWithExports ? execution(job.lastWithExports) : null,
      progress: [],
      quarantine: job.quarantine ? quarantine(job.quarantine) : null,
      steadyStateFirstAchievedTime: timeOf(job.steadyFirst),
      steadyStateLastAchievedTime: timeOf(job.steadyLast),
      synchronizedEntryCountByType:
        job.links.size > 0 ? [{ key: 'user to User', value: job.links.size }] : [],
      troubleshootingUrl: null,
    },
    synchronizationJobSettings: job.settings,
  }
}

/** A job that was never given credentials is not configured; one that is not started counts as paused. */
function codeOf(job: Job, principal: ServicePrincipal): string {
  if (job.quarantine) return 'Quarantine'
  if (!hasCredentials(principal)) return 'NotConfigured'
  if (!job.isStarted) return 'Paused'
  return job.last ? 'Active' : 'NotRun'
}

function execution(of: Execution): Properties {
  return {
    activityIdentifier: of.activityIdentifier,
    countEntitled: of.entitled,
    countEntitledForProvisioning: of.entitledForProvisioning,
    countEscrowed: of.escrowed,
    countEscrowedRaw: of.escrowed,
    countExported: of.exported,
    countExports: of.exports,
    countImported: of.imported,
    countImportedDeltas: 0,
    countImportedReferenceDeltas: 0,
    state: of.state,
    timeBegan: timeOf(of.began),
    timeEnded: timeOf(of.ended),
    error: of.error ? errorOf(of.error) : null,
  }
}

function quarantine(of: Quarantine): Properties {
  return {
    currentBegan: timeOf(of.currentBegan),
    error: of.error ? errorOf(of.error) : null,
    nextAttempt: timeOf(of.nextAttempt),
    reason: of.reason,
    seriesBegan: timeOf(of.seriesBegan),
    seriesCount: of.seriesCount,
  }
}

function errorOf({ code, message, tenantActionable }: JobError): Properties {
  return { code, message, tenantActionable }
}

function timeOf(time: Date | undefined): string {
  return time ? time.toISOString() : NEVER
}
