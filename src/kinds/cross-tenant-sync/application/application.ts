/**
 * The configuration in the source tenant: an application made from the gallery's template, and its service
 * principal, to which credentials, the job and the assignments belong. It is the service principal's id that
 * these are asked for by, not the application's.
 * Source: Microsoft Entra, "Configure cross-tenant synchronization using Microsoft Graph API".
 */
import type { Recorder } from '../../../engine/journal.ts'
import { literal } from '../../../microsoft/odata.ts'
import { ServiceError } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import { goneAfter, onceFound } from '../job/eventually.ts'
import { ConfigurationError } from './configuration-error.ts'
import { marksIn, type Mark } from './mark.ts'

/** The gallery's template of cross-tenant synchronization, the same in every tenant. */
const TEMPLATE = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7'

export interface AppRole {
  readonly id: string
  readonly displayName?: string | null
  readonly value?: string | null
  readonly isEnabled?: boolean
}

export interface Application {
  /** Of the service principal. */
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly notes?: string | null
  readonly applicationTemplateId?: string | null
  readonly appRoles?: readonly AppRole[]
}

const SELECT = ['id', 'appId', 'displayName', 'notes', 'appRoles', 'applicationTemplateId'] as const

/**
 * Every configuration of cross-tenant synchronization in a tenant. The index that answers by template lags behind:
 * one that was made a moment ago is found by its name alone.
 */
export async function readApplications(graph: GraphReader, displayName: string): Promise<Application[]> {
  const [indexed, named] = await Promise.all([
    found(graph, `applicationTemplateId eq '${TEMPLATE}'`),
    findNamed(graph, displayName),
  ])
  // Of what was changed or deleted a moment ago the index knows an older state.
  const ids = new Set(named.map(({ id }) => id))
  const others = await Promise.all(
    indexed
      .filter(({ id }) => !ids.has(id))
      .map(({ id }) => graph.find<Application>(`/servicePrincipals/${id}`, { select: SELECT })),
  )
  return [...named, ...others.filter((one) => one !== undefined)]
}

async function findNamed(graph: GraphReader, displayName: string): Promise<Application[]> {
  const named = await found(graph, `displayName eq ${literal(displayName)}`)
  return named.filter(({ applicationTemplateId }) => applicationTemplateId?.toLowerCase() === TEMPLATE)
}

async function found(graph: GraphReader, filter: string): Promise<Application[]> {
  const applications: Application[] = []
  for await (const page of graph.pages<Application>('/servicePrincipals', { select: SELECT, filter }))
    applications.push(...page)
  return applications
}

/** What the one that a profile is about is known by. */
export interface Known {
  /** The profile's `application`. */
  readonly application: string
  /** The profile's own name and its former ones. */
  readonly names: ReadonlySet<string>
  /** The source tenant's name. */
  readonly tenant: string
}

export interface Own {
  readonly application?: Application
  /** The profile's own; absent while nobody marked it. */
  readonly mark?: Mark
}

/**
 * The one that a profile is about: it bears the profile's mark, or its name and nobody's.
 * @throws ConfigurationError when several could be meant, or it is another profile's.
 */
export function ownApplication(all: readonly Application[], { application, names, tenant }: Known): Own {
  const ofMine = ({ notes }: Application) => marksIn(notes).find(({ profile }) => names.has(profile))
  const marked = all.filter((one) => ofMine(one))
  const named = all.filter(({ displayName }) => displayName.toLowerCase() === application.toLowerCase())
  const candidates = marked.length > 0 ? marked : named
  if (candidates.length > 1)
    throw new ConfigurationError(
      'application-ambiguous',
      `${candidates.length} configurations in tenant ${tenant} are called "${application}" or bear this profile's mark: service principals ${candidates.map(({ id }) => id).join(', ')}. Rename or delete all but one.`,
    )
  const [found] = candidates
  if (!found) return {}
  const mark = ofMine(found)
  if (mark) return { application: found, mark }
  const [other] = marksIn(found.notes)
  if (other)
    throw new ConfigurationError(
      'owned-by-another',
      `The configuration "${application}" in tenant ${tenant} bears the mark of profile ${other.profile}. If that is this profile's former name, say so in formerly; else name another application.`,
    )
  return { application: found }
}

/** Seconds between looks for what may have been made without an answer: half a minute in all. */
const AFTER_LOSS = [1, 2, 4, 8, 15]

/**
 * Each call makes another application, so it is never sent twice: when its answer is lost, what it made is looked
 * for.
 * @returns it, once the directory knows it.
 * @throws ConfigurationError when it does not become visible in time; the next run finds it.
 */
export async function createApplication(
  graph: GraphWriter,
  record: Recorder,
  about: Known,
): Promise<Application> {
  const displayName = about.application
  // Since the plan somebody may have made it, another run above all.
  const { application: stands } = ownApplication(await findNamed(graph, displayName), about)
  const made = stands?.id ?? (await instantiate(graph, record, displayName))
  const known = await onceFound(() =>
    graph.find<Application>(`/servicePrincipals/${made}`, { select: SELECT }),
  )
  if (known) return known
  throw new ConfigurationError(
    'not-visible',
    `The application "${displayName}" was made in tenant ${graph.tenant}, and the directory does not show it yet. Run again in some minutes.`,
  )
}

/** @returns the service principal's id. */
async function instantiate(graph: GraphWriter, record: Recorder, displayName: string): Promise<string> {
  try {
    const { body } = await record.write({ action: 'create', fields: ['displayName'] }, () =>
      graph.create(`/applicationTemplates/${TEMPLATE}/instantiate`, { displayName }),
    )
    const id = (body as { servicePrincipal?: { id?: string } } | null)?.servicePrincipal?.id
    if (id !== undefined) return id
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.ambiguous) throw error
    const id = await findByName(graph, displayName)
    if (id === undefined) throw error
    return id
  }
  const id = await findByName(graph, displayName)
  if (id !== undefined) return id
  throw new ConfigurationError(
    'not-visible',
    `Graph made the application "${displayName}" in tenant ${graph.tenant}, named no service principal, and none is found.`,
  )
}

function findByName(graph: GraphReader, displayName: string): Promise<string | undefined> {
  return onceFound(async () => (await findNamed(graph, displayName))[0]?.id, AFTER_LOSS)
}

interface Registration {
  readonly id: string
}

/** The registrations of an application in its own tenant, whole: one, or none when somebody deleted it. */
async function registrationsOf(graph: GraphReader, { appId }: Application): Promise<Registration[]> {
  const registrations: Registration[] = []
  const filter = `appId eq '${appId}'`
  for await (const page of graph.pages<Registration>('/applications', { filter })) registrations.push(...page)
  return registrations
}

/** The registration has the name; its service principal follows. */
export async function renameApplication(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  displayName: string,
): Promise<void> {
  const registrations = await registrationsOf(graph, application)
  if (registrations.length === 0)
    throw new ConfigurationError(
      'no-registration',
      `The configuration "${displayName}" has another name in tenant ${graph.tenant}, and no registration by which it could be renamed.`,
    )
  for (const { id } of registrations)
    await record.write({ action: 'update', targetId: application.id, fields: ['displayName'] }, () =>
      graph.update(`/applications/${id}`, { displayName }),
    )
}

/** The registration takes its service principal along; one that has none is deleted by itself. */
export async function removeApplication(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
): Promise<void> {
  const remove = (path: string) =>
    goneAfter(() =>
      record.write({ action: 'delete', targetId: application.id, fields: [] }, () => graph.remove(path)),
    )
  const stands = () => graph.find<Application>(`/servicePrincipals/${application.id}`, {})
  const servicePrincipal = await stands()
  for (const registration of await registrationsOf(graph, application)) {
    record.removing({ registration, servicePrincipal })
    await remove(`/applications/${registration.id}`)
  }
  if (await stands()) {
    record.removing({ servicePrincipal })
    await remove(`/servicePrincipals/${application.id}`)
  }
}

/** What assigning somebody gives them: the template's role for users. */
export function accessRole({ appRoles = [] }: Application): string {
  const enabled = appRoles.filter(({ isEnabled }) => isEnabled !== false)
  const named = ['User', 'msiam_access'].flatMap((name) =>
    enabled.filter(({ displayName, value }) => displayName === name || value === name),
  )
  return (named[0] ?? enabled[0])?.id ?? DEFAULT_ACCESS
}

/** Of an application that has no roles (Microsoft Graph, "appRoleAssignment"). */
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'
