/** The migration endpoint: made, changed, its secret written, and removed. */
import type { Proposed } from '../../../engine/kind.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import { configurationChange } from '../../configuration-change.ts'
import type { Connection } from '../planning/connection.ts'
import { endpointScript, type Place } from '../scripts.ts'
import {
  changeEndpoint,
  CREDENTIALS,
  endpointFields,
  endpointParameters,
  fetchesFrom,
  makeEndpoint,
  removeEndpoint,
  settingArguments,
  type Endpoint,
  type WantedEndpoint,
} from './endpoint.ts'
import type { Partner } from './relationship.ts'

const OBJECT = 'migration-endpoint'

export interface EndpointPlan {
  /** The target's name, and where scripts connect to. */
  readonly target: string
  readonly place: Place
  readonly stands: Endpoint | undefined
  readonly wanted: WantedEndpoint
  /** The secret is to be written anew. */
  readonly rewrite: boolean
  /** Why a script must be pasted for the secret; absent where this machine can. */
  readonly byHand: string | undefined
}

export function endpointLabel(target: string, { name }: Pick<WantedEndpoint, 'name'>): string {
  return `${target}: migration endpoint ${name}`
}

/** @returns `undefined` where all is as it should be. */
export function endpointChange({
  target,
  place,
  stands,
  wanted,
  rewrite,
  byHand,
}: EndpointPlan): Proposed<Connection> | undefined {
  const fields = endpointFields(stands, wanted)
  // Another application has another secret.
  const credentials = !stands || rewrite || fields.some(({ field }) => field === 'applicationId')
  if (fields.length === 0 && !credentials) return undefined
  const script = () =>
    endpointScript(
      place,
      stands ? 'Set-MigrationEndpoint' : 'New-MigrationEndpoint',
      wanted.applicationId,
      stands ? settingArguments(stands.name, fields) : endpointParameters(wanted),
    )
  return configurationChange<Connection, typeof OBJECT>({
    action: stands ? 'update' : 'create',
    object: OBJECT,
    label: endpointLabel(target, wanted),
    targetId: stands?.name,
    reason: stands ? 'drift' : 'missing',
    fields: [...fields, ...(credentials ? [SECRET] : [])],
    manual: credentials && byHand !== undefined ? script() : undefined,
    write: (connection, record) =>
      stands
        ? changeEndpoint(connection, record, stands, wanted, fields, { credentials })
        : makeEndpoint(connection, record, wanted),
  })
}

/** It stands in no plan and no journal. */
const SECRET: FieldChange = { field: CREDENTIALS, before: null, after: 'written, not shown' }

export function endpointRemoval(
  target: string,
  stands: Endpoint,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  return configurationChange<Connection, typeof OBJECT>({
    action: 'delete',
    object: OBJECT,
    label: endpointLabel(target, stands),
    targetId: stands.name,
    reason: 'profile-absent',
    after,
    write: (connection, record) => removeEndpoint(connection.target, record, stands),
  })
}

/** @throws EndpointElsewhereError for one of the name that is somebody else's: it may not be changed, nor removed. */
export function requireEndpointOf(
  stands: Endpoint | undefined,
  partner: Partner,
  clientId: string,
  names: { source: string; target: string },
): void {
  if (!stands || fetchesFrom(stands, partner, clientId)) return
  const where = stands.remoteTenant ? `from ${JSON.stringify(stands.remoteTenant)}` : 'from elsewhere'
  throw new EndpointElsewhereError(
    `The migration endpoint ${JSON.stringify(stands.name)} of tenant ${names.target} fetches mailboxes ${where}, not from ${names.source}, and that cannot be changed: name another endpoint.`,
  )
}

class EndpointElsewhereError extends Error {
  override readonly name = 'EndpointElsewhereError'
  readonly code = 'endpoint-elsewhere'
  readonly path = ['endpoint']
  readonly advice: string
  constructor(message: string) {
    super(message)
    this.advice = message
  }
}
