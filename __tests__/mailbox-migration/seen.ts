/** What is to be seen of a migration: in both tenants, on the wire, and in plans. */
import type { Action, ProfilePlan, Value } from '../../src/engine/plan.ts'
import type { Tenant } from '../../src/simulator/world.ts'
import type { Migrating } from './migrating.ts'

/** By the names of Exchange; scopes by the display names of their groups. */
export function relationships({ migration, recipients }: Tenant): Record<string, unknown>[] {
  return [...migration.relationships].map(({ name, values }) => {
    const scopes = values['MailboxMovePublishedScopes'] as readonly string[] | undefined
    return {
      Name: name,
      ...values,
      ...(scopes && {
        MailboxMovePublishedScopes: scopes.map((guid) => recipients.get(guid)?.values['DisplayName']),
      }),
    }
  })
}

/** By their names: the status, and how far everybody in them is. */
export function batches({ target }: Migrating): Record<string, { status: string; users: string[] }> {
  return Object.fromEntries(
    [...target.migration.batches].map(({ name, values: { status, users } }) => [
      name,
      { status, users: users.map((user) => `${user.address}: ${user.status}`) },
    ]),
  )
}

/** Before and after of each field of the first change of such an object. */
export function fieldsOf(
  { changes }: Pick<ProfilePlan, 'changes'>,
  object: string,
  action?: Action,
): Record<string, [before: Value, after: Value]> {
  const change = changes.find((one) => one.object === object && (action ?? one.action) === one.action)
  return Object.fromEntries(
    (change?.fields ?? []).map(({ field, before, after }) => [field, [before, after]]),
  )
}

/** Cmdlets that write, in the order of their arrival: `contoso: New-MailUser`. */
export function writes({ tenants }: Migrating, since = 0): string[] {
  return tenants.simulator.requests
    .slice(since)
    .filter(({ write, service }) => write && service === 'exchange')
    .map(({ operation, tenant }) => `${tenant}: ${operation}`)
}

/** The writes of one more apply. */
export async function written(migrating: Migrating): Promise<string[]> {
  const { length } = migrating.tenants.simulator.requests
  await migrating.apply()
  return writes(migrating, length)
}

/** Parameters of every call of a cmdlet. */
export function calls({ tenants }: Migrating, cmdlet: string): Record<string, unknown>[] {
  return tenants.simulator.requests
    .filter(({ operation, service }) => operation === cmdlet && service === 'exchange')
    .map(
      ({ body }) => (body as { CmdletInput: { Parameters: Record<string, unknown> } }).CmdletInput.Parameters,
    )
}

/** `address-taken: the UserMailbox "…" has the address …` and the like, by the names of people. */
export function skipped({ skipped: all }: Pick<ProfilePlan, 'skipped'>): Record<string, string> {
  return Object.fromEntries(all.map(({ label, reason, detail }) => [nameIn(label), `${reason}: ${detail}`]))
}

/** `warning Not ready. …` and the like, by the names of people. */
export function mailboxes({ health }: Pick<ProfilePlan, 'health'>): Record<string, string> {
  return Object.fromEntries(
    health
      .filter(({ what }) => what === 'mailbox')
      .map(({ key, state, message }) => [nameIn(key), `${state} ${message}`]),
  )
}

function nameIn(label: string): string {
  return label.replace(/ <.*/, '')
}
