/**
 * A batch is made once, of those who are ready. Who comes later goes into a further one.
 * Source: Exchange PowerShell, New-MigrationBatch; Microsoft 365, "Cross-tenant mailbox migration".
 */
import type { Recorder } from '../../../engine/journal.ts'
import type { Proposed } from '../../../engine/kind.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import type { ExchangeWriter, Parameters } from '../../../microsoft/exchange.ts'
import { makeOnce } from '../../../microsoft/replication.ts'
import { configurationChange } from '../../configuration-change.ts'
import { EndpointError, testEndpoint, type About } from '../organization/availability.ts'
import type { Connection } from '../planning/connection.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import { BATCH, batchLabel, isoTime, nextNames, readBatches, type Batch } from './batch.ts'

/** More in one batch are slow to watch and to complete (Microsoft 365, "Cross-tenant mailbox migration"). */
const MOST_IN_A_BATCH = 2000

/** Somebody who goes into a batch. */
export interface Joining {
  /** The Entra object id in the source. */
  readonly key: string
  /** In the target. */
  readonly address: string
  /** What has to be done for them first. */
  readonly preparation: Proposed<Connection> | undefined
}

/**
 * @param after what must stand before anybody is moved.
 */
export function newBatches(
  profile: MailboxMigrationProfile,
  all: readonly Batch[],
  joining: readonly Joining[],
  about: About,
  after: readonly (Proposed<Connection> | undefined)[],
): Proposed<Connection>[] {
  const parts = Array.from({ length: Math.ceil(joining.length / MOST_IN_A_BATCH) }, (_, index) =>
    joining.slice(index * MOST_IN_A_BATCH, (index + 1) * MOST_IN_A_BATCH),
  )
  const names = nextNames(all, profile.batch.name, parts.length)
  return parts.map((members, index) => newBatch(profile, names[index]!, members, about, after))
}

function newBatch(
  profile: MailboxMigrationProfile,
  name: string,
  members: readonly Joining[],
  about: About,
  after: readonly (Proposed<Connection> | undefined)[],
): Proposed<Connection> {
  const { endpoint, to } = profile
  const settings = batchSettings(profile)
  const fields: FieldChange[] = [
    ...Object.entries({ sourceEndpoint: endpoint, targetDeliveryDomain: to.deliveryDomain, ...settings }).map(
      ([field, after]) => ({ field, before: null, after }),
    ),
    { field: 'users', before: null, after: members.map(({ address }) => address) },
  ]
  return {
    ...configurationChange<Connection, typeof BATCH>({
      action: 'create',
      object: BATCH,
      label: batchLabel(to.tenant, name),
      reason: 'missing',
      fields,
      after,
      async write(connection, record) {
        const prepared = members.filter(
          ({ key, preparation }) => !preparation || connection.prepared.has(key),
        )
        const [first] = prepared
        if (!first) return { why: 'none of its mail users stands yet, so there is nobody to move' }
        const available = await testEndpoint(connection.target, endpoint, first.address, about)
        if (typeof available === 'object') throw new EndpointError(endpoint, available)
        await makeBatch(connection.target, record, {
          Name: name,
          SourceEndpoint: endpoint,
          TargetDeliveryDomain: to.deliveryDomain,
          CSVData: csv(prepared.map(({ address }) => address)),
          ...parametersOf(profile),
        })
        return undefined
      },
    }),
    // Whoever cannot be prepared keeps nobody else waiting.
    behind: members.flatMap(({ preparation }) => preparation ?? []),
  }
}

/** As plans show them. `completeAfter` wins over `autoComplete`. */
function batchSettings({ batch }: MailboxMigrationProfile): Readonly<Record<string, string | boolean>> {
  const { autoStart, autoComplete, completeAfter, notify } = batch
  return {
    autoStart,
    ...(completeAfter === undefined ? { autoComplete } : { completeAfter: isoTime(completeAfter) }),
    ...(notify !== undefined && { notificationEmails: notify }),
  }
}

function parametersOf({ batch }: MailboxMigrationProfile): Parameters {
  const { autoStart, autoComplete, completeAfter, notify } = batch
  return {
    ...(autoStart && { AutoStart: true }),
    ...(completeAfter === undefined
      ? autoComplete && { AutoComplete: true }
      : { CompleteAfter: isoTime(completeAfter) }),
    ...(notify !== undefined && { NotificationEmails: [notify] }),
  }
}

/** The file that a batch is made of has one column; what is no mail address never comes here. */
function csv(addresses: readonly string[]): string {
  return Buffer.from(['EmailAddress', ...addresses, ''].join('\r\n')).toString('base64')
}

async function makeBatch(
  exchange: ExchangeWriter,
  record: Recorder,
  parameters: Parameters & { readonly Name: string },
): Promise<void> {
  const name = parameters.Name.toLowerCase()
  await makeOnce({
    async make() {
      await record.write({ action: 'create', fields: Object.keys(parameters) }, () =>
        exchange.run('New-MigrationBatch', parameters, { repeatable: false }),
      )
      return true
    },
    async find() {
      return (await readBatches(exchange)).some((batch) => batch.name.toLowerCase() === name) || undefined
    },
    // One that somebody else made meanwhile has nobody of ours in it.
    isThere: () => false,
  })
}
