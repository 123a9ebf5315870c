import type { DirectoryObject } from '../../directory.ts'
import { textOf } from '../body.ts'
import { attributeOf } from './attributes.ts'
import { SOURCE_SYSTEM, TARGET_SYSTEM } from './outcome.ts'
import type { Identity, Outcome, Status, Step } from './outcome.ts'
import { principalNameOf } from './person.ts'

/** The user was read in the source. */
export function imported(user: DirectoryObject): Step {
  const details = ['objectId', 'accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'].map(
    (name) => [name, String(attributeOf(user, name) ?? '')] as const,
  )
  return step(
    'EntryImport',
    'Import',
    'Success',
    `Retrieved User '${principalNameOf(user)}' from ${SOURCE_SYSTEM}`,
    Object.fromEntries(details),
  )
}

/** A guest was found in the target. */
export function matching(guest: DirectoryObject): Step {
  const name = principalNameOf(guest)
  return step('EntryImport', 'Matching', 'Success', `Retrieved User '${name}' from ${TARGET_SYSTEM}`, {
    objectId: guest.id,
    userPrincipalName: name,
  })
}

/** Nothing is done. */
export function skipped(code: string, reason: string): Step {
  return step('EntrySynchronizationSkip', 'Export', 'Skipped', reason, { SkipReason: code })
}

export function step(
  name: string,
  type: Step['type'],
  status: Status,
  description: string,
  details = {},
): Step {
  return { name, type, status, description, details }
}

/** What came of a user of the source. */
export function outcome(
  user: DirectoryObject,
  action: Outcome['action'],
  status: Status,
  steps: readonly Step[],
  code: string | null = null,
  reason: string | null = null,
): Outcome {
  return { action, status, code, reason, steps, changes: [], source: identityOf(user), targetId: null }
}

export function identityOf(user: DirectoryObject): Identity {
  return {
    id: user.id,
    displayName: textOf(user.properties['displayName']),
    userPrincipalName: principalNameOf(user),
  }
}
