/**
 * What the provisioning service signs in with, and how far it goes: the secrets of the service principal. They
 * can be written and never read back.
 * Source: Microsoft Graph, "synchronization: secrets", "synchronizationSecretKeyStringValuePair",
 * "synchronizationJob: validateCredentials".
 */
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Recorder } from '../../engine/journal.ts'
import type { FieldChange } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { GraphWriter } from '../../microsoft/graph-writer.ts'
import type { Application } from './application.ts'
import { onceKnown } from './eventually.ts'
import { withMark, type Mark } from './mark.ts'
import type { CrossTenantSyncProfile } from './schema.ts'

/** The only template of jobs that cross-tenant synchronization has. */
export const JOB_TEMPLATE = 'Azure2Azure'

interface Secret {
  readonly key: 'CompanyId' | 'AuthenticationType' | 'SyncAll' | 'SyncNotificationSettings'
  readonly value: string
}

export interface Credentials {
  readonly secrets: readonly Secret[]
  readonly fingerprint: string
}

/** Stand in the fingerprint, for it is all that can be read later: who had access, and whether settings were ours. */
const EVERYONE = 'everyone'
const ASSIGNED = 'assigned'
const SETTINGS = 'settings'

/**
 * @param target the target tenant's id.
 * @param mark what was saved before. Notification settings, and with them the prevention of accidental deletions,
 * stay as somebody set them unless the profile names them, or did.
 */
export function credentialsOf(
  { scope, notify, deletionThreshold }: CrossTenantSyncProfile,
  target: string,
  mark: Mark | undefined,
): Credentials {
  const everyone = 'everyone' in scope
  const named = notify !== undefined || deletionThreshold !== undefined
  const notification = {
    Enabled: notify !== undefined,
    ...(notify !== undefined && { Recipients: notify }),
    DeleteThresholdEnabled: deletionThreshold !== undefined,
    ...(deletionThreshold !== undefined && { DeleteThresholdValue: deletionThreshold }),
  }
  const secrets: Secret[] = [
    { key: 'AuthenticationType', value: 'SyncPolicy' },
    { key: 'CompanyId', value: target },
    { key: 'SyncAll', value: String(everyone) },
    ...(named || wordsOf(mark).includes(SETTINGS)
      ? [{ key: 'SyncNotificationSettings', value: JSON.stringify(notification) } as const]
      : []),
  ]
  const of = JSON.stringify([target.toLowerCase(), everyone, notification])
  const hash = createHash('sha256').update(of).digest('hex').slice(0, 16)
  const words = [everyone ? EVERYONE : ASSIGNED, ...(named ? [SETTINGS] : []), hash]
  return { secrets, fingerprint: words.join('-') }
}

/** Whether everyone was synchronized when these secrets were saved. */
export function wasEveryone(mark: Mark | undefined): boolean {
  return wordsOf(mark).includes(EVERYONE)
}

function wordsOf(mark: Mark | undefined): string[] {
  return mark?.fingerprint.split('-') ?? []
}

/** What was saved before, nobody can read. */
export const UNREADABLE = '(cannot be read)'

export function credentialFields({ secrets }: Credentials, isNew: boolean): FieldChange[] {
  return secrets.map(({ key, value }) => ({ field: key, before: isNew ? null : UNREADABLE, after: value }))
}

export interface Saving {
  readonly application: Application
  readonly credentials: Credentials
  readonly mark: Mark
  /** The profile's own name and its former ones. */
  readonly names: ReadonlySet<string>
  /** What the target allows was changed in this run, and may not be known to the provisioning service yet. */
  readonly policiesChanged: boolean
}

/** Validates, saves, and marks the application: a run that is cut off between saves again. */
export async function saveCredentials(graph: GraphWriter, record: Recorder, saving: Saving): Promise<void> {
  const { application, credentials, mark, names } = saving
  await validate(graph, saving)
  const path = synchronizationPath(application)
  const fields = credentials.secrets.map(({ key }) => key)
  await onceKnown(() =>
    record.write({ action: 'update', targetId: application.id, fields }, () =>
      graph.replace(`${path}/secrets`, { value: credentials.secrets }),
    ),
  )
  const principal = `/servicePrincipals/${application.id}`
  const stands = await graph.find<Application>(principal, { select: ['id', 'notes'] })
  const notes = withMark(stands?.notes, mark, names)
  await onceKnown(() =>
    record.write({ action: 'update', targetId: application.id, fields: ['notes'] }, () =>
      graph.update(principal, { notes }),
    ),
  )
}

/** Seconds between attempts while policies that this run changed become known. */
const POLICY_WAITS = [2, 4, 8]

/** @throws ServiceError with the service's own reason, such as a consent that the target does not give. */
async function validate(
  graph: GraphWriter,
  { application, credentials, policiesChanged }: Saving,
): Promise<void> {
  const body = {
    useSavedCredentials: false,
    templateId: JOB_TEMPLATE,
    credentials: credentials.secrets.filter(({ key }) => ['CompanyId', 'AuthenticationType'].includes(key)),
  }
  const path = `${synchronizationPath(application)}/jobs/validateCredentials`
  for (const seconds of [...(policiesChanged ? POLICY_WAITS : []), undefined]) {
    try {
      await onceKnown(() => graph.create(path, body, { repeatable: true }))
      return
    } catch (error) {
      const isPolicy = error instanceof ServiceError && error.code.endsWith('PolicyCheckFailure')
      if (seconds === undefined || !isPolicy) throw error
      await delay(seconds * 1000)
    }
  }
}

export function synchronizationPath({ id }: Pick<Application, 'id'>): string {
  return `/servicePrincipals/${id}/synchronization`
}
