/** The application of the configuration, and the credentials that are saved with it. */
import type { Recorder } from '../../../engine/journal.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import { createApplication, renameApplication, type Application } from '../application/application.ts'
import { ConfigurationError } from '../application/configuration-error.ts'
import {
  credentialFields,
  credentialsOf,
  LONGEST_FINGERPRINT,
  saveCredentials,
} from '../application/credentials.ts'
import { MOST_NOTES, withMark } from '../application/mark.ts'
import { configurationChange } from './configuration-change.ts'
import type { Connection } from './connection.ts'
import { applicationOf, type Change, type Relationship } from './relationship.ts'
import { configurationLabel } from './labels.ts'

export function applicationChange({ profile, names, sides, standing }: Relationship): Change {
  const label = configurationLabel(sides, 'application', profile)
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
        const known = { application, names, tenant: sides.source.name }
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

export function credentialsChange(about: Relationship, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  const { configuration } = standing
  const wanted = credentialsOf(profile, sides.target.tenantId, configuration?.mark)
  const saved = configuration?.mark?.fingerprint
  const isOwn = configuration?.mark?.profile === profile.name
  const isSaved = isOwn && saved === wanted.fingerprint
  if (isSaved && !isDoubtful(about)) return undefined
  return configurationChange({
    action: configuration ? 'update' : 'create',
    object: 'credentials',
    label: configurationLabel(sides, 'credentials of', profile),
    targetId: configuration?.application.id,
    reason: !configuration
      ? 'missing'
      : saved === undefined
        ? 'adopted'
        : isSaved
          ? 'drift'
          : 'profile-changed',
    fields: savedFields(about),
    after,
    write: (connection, record) => writeCredentials(about, connection, record),
  })
}

/**
 * The mark must fit, the longest that is written too.
 * @throws ConfigurationError
 */
function checkNotes(application: Application | undefined, { profile, names, sides }: Relationship): void {
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
function isDoubtful({ profile, standing }: Relationship): boolean {
  const { scope, assign } = profile
  const assigned = standing.configuration?.assigned ?? []
  return 'everyone' in scope && scope.exact && assign === 'automatic' && assigned.length > 0
}

/**
 * What is saved in place of what nobody can read.
 * @throws ConfigurationError when the mark would not fit
 */
export function savedFields(about: Relationship): readonly FieldChange[] {
  const { profile, sides, standing } = about
  const { configuration } = standing
  checkNotes(configuration?.application, about)
  const credentials = credentialsOf(profile, sides.target.tenantId, configuration?.mark)
  return credentialFields(credentials, profile, !configuration)
}

/** Also what takes access from everyone. */
export function writeCredentials(
  about: Relationship,
  connection: Connection,
  record: Recorder,
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
