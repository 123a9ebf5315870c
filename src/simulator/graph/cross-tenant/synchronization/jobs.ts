import { randomUUID } from 'node:crypto'

import type { Answer } from '../../../service.ts'
import type { Properties } from '../../directory.ts'
import type { Asked } from '../asked.ts'
import { checkedBody, checkedParameters, isRecord, textOf } from '../body.ts'
import { runCycle } from '../cycle/cycle.ts'
import { jobExists, noCredentials, noSuchResource, readOnly } from '../errors.ts'
import { INTERVAL_MINUTES, Job, jobId, later } from './job.ts'
import { hasCredentials } from './secrets.ts'
import { showJob } from './status.ts'
import { jobAsked, shown, synchronizationAsked } from './synchronization.ts'
import { TEMPLATE } from './template.ts'

/** `GET /servicePrincipals/{id}/synchronization/jobs`. */
export function listJobs(asked: Asked): Answer {
  const principal = synchronizationAsked(asked)
  const { job } = principal
  return shown(asked, 'jobs', { value: job ? [showJob(job, principal)] : [] })
}

/** `POST .../jobs`: from the template, one for a service principal. */
export function createJob(asked: Asked): Answer {
  const principal = synchronizationAsked(asked)
  const { templateId, ...more } = checkedBody(asked.request, 'synchronizationJob')
  const [extra] = Object.keys(more)
  if (extra !== undefined) throw readOnly(extra)
  if (templateId !== TEMPLATE) throw noSuchResource(textOf(templateId))
  if (principal.job) throw jobExists()
  principal.job = new Job(jobId(asked.bearer.tenant.tenantId, randomUUID()))
  return shown(asked, 'jobs/$entity', showJob(principal.job, principal), 201)
}

/** `GET .../jobs/{id}`. */
export function getJob(asked: Asked): Answer {
  const { principal, job } = jobAsked(asked)
  return shown(asked, 'jobs/$entity', showJob(job, principal))
}

/** `PATCH .../jobs/{id}`: its settings. */
export function updateJob(asked: Asked): Answer {
  const { job } = jobAsked(asked)
  const { synchronizationJobSettings, ...more } = checkedBody(asked.request, 'synchronizationJob')
  const [extra] = Object.keys(more)
  if (extra !== undefined) throw readOnly(extra)
  if (Array.isArray(synchronizationJobSettings)) job.settings = synchronizationJobSettings as Properties[]
  return { status: 204 }
}

/** `DELETE .../jobs/{id}`: what it provisioned stays. */
export function deleteJob(asked: Asked): Answer {
  jobAsked(asked).principal.job = undefined
  return { status: 204 }
}

/** `POST .../jobs/{id}/start`: the first cycle begins at once (`behaviour.cycleOnStart`). */
export function startJob(asked: Asked): Answer {
  const { principal, job } = jobAsked(asked)
  if (!hasCredentials(principal)) throw noCredentials()
  if (!job.isStarted) begin(asked, job)
  return { status: 204 }
}

/** `POST .../jobs/{id}/pause`. */
export function pauseJob(asked: Asked): Answer {
  jobAsked(asked).job.pause()
  return { status: 204 }
}

/** `POST .../jobs/{id}/restart`: started anew, forgetting what `resetScope` names. */
export function restartJob(asked: Asked): Answer {
  const { principal, job } = jobAsked(asked)
  const { criteria } = checkedParameters(asked.request, { criteria: 'synchronizationJobRestartCriteria' })
  const named = isRecord(criteria) ? textOf(criteria['resetScope']) : ''
  const scopes = new Set(named.split(',').map((each) => each.trim()))
  if (!hasCredentials(principal)) throw noCredentials()
  if (scopes.has('QuarantineState') || scopes.has('Full')) job.quarantine = undefined
  begin(asked, job)
  if (scopes.has('ForceDeletes')) runCycle(asked.world, asked.bearer.tenant, principal, { force: true })
  return { status: 204 }
}

function begin({ world }: Asked, job: Job): void {
  const now = world.now()
  job.start(world.behaviour.cycleOnStart ? now : later(now, INTERVAL_MINUTES))
}
