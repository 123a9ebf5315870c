/** What stands in both tenants now, read whole before anything is proposed. */
import type { Cloud } from '../../../microsoft/clouds.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import { ownApplication, readApplications, type Application, type Known } from '../application/application.ts'
import { readAssigned, type Assigned } from '../application/assignments.ts'
import { readJob, readSchema, readTemplate, type Job } from '../job/job.ts'
import type { SynchronizationSchema } from '../mapping/synchronization-schema.ts'
import { marksIn, type Mark } from '../application/mark.ts'
import { readInbound, readPartner, type InboundSynchronization, type Partner } from '../policies/partner.ts'

/** One of the two tenants. */
export interface Side {
  /** As in `tenants.yaml`. */
  readonly name: string
  readonly tenantId: string
  readonly cloud: Cloud
  readonly graph: GraphReader
}

export interface Sides {
  readonly source: Side
  readonly target: Side
}

export interface Policies {
  /** What the tenant has set for the other one. */
  readonly partner: Partner | undefined
  /** What it lets in from there. */
  readonly inbound: InboundSynchronization | undefined
}

export interface Configuration {
  readonly application: Application
  /** The profile's own; absent while nobody marked it. */
  readonly mark?: Mark
  readonly job: Job | undefined
  /** Of the job; the template's while there is none. */
  readonly schema: SynchronizationSchema | undefined
  readonly template: SynchronizationSchema | undefined
  readonly assigned: readonly Assigned[]
}

export interface Standing {
  readonly target: Policies
  readonly source: Policies
  readonly configuration: Configuration | undefined
  /** Names of the source's configurations that no profile has marked: where they lead, nobody can read. */
  readonly others: readonly string[]
}

/** What a configuration is known by, in whatever tenant. */
export type Identity = Omit<Known, 'tenant'>

export async function readStanding({ source, target }: Sides, about: Identity): Promise<Standing> {
  const [atTarget, atSource, found] = await Promise.all([
    readPolicies(target, source),
    readPolicies(source, target),
    readConfiguration(source, about),
  ])
  return { target: atTarget, source: atSource, ...found }
}

async function readPolicies({ graph }: Side, { tenantId }: Side): Promise<Policies> {
  const partner = await readPartner(graph, tenantId)
  return { partner, inbound: partner && (await readInbound(graph, tenantId)) }
}

export async function readConfiguration(
  { graph, name }: Side,
  about: Identity,
): Promise<Pick<Standing, 'configuration' | 'others'>> {
  const all = await readApplications(graph, about.application)
  const { application, mark } = ownApplication(all, { ...about, tenant: name })
  const others = all
    .filter(({ id, notes }) => id !== application?.id && marksIn(notes).length === 0)
    .map(({ displayName }) => displayName)
    .sort()
  if (!application) return { configuration: undefined, others }
  const [job, template, assigned] = await Promise.all([
    readJob(graph, application),
    readTemplate(graph, application),
    readAssigned(graph, application),
  ])
  const schema = job ? await readSchema(graph, application, job.id) : template
  const configuration = { application, ...(mark && { mark }), job, schema, template, assigned }
  return { configuration, others }
}
