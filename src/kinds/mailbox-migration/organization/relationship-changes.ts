/** The organization relationship of each side: made, completed, and taken back. */
import { createHash } from 'node:crypto'
import type { Proposed } from '../../../engine/kind.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import type { Parameters } from '../../../microsoft/exchange.ts'
import { configurationChange } from '../../configuration-change.ts'
import type { Connection } from '../planning/connection.ts'
import type { Sides } from '../planning/sides.ts'
import {
  changeRelationship,
  ensureRelationship,
  isNamed,
  relationshipFields,
  removeRelationship,
  setRelationship,
  type PublishedScope,
  type Relationship,
  type WantedRelationship,
} from './relationship.ts'

const OBJECT = 'organization-relationship'
const LONGEST_NAME = 64

export function relationshipLabel(sides: Sides, side: keyof Sides): string {
  const [own, other] = [sides[side], sides[side === 'target' ? 'source' : 'target']]
  return `${own.name}: organization relationship with ${other.name}`
}

/** By its name it is known as the profile's own. */
export function relationshipName(profile: string): string {
  const name = `tenant-sync ${profile}`
  if (name.length <= LONGEST_NAME) return name
  const hash = createHash('sha256').update(profile).digest('hex').slice(0, 8)
  return `${name.slice(0, LONGEST_NAME - hash.length - 1)}-${hash}`
}

export function inboundSettings(): WantedRelationship['settings'] {
  return { Enabled: true, MailboxMoveEnabled: true, MailboxMoveCapability: 'Inbound' }
}

export function outboundSettings(clientId: string): WantedRelationship['settings'] {
  return {
    Enabled: true,
    MailboxMoveEnabled: true,
    MailboxMoveCapability: 'RemoteOutbound',
    OAuthApplicationId: clientId,
  }
}

/** @returns `undefined` where all is as it should be. */
export function relationshipChange(
  sides: Sides,
  side: keyof Sides,
  stands: Relationship | undefined,
  wanted: WantedRelationship,
): Proposed<Connection> | undefined {
  const fields = relationshipFields(stands, wanted)
  if (fields.length === 0) return undefined
  return configurationChange<Connection, typeof OBJECT>({
    action: stands ? 'update' : 'create',
    object: OBJECT,
    label: relationshipLabel(sides, side),
    targetId: stands?.id,
    reason: stands ? 'drift' : 'missing',
    fields,
    write: (connection, record) =>
      stands
        ? changeRelationship(connection[side], record, stands, wanted)
        : ensureRelationship(connection[side], record, wanted),
  })
}

/**
 * What the profile made goes; of one that was there before, only what lets mailboxes move.
 * @param names of relationships that the profile makes.
 */
export function relationshipRemoval(
  sides: Sides,
  side: keyof Sides,
  stands: Relationship | undefined,
  names: ReadonlySet<string>,
  scope: PublishedScope | undefined,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> | undefined {
  if (!stands) return undefined
  if (names.has(stands.name))
    return configurationChange<Connection, typeof OBJECT>({
      action: 'delete',
      object: OBJECT,
      label: relationshipLabel(sides, side),
      targetId: stands.id,
      reason: 'profile-absent',
      after,
      write: (connection, record) => removeRelationship(connection[side], record, stands),
    })
  if (stands.row['MailboxMoveEnabled'] !== true) return undefined
  const before = publishedBy(stands)
  const others = before.filter((name) => !scope || !isNamed(scope, name))
  const isPublished = others.length < before.length
  // While it publishes other groups, somebody else moves mailboxes by it.
  const ends = side === 'target' || others.length === 0
  if (!ends && !isPublished) return undefined
  return takingBack(
    sides,
    side,
    stands,
    { ends, scopes: isPublished ? { before, after: others } : undefined },
    after,
  )
}

/** A group is published no longer, while others go on moving by the relationship. */
export function scopeWithdrawal(
  sides: Sides,
  stands: Relationship | undefined,
  scope: PublishedScope | undefined,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> | undefined {
  if (!stands || !scope) return undefined
  const before = publishedBy(stands)
  const others = before.filter((name) => !isNamed(scope, name))
  if (others.length === before.length) return undefined
  return takingBack(sides, 'source', stands, { ends: false, scopes: { before, after: others } }, after)
}

interface TakenBack {
  /** No mailbox moves by it any more. */
  readonly ends: boolean
  readonly scopes: { readonly before: readonly string[]; readonly after: readonly string[] } | undefined
}

function takingBack(
  sides: Sides,
  side: keyof Sides,
  stands: Relationship,
  { ends, scopes }: TakenBack,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  const fields: FieldChange[] = [
    ...(ends ? [{ field: 'mailboxMoveEnabled', before: true, after: false }] : []),
    ...(scopes ? [{ field: 'mailboxMovePublishedScopes', ...scopes }] : []),
  ]
  const parameters: Parameters = {
    ...(ends && { MailboxMoveEnabled: false }),
    // An empty list would change nothing.
    ...(scopes && { MailboxMovePublishedScopes: scopes.after.length > 0 ? scopes.after : null }),
  }
  return configurationChange<Connection, typeof OBJECT>({
    action: 'update',
    object: OBJECT,
    label: relationshipLabel(sides, side),
    targetId: stands.id,
    reason: 'profile-absent',
    fields,
    after,
    write: (connection, record) =>
      setRelationship(
        connection[side],
        record,
        stands,
        fields.map(({ field }) => field),
        parameters,
      ),
  })
}

function publishedBy({ row }: Relationship): readonly string[] {
  const cell = row['MailboxMovePublishedScopes']
  return Array.isArray(cell) ? (cell as readonly string[]) : []
}
