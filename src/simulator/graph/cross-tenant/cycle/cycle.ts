import { randomUUID } from 'node:crypto'

import type { Tenant, World } from '../../../world.ts'
import type { ServicePrincipal } from '../state.ts'
import { connect } from '../synchronization/credentials.ts'
import { INTERVAL_MINUTES, later } from '../synchronization/job.ts'
import type { Execution, Job, JobError } from '../synchronization/job.ts'
import type { ObjectMapping } from '../synchronization/definition.ts'
import { deleteThreshold } from '../synchronization/secrets.ts'
import { Guests } from './guests.ts'
import { logEntry } from './log.ts'
import type { Outcome } from './outcome.ts'
import { Provisioning } from './provision.ts'

/** After a failure, and in quarantine, the service waits longer: up to a day ("Quarantine status"). */
const LONGEST_WAIT_MINUTES = 24 * 60

/**
 * One provisioning cycle of a job, now: guests are created, updated and taken away in the target tenant, by the
 * job's schema.
 * @param force does what accidental deletion prevention holds back, too
 * @throws RangeError when the service principal has no job
 */
export function runCycle(
  world: World,
  source: Tenant,
  principal: ServicePrincipal,
  { force = false } = {},
): Execution {
  const { job } = principal
  if (!job) throw new RangeError(`service principal ${principal.id} has no job`)
  const began = world.now()
  const begun = beginProvisioning(world, source, principal)
  if ('code' in begun) return fail(job, began, begun)

  const cycleId = randomUUID()
  const leavers = begun.leavers()
  const threshold = deleteThreshold(principal)
  const isHeld = !force && threshold !== undefined && leavers.length > threshold
  const outcomes = isHeld ? [] : leavers.map((id) => begun.remove(id))
  const users = [...source.directory.users()]
  for (const user of users) if (begun.isInScope(user.id)) outcomes.push(begun.provision(user))
  for (const outcome of outcomes) {
    if (outcome.code !== 'RedundantExport')
      source.crossTenant.log.push(logEntry(outcome, { world, source, principal, job, cycleId }))
  }
  const execution = executionOf(outcomes, begun.entitled, began, world.now())
  conclude(job, execution, isHeld)
  return execution
}

/** The provisioning of a job's users, or why the target is out of reach. */
export function beginProvisioning(
  world: World,
  source: Tenant,
  principal: ServicePrincipal,
): Provisioning | JobError {
  const { job, secrets } = principal
  const connected = connect(source, secrets.get('CompanyId') ?? '', world)
  if (!('target' in connected)) return connected
  if (!job) throw new RangeError(`service principal ${principal.id} has no job`)
  const guests = new Guests(source, connected.target, world.now())
  return new Provisioning(source, principal, job, userMapping(job), guests)
}

/** The mapping of users, in the first rule. */
function userMapping(job: Job): ObjectMapping {
  const mapping = job.schema.synchronizationRules[0]?.objectMappings.find(
    ({ sourceObjectName }) => sourceObjectName === 'User',
  )
  if (!mapping) throw new RangeError(`job ${job.id} maps no users`)
  return mapping
}

function executionOf(outcomes: readonly Outcome[], entitled: number, began: Date, ended: Date): Execution {
  const escrowed = outcomes.filter(({ status }) => status === 'Failure').length
  const exported = outcomes.filter(({ status }) => status === 'Success').length
  const inScope = outcomes.filter(({ action }) => action !== 'Delete').length
  return {
    activityIdentifier: randomUUID(),
    entitled,
    entitledForProvisioning: inScope,
    escrowed,
    exported,
    exports: exported + escrowed,
    imported: outcomes.length,
    state: escrowed > 0 ? 'EntryLevelErrors' : 'Succeeded',
    began,
    ended,
    error: undefined,
  }
}

function conclude(job: Job, execution: Execution, isHeld: boolean): void {
  const { ended } = execution
  job.last = execution
  job.lastSuccessful = execution
  if (execution.exported > 0) job.lastWithExports = execution
  job.failures = 0
  job.steadyFirst ??= ended
  job.steadyLast = ended
  if (isHeld) quarantine(job, 'TooManyDeletes', ended, undefined)
  else job.quarantine = undefined
  if (job.isStarted) job.due = job.quarantine?.nextAttempt ?? later(ended, INTERVAL_MINUTES)
}

function fail(job: Job, began: Date, error: JobError): Execution {
  const none = { entitled: 0, entitledForProvisioning: 0, escrowed: 0, exported: 0, exports: 0, imported: 0 }
  job.last = { activityIdentifier: randomUUID(), ...none, state: 'Failed', began, ended: began, error }
  job.failures += 1
  quarantine(job, 'EncounteredQuarantineException', began, error)
  if (job.isStarted) job.due = job.quarantine?.nextAttempt
  return job.last
}

/** Puts a job into quarantine, or prolongs one of the same reason. */
function quarantine(job: Job, reason: string, now: Date, error: JobError | undefined): void {
  const before = job.quarantine?.reason === reason ? job.quarantine : undefined
  const seriesCount = (before?.seriesCount ?? 0) + 1
  const wait = Math.min(LONGEST_WAIT_MINUTES, INTERVAL_MINUTES * 2 ** Math.min(seriesCount, 10))
  job.quarantine = {
    reason,
    seriesBegan: before?.seriesBegan ?? now,
    currentBegan: now,
    nextAttempt: later(now, wait),
    seriesCount,
    error,
  }
}
