/** How a provisioning job fares: what no plan changes, and somebody has to know (DESIGN 3.5). */
import type { Health } from '../../../engine/plan.ts'
import { IncompleteReadError, ServiceError, shownCode } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import { isRunning, type Execution, type Job, type JobError } from '../job/job.ts'
import { LOG_HOURS, readFailures, type Failures } from './provisioning-log.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'

export async function health(
  graph: GraphReader,
  { application: key, job: wanted }: CrossTenantSyncProfile,
  job: Job,
  now: Date,
): Promise<Health[]> {
  return [
    jobHealth(key, job, wanted),
    ...quarantineHealth(key, job),
    cycleHealth(key, job),
    ...(await provisioningHealth(graph, key, job, now)),
  ]
}

/** @param message names nobody. */
function open(what: Health['what'], key: string, state: Health['state'], message: string): Health {
  return { what, key, configuration: true, state, message, advice: message }
}

function jobHealth(key: string, job: Job, wanted: 'running' | 'paused'): Health {
  const code = shownCode(job.status?.code ?? 'unknown')
  const running = isRunning(job)
  const isWell = running === (wanted === 'running') && !isQuarantined(job.status)
  const paused = running ? '' : ' No cycle begins of itself.'
  return open('job', key, isWell ? 'ok' : 'warning', `The job is ${code}.${paused}`)
}

/** The code alone may tell. */
function isQuarantined(status: Job['status']): boolean {
  return status?.code === 'Quarantine' || Boolean(status?.quarantine)
}

function quarantineHealth(key: string, { status }: Job): Health[] {
  if (!isQuarantined(status)) return []
  const quarantine = status?.quarantine ?? {}
  const { reason, seriesBegan, currentBegan, nextAttempt, error } = quarantine
  const since = timeOf(seriesBegan) ?? timeOf(currentBegan)
  const next = timeOf(nextAttempt)
  const advice = [
    `In quarantine${since ? ` since ${since}` : ''}: ${shownCode(reason ?? 'Unknown')}${error?.code ? ` (${shownCode(error.code)})` : ''}.`,
    reason === 'TooManyDeletes'
      ? 'More people left the scope than deletionThreshold lets be deleted: if that is meant, allow it in the Entra admin center, else mend the scope.'
      : 'The service tries ever more seldom, and gives up after four weeks.',
    next ? `The next attempt is at ${next}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
  const message = advice + saidBy(error)
  return [{ what: 'quarantine', key, configuration: true, state: 'error', message, advice }]
}

function cycleHealth(key: string, job: Job): Health {
  const last = job.status?.lastExecution
  const ended = timeOf(last?.timeEnded)
  if (!last || !ended) return open('cycle', key, 'ok', 'No cycle has ended yet.')
  const next = nextCycle(job, ended)
  const code = last.error?.code ? ` (${shownCode(last.error.code)})` : ''
  const advice = [
    `The last cycle ended at ${ended}: ${shownCode(last.state ?? 'unknown')}${code}, ${countsOf(last)}.`,
    next ? `The next one is due at about ${next}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
  const isWell = (last.countEscrowed ?? 0) === 0 && last.state !== 'Failed'
  const message = advice + saidBy(last.error)
  return { what: 'cycle', key, configuration: true, state: isWell ? 'ok' : 'warning', message, advice }
}

function saidBy(error: JobError | null | undefined): string {
  return error?.message ? ` The service says: ${error.message}` : ''
}

function countsOf({ countImported = 0, countExported = 0, countEscrowed = 0 }: Execution): string {
  return `${countImported} imported, ${countExported} exported, ${countEscrowed} failed`
}

/** What the job says of itself; of a job that is running without quarantine, the end of the last one and its interval. */
function nextCycle(job: Job, ended: string): string | undefined {
  if (!isRunning(job) || isQuarantined(job.status)) return undefined
  const minutes = minutesOf(job.schedule?.interval)
  if (minutes === undefined) return undefined
  return toTheSecond(Date.parse(ended) + minutes * 60_000)
}

/** Of an ISO 8601 duration of days, hours and minutes, such as `PT40M`. */
function minutesOf(duration: string | undefined): number | undefined {
  const [, days = 0, hours = 0, minutes = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration ?? '') ?? []
  const sum = Number(days) * 1440 + Number(hours) * 60 + Number(minutes)
  return sum > 0 ? sum : undefined
}

/** @returns `undefined` for what is no time, and for the one that .NET writes for none at all. */
function timeOf(time: string | undefined): string | undefined {
  if (time === undefined || time.startsWith('0001-') || Number.isNaN(Date.parse(time))) return undefined
  return toTheSecond(Date.parse(time))
}

/** ISO 8601, UTC. */
function toTheSecond(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}

async function provisioningHealth(graph: GraphReader, key: string, job: Job, now: Date): Promise<Health[]> {
  try {
    const { failures, whole } = await readFailures(graph, job.id, now)
    return [
      ...failures.map(failureHealth),
      ...(whole ? [] : [open('provisioning', key, 'warning', 'The log is longer than was read.')]),
    ]
  } catch (error) {
    // The configuration can be kept without it; health alone is less well known.
    if (!(error instanceof ServiceError) && !(error instanceof IncompleteReadError)) throw error
    const { message, advice } = error
    return [{ what: 'provisioning', key, configuration: true, state: 'warning', message, advice }]
  }
}

function failureHealth({ code, people, example, reason }: Failures): Health {
  const advice = `${people} ${people === 1 ? 'person' : 'people'} failed within ${LOG_HOURS} hours.`
  return {
    what: 'provisioning',
    key: code,
    configuration: true,
    state: 'error',
    message: reason ? `${advice} ${reason}` : advice,
    advice,
    example,
  }
}
