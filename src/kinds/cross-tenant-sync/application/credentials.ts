/**
 * What the provisioning service signs in with, and how far it goes: the secrets of the service principal. They
 * can be written and never read back.
 * Source: Microsoft Graph, "synchronization: secrets", "synchronizationSecretKeyStringValuePair",
 * "synchronizationJob: validateCredentials".
 */
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Recorder } from '../../../engine/journal.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import { ServiceError } from '../../../microsoft/errors.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import type { Application } from './application.ts'
import { onceFound, onceKnown } from '../job/eventually.ts'
import { JOB_TEMPLATE, synchronizationPath } from '../job/job.ts'
import { marksIn, withMark, type Mark } from './mark.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'

interface Secret {
  readonly key: 'CompanyId' | 'AuthenticationType' | 'SyncAll' | 'SyncNotificationSettings'
  readonly value: string
}

export interface Credentials {
  readonly secrets: readonly Secret[]
  readonly fingerprint: string
}

/** Stand in the fingerprint, for it is all that can be read later: who had access, whether settings were ours, where to. */
const EVERYONE = 'everyone'
const ASSIGNED = 'assigned'
const SETTINGS = 'settings'
/** Others were being saved, and nobody knows how far that came. */
const SAVING = 'saving'
const TARGET = /^to[0-9a-f]{8}$/

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
  const words = [everyone ? EVERYONE : ASSIGNED, ...(named ? [SETTINGS] : []), targetWord(target), hash]
  return { secrets, fingerprint: words.join('-') }
}

/** As long as any that is written. */
export const LONGEST_FINGERPRINT = [SAVING, EVERYONE, ASSIGNED, SETTINGS, 'x'.repeat(2 * 16 + 1)].join('-')

/** Whether everyone was synchronized when these secrets were saved. */
export function wasEveryone(mark: Mark | undefined): boolean {
  return wordsOf(mark).includes(EVERYONE)
}

/** Whether these secrets led to another tenant. */
export function ledElsewhere(mark: Mark | undefined, target: string): boolean {
  const word = wordsOf(mark).find((one) => TARGET.test(one))
  return word !== undefined && word !== targetWord(target)
}

function targetWord(target: string): string {
  return `to${createHash('sha256').update(target.toLowerCase()).digest('hex').slice(0, 8)}`
}

/** Fits no secrets; what was true before, and what will be, may both be so. */
function savingOver(before: Mark, { profile, fingerprint }: Mark): Mark {
  const words = new Set([SAVING, ...wordsOf(before), ...fingerprint.split('-')])
  return { profile, fingerprint: [...words].filter((word) => !TARGET.test(word)).join('-') }
}

function wordsOf(mark: Mark | undefined): string[] {
  return mark?.fingerprint.split('-') ?? []
}

/** What was saved before, nobody can read. */
const UNREADABLE = '(cannot be read)'

export function credentialFields(
  { secrets }: Credentials,
  { notify, deletionThreshold }: CrossTenantSyncProfile,
  isNew: boolean,
): FieldChange[] {
  const before = isNew ? null : UNREADABLE
  return secrets.flatMap(({ key, value }): FieldChange[] =>
    key === 'SyncNotificationSettings'
      ? [
          { field: 'notify', before, after: notify ?? null },
          { field: 'deletionThreshold', before, after: deletionThreshold ?? null },
        ]
      : [{ field: key, before, after: value }],
  )
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

/**
 * Validates, saves, and marks the application. Before anything is saved over what is marked, the mark says so: a
 * run that is cut off in between, or a profile that is turned back after it, saves again.
 */
export async function saveCredentials(graph: GraphWriter, record: Recorder, saving: Saving): Promise<void> {
  const { application, credentials, mark, names } = saving
  await validate(graph, saving)
  const principal = `/servicePrincipals/${application.id}`
  // Read each time: others write their notes beside the mark.
  const read = async () =>
    (await onceFound(() => graph.find<Application>(principal, { select: ['id', 'notes'] })))?.notes
  const markWith = async (one: Mark, notes: string | null | undefined) =>
    onceKnown(() =>
      record.write({ action: 'update', targetId: application.id, fields: ['notes'] }, () =>
        graph.update(principal, { notes: withMark(notes, one, names) }),
      ),
    )
  const notes = await read()
  const before = marksIn(notes).find(({ profile }) => names.has(profile))
  if (before) await markWith(savingOver(before, mark), notes)
  const fields = credentials.secrets.map(({ key }) => key)
  await onceKnown(() =>
    record.write({ action: 'update', targetId: application.id, fields }, () =>
      graph.replace(`${synchronizationPath(application)}/secrets`, { value: credentials.secrets }),
    ),
  )
  await markWith(mark, await read())
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
