/** What has to change so that both tenants are as the profile says, in the order in which it can be done. */
import type { Proposed } from '../../engine/kind.ts'
import type { FieldChange } from '../../engine/plan.ts'
import { createApplication, renameApplication, type Application } from './application.ts'
import { configurationChange, type ConfigurationChange } from './configuration-change.ts'
import type { Connection } from './connection.ts'
import { credentialFields, credentialsOf, LONGEST_FINGERPRINT, saveCredentials } from './credentials.ts'
import { ConfigurationError } from './faults.ts'
import { MOST_NOTES, withMark } from './mark.ts'
import { onceFound } from './eventually.ts'
import { createJob, isRunning, readSchema, readTemplate, replaceSchema, setRunning } from './job.ts'
import { checkAttributes } from './mapping/attributes.ts'
import { namedFields } from './mapping/named-fields.ts'
import { schemaChange, type Part } from './mapping/schema-change.ts'
import { consentOf, isInboundSet, isSyncAllowed, type Consent } from './partner.ts'
import type { CrossTenantSyncProfile } from './schema.ts'
import type { Policies, Side, Sides, Standing } from './standing.ts'

export interface Establishing {
  readonly profile: CrossTenantSyncProfile
  /** The profile's own name and its former ones. */
  readonly names: ReadonlySet<string>
  readonly sides: Sides
  readonly standing: Standing
}

type Change = Proposed<Connection> | undefined
type Write = ConfigurationChange['write']

/** The application that a change is about: the one that stands, or that this run has made. */
export function applicationOf({ standing }: Establishing, { application }: Connection): Application {
  const found = application ?? standing.configuration?.application
  if (!found) throw new RangeError('no application was made before what belongs to it')
  return found
}

/** Of a configuration that does not bear the profile's mark nothing goes that nobody reviewed. */
export function unmarked({ standing }: Establishing): Pick<Proposed<Connection>, 'unmarked'> {
  return standing.configuration?.mark ? {} : { unmarked: true }
}

function jobOf({ standing }: Establishing, { job }: Connection): string {
  const found = job ?? standing.configuration?.job?.id
  if (found === undefined) throw new RangeError('no job was made before what belongs to it')
  return found
}

/** Configuration alone; assignments come between its parts. */
export interface Establishment {
  /** Everything up to the job, its schema and its filter. */
  readonly changes: readonly Proposed<Connection>[]
  /** How many objects are as they should be. */
  readonly unchanged: number
  /** What assignments wait for. */
  readonly application: Proposed<Connection> | undefined
  readonly credentials: Proposed<Connection> | undefined
  /** What must be done before credentials are saved. */
  readonly beforeCredentials: readonly Proposed<Connection>[]
  /**
   * The last of all. Somebody who cannot be assigned keeps nobody else waiting; who is not to be synchronized must be
   * unassigned first.
   */
  state(removals: readonly Proposed<Connection>[]): Proposed<Connection> | undefined
}

export interface Access {
  /** How many people have access now. */
  readonly people: number
  /** Everyone has, and no longer shall: the credentials are written as a removal then. */
  readonly narrowed: boolean
}

export function establishment(about: Establishing, access: Access): Establishment {
  const { profile, standing } = about
  const target = policies(about, 'target')
  const source = policies(about, 'source')
  const application = applicationChange(about)
  const first = [...target, ...source, application]
  const credentials = access.narrowed ? undefined : credentialsChange(about, first)
  const job = jobChange(about, [application, credentials])
  const mapping = mappingProposal(about, [job])
  const filter = filterProposal(about, access.people, [job, mapping])
  const all = [...first, credentials, job, mapping, filter]
  const changes = all.filter((one) => one !== undefined)
  return {
    changes,
    unchanged: all.length - changes.length,
    application,
    credentials,
    beforeCredentials: first.filter((one) => one !== undefined),
    state: (removals) => {
      const running = profile.job === 'running'
      const stands = standing.configuration?.job
      if (stands && isRunning(stands) === running) return undefined
      if (!stands && !running) return undefined
      return stateChange(about, running, [...changes, ...removals])
    },
  }
}

/** Of one side: the partner configuration, whom it lets in, and the consent to redeem automatically. */
function policies({ profile, sides, standing }: Establishing, side: keyof Sides): readonly Change[] {
  const own = sides[side]
  const other = sides[side === 'target' ? 'source' : 'target']
  const stands = standing[side]
  const partner = stands.partner ? undefined : partnerChange(own, other, side)
  return [
    partner,
    ...(side === 'target' ? [inboundChange(own, other, stands, partner)] : []),
    ...(profile.redeem === 'automatic' ? [consentChange(own, other, stands, side, partner)] : []),
  ]
}

function partnerChange(own: Side, other: Side, side: keyof Sides): Proposed<Connection> {
  return configurationChange({
    action: 'create',
    object: 'partner-configuration',
    label: `${own.name}: partner ${other.name}`,
    reason: 'missing',
    fields: [{ field: 'tenantId', before: null, after: other.tenantId }],
    write: changing((connection, record) =>
      connection.partners.ensure(connection[side], record, other.tenantId),
    ),
  })
}

function inboundChange(own: Side, other: Side, { inbound }: Policies, partner: Change): Change {
  if (isSyncAllowed(inbound)) return undefined
  const before = inbound?.userSyncInbound?.isSyncAllowed ?? null
  return configurationChange({
    action: isInboundSet(inbound) ? 'update' : 'create',
    object: 'inbound-synchronization',
    label: `${own.name}: user synchronization from ${other.name}`,
    reason: isInboundSet(inbound) ? 'drift' : 'missing',
    fields: [{ field: 'userSyncInbound.isSyncAllowed', before, after: true }],
    after: [partner],
    write: changing(({ partners, target }, record) =>
      partners.allowSynchronization(target, record, other.tenantId),
    ),
  })
}

const CONSENTS: Readonly<Record<keyof Sides, Consent>> = {
  target: 'inboundAllowed',
  source: 'outboundAllowed',
}

function consentChange(own: Side, other: Side, stands: Policies, side: keyof Sides, partner: Change): Change {
  const consent = CONSENTS[side]
  const before = consentOf(stands.partner, consent)
  if (before === true) return undefined
  return configurationChange({
    action: 'update',
    object: side === 'target' ? 'inbound-redemption' : 'outbound-redemption',
    label: `${own.name}: automatic redemption ${side === 'target' ? 'from' : 'to'} ${other.name}`,
    reason: before === null ? 'missing' : 'drift',
    fields: [{ field: `automaticUserConsentSettings.${consent}`, before, after: true }],
    after: [partner],
    write: changing((connection, record) =>
      connection.partners.consent(connection[side], record, other.tenantId, consent, true),
    ),
  })
}

/** The provisioning service may not know it at once. */
function changing(write: Write): Write {
  return async (connection, record) => {
    await write(connection, record)
    connection.policiesChanged = true
  }
}

function applicationChange({ profile, names, sides: { source }, standing }: Establishing): Change {
  const label = `${source.name}: application ${profile.application}`
  const field = (before: string | null) => ({ field: 'displayName', before, after: profile.application })
  const stands = standing.configuration?.application
  if (!stands)
    return configurationChange({
      action: 'create',
      object: 'application',
      label,
      reason: 'missing',
      fields: [field(null)],
      write: async (connection, record) => {
        const { application } = profile
        const known = { application, names, tenant: source.name }
        connection.application = await createApplication(connection.source, record, known)
      },
    })
  if (stands.displayName === profile.application) return undefined
  return configurationChange({
    action: 'update',
    object: 'application',
    label,
    targetId: stands.id,
    reason: 'drift',
    fields: [field(stands.displayName)],
    write: ({ source: graph }, record) => renameApplication(graph, record, stands, profile.application),
  })
}

function credentialsChange(about: Establishing, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  const { configuration } = standing
  const wanted = credentialsOf(profile, sides.target.tenantId, configuration?.mark)
  const saved = configuration?.mark?.fingerprint
  const isOwn = configuration?.mark?.profile === profile.name
  const isSaved = isOwn && saved === wanted.fingerprint
  if (isSaved && !isDoubtful(about)) return undefined
  checkNotes(configuration?.application, about)
  return configurationChange({
    action: configuration ? 'update' : 'create',
    object: 'credentials',
    label: `${sides.source.name}: credentials of ${profile.application}`,
    targetId: configuration?.application.id,
    reason: !configuration
      ? 'missing'
      : saved === undefined
        ? 'adopted'
        : isSaved
          ? 'drift'
          : 'profile-changed',
    fields: credentialFields(wanted, profile, !configuration),
    after,
    write: (connection, record) => writeCredentials(about, connection, record),
  })
}

/**
 * The mark must fit, the longest that is written too.
 * @throws ConfigurationError
 */
function checkNotes(application: Application | undefined, { profile, names, sides }: Establishing): void {
  const notes = withMark(
    application?.notes,
    { profile: profile.name, fingerprint: LONGEST_FINGERPRINT },
    names,
  )
  const over = notes.length - MOST_NOTES
  if (over > 0)
    throw new ConfigurationError(
      'notes-full',
      `The notes of the configuration "${profile.application}" in tenant ${sides.source.name} leave no room for the profile's mark: shorten them by ${over} characters.`,
    )
}

/** Assignments where everyone has access: somebody may have changed that by hand, and nobody can read it. */
function isDoubtful({ profile, standing }: Establishing): boolean {
  const { scope, assign } = profile
  const assigned = standing.configuration?.assigned ?? []
  return 'everyone' in scope && scope.exact && assign === 'automatic' && assigned.length > 0
}

/** Also what takes access from everyone. */
export function writeCredentials(
  about: Establishing,
  connection: Connection,
  record: Parameters<Write>[1],
): Promise<void> {
  const { profile, names, sides, standing } = about
  const credentials = credentialsOf(profile, sides.target.tenantId, standing.configuration?.mark)
  return saveCredentials(connection.source, record, {
    application: applicationOf(about, connection),
    credentials,
    mark: { profile: profile.name, fingerprint: credentials.fingerprint },
    names,
    policiesChanged: connection.policiesChanged,
  })
}

function jobChange(about: Establishing, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  if (standing.configuration?.job) return undefined
  return configurationChange({
    action: 'create',
    object: 'synchronization-job',
    label: `${sides.source.name}: job of ${profile.application}`,
    reason: 'missing',
    fields: [{ field: 'templateId', before: null, after: 'Azure2Azure' }],
    after,
    write: async (connection, record) => {
      connection.job = await createJob(connection.source, record, applicationOf(about, connection))
    },
  })
}

function mappingProposal(about: Establishing, after: readonly Change[]): Change {
  const { profile, sides } = about
  const fields = schemaFields(about, 'mapping')
  if (fields.length === 0) return undefined
  return configurationChange({
    ...schemaPart(about, 'mapping'),
    object: 'attribute-mapping',
    label: `${sides.source.name}: attribute mapping of ${profile.application}`,
    fields,
    after,
  })
}

/**
 * Whoever no longer meets the filter is taken away with the next cycle, assigned or not ("filter resource type").
 * Whom it leaves out, Entra alone evaluates: it counts as everybody who has access.
 */
function filterProposal(about: Establishing, people: number, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  const fields = schemaFields(about, 'filter')
  if (fields.length === 0) return undefined
  const change = configurationChange({
    ...schemaPart(about, 'filter'),
    object: 'scoping-filter',
    label: `${sides.source.name}: scoping filter of ${profile.application}`,
    fields,
    after,
  })
  const widens = profile.scope.where === undefined
  if (!standing.configuration?.job || widens || people === 0) return change
  return { ...change, countsAs: 'deletes', people, ...unmarked(about) }
}

function schemaFields({ profile, standing }: Establishing, part: Part): readonly FieldChange[] {
  const { schema, template } = standing.configuration ?? {}
  return schema ? (schemaChange(schema, template, profile, [part])?.fields ?? []) : namedFields(profile, part)
}

/** One part of the schema is written, and the other left as it is: the whole is sent. */
function schemaPart(
  about: Establishing,
  part: Part,
): Pick<ConfigurationChange, 'action' | 'targetId' | 'reason' | 'write'> {
  const { profile, standing } = about
  return {
    action: 'update',
    targetId: standing.configuration?.job?.id,
    reason: standing.configuration?.job ? 'drift' : 'missing',
    write: async (connection, record) => {
      const { source: graph } = connection
      const application = applicationOf(about, connection)
      const job = jobOf(about, connection)
      // What stands now is changed: somebody may have been at it since the plan, and a new job has one of its own.
      const live = await onceFound(() => readSchema(graph, application, job))
      if (!live) return
      checkAttributes(profile, live)
      const change = schemaChange(live, await readTemplate(graph, application), profile, [part])
      if (!change) return
      const names = change.fields.map(({ field }) => field)
      await replaceSchema(graph, record, application, job, change.schema, names)
    },
  }
}

function stateChange(about: Establishing, running: boolean, after: readonly Change[]): Proposed<Connection> {
  const { profile, sides, standing } = about
  const stands = standing.configuration?.job
  return configurationChange({
    action: 'update',
    object: 'job-state',
    label: `${sides.source.name}: state of the job of ${profile.application}`,
    targetId: stands?.id,
    reason: stands ? 'drift' : 'missing',
    fields: [
      {
        field: 'state',
        before: stands ? (isRunning(stands) ? 'running' : 'paused') : null,
        after: profile.job,
      },
    ],
    // A job is paused whatever else there is to do.
    after: running ? after : [],
    write: (connection, record) =>
      setRunning(
        connection.source,
        record,
        applicationOf(about, connection),
        jobOf(about, connection),
        running,
      ),
  })
}
