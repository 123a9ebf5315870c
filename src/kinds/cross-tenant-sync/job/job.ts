/**
 * The provisioning job of a configuration: one for a service principal.
 * Source: Microsoft Graph, "synchronizationJob", "synchronizationStatus".
 */
import type { Recorder } from '../../../engine/journal.ts'
import { ServiceError } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import { isNotThere } from '../../../microsoft/graph-transport.ts'
import type { Application } from '../application/application.ts'
import { goneAfter, onceFound, onceKnown } from './eventually.ts'
import type { SynchronizationSchema } from '../mapping/synchronization-schema.ts'

/** The only template of jobs that cross-tenant synchronization has. */
export const JOB_TEMPLATE = 'Azure2Azure'

export interface JobError {
  readonly code?: string | null
  readonly message?: string | null
}

export interface Execution {
  readonly state?: string
  readonly countEscrowed?: number
  readonly countExported?: number
  readonly countImported?: number
  readonly timeEnded?: string
  readonly error?: JobError | null
}

export interface Job {
  readonly id: string
  readonly templateId?: string
  readonly schedule?: { readonly state?: string; readonly interval?: string } | null
  readonly status?: {
    readonly code?: string
    readonly lastExecution?: Execution | null
    readonly synchronizedEntryCountByType?:
      readonly { readonly key?: string; readonly value?: number }[] | null
    readonly quarantine?: {
      readonly reason?: string
      readonly seriesBegan?: string
      readonly currentBegan?: string
      readonly nextAttempt?: string
      readonly error?: JobError | null
    } | null
  } | null
}

/** @returns `undefined` also for a service principal that the provisioning service does not know yet. */
export async function readJob(graph: GraphReader, application: Application): Promise<Job | undefined> {
  try {
    for await (const page of graph.pages<Job>(`${synchronizationPath(application)}/jobs`, {})) {
      const job = page.find(({ templateId }) => templateId === JOB_TEMPLATE)
      if (job) return job
    }
  } catch (error) {
    if (!isNotThere(error)) throw error
  }
  return undefined
}

/** How many users it keeps in the target, as far as it has counted: `user to User` is the key of theirs. */
export function synchronizedUsers(job: Job | undefined): number {
  return (job?.status?.synchronizedEntryCountByType ?? [])
    .filter(({ key = '' }) => /(?:^| to )user$/i.test(key))
    .reduce((sum, { value = 0 }) => sum + value, 0)
}

/** Whether it begins a cycle of itself; a job in quarantine does so too, though rarely. */
export function isRunning(job: Job | undefined): boolean {
  return job?.schedule?.state === 'Active'
}

export function readSchema(
  graph: GraphReader,
  application: Application,
  job: string,
): Promise<SynchronizationSchema | undefined> {
  return graph.find<SynchronizationSchema>(`${jobPath(application, job)}/schema`, {})
}

/** The schema that a new job begins with; `undefined` where the service does not show it. */
export async function readTemplate(
  graph: GraphReader,
  application: Application,
): Promise<SynchronizationSchema | undefined> {
  try {
    const path = `${synchronizationPath(application)}/templates/${JOB_TEMPLATE}`
    return (await graph.find<{ schema?: SynchronizationSchema }>(path, {}))?.schema
  } catch (error) {
    // Only the comparison with what the profile does not name depends on it.
    if (error instanceof ServiceError && [400, 501].includes(error.status ?? 0)) return undefined
    throw error
  }
}

/** Seconds within which a job that was made without an answer shows. */
const AFTER_LOSS = [1, 2, 4]

/** @returns the id of the new job, or of the one that stands by now. */
export async function createJob(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
): Promise<string> {
  const path = `${synchronizationPath(application)}/jobs`
  const stands = await readJob(graph, application)
  if (stands) return stands.id
  const made = async () => (await readJob(graph, application))?.id
  let failure: unknown
  try {
    const { body } = await onceKnown(() =>
      record.write({ action: 'create', fields: ['templateId'] }, () =>
        graph.create(path, { templateId: JOB_TEMPLATE }),
      ),
    )
    const { id } = (body ?? {}) as { id?: string }
    if (id !== undefined) return id
  } catch (error) {
    const mayStand = error instanceof ServiceError && (error.ambiguous || error.status === 409)
    if (!mayStand) throw error
    failure = error
  }
  const id = await onceFound(made, AFTER_LOSS)
  if (id === undefined) throw failure ?? new TypeError('Graph made a job, gave no id, and shows none.')
  return id
}

/** The whole schema is replaced: everything that was read is sent back with what changed in it. */
export async function replaceSchema(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  job: string,
  schema: SynchronizationSchema,
  fields: readonly string[],
): Promise<void> {
  await record.write({ action: 'update', targetId: job, fields }, () =>
    graph.replace(`${jobPath(application, job)}/schema`, schema),
  )
}

export async function setRunning(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  job: string,
  running: boolean,
): Promise<void> {
  const path = `${jobPath(application, job)}/${running ? 'start' : 'pause'}`
  await onceKnown(() =>
    record.write({ action: 'update', targetId: job, fields: ['state'] }, () =>
      graph.create(path, undefined, { repeatable: true }),
    ),
  )
}

/** What it provisioned stays. */
export async function removeJob(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  job: Job,
): Promise<void> {
  record.removing({ job, schema: (await readSchema(graph, application, job.id)) ?? null })
  await goneAfter(() =>
    record.write({ action: 'delete', targetId: job.id, fields: [] }, () =>
      graph.remove(jobPath(application, job.id)),
    ),
  )
}

export function jobPath(application: Application, job: string): string {
  return `${synchronizationPath(application)}/jobs/${job}`
}

export function synchronizationPath({ id }: Pick<Application, 'id'>): string {
  return `/servicePrincipals/${id}/synchronization`
}
