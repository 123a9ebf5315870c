/** What the schema cannot say: what depends on the tenants and on other profiles. */
import { ordinalOf } from './batch/batch.ts'
import type { CheckContext } from '../../profiles/kind.ts'
import { isMigration, type MailboxMigrationProfile } from './schema.ts'

export function checkMailboxMigration(profile: MailboxMigrationProfile, context: CheckContext): void {
  checkTenants(profile, context)
  for (const other of context.others) if (isMigration(other)) checkBeside(profile, other, context)
}

function checkTenants({ from, to }: MailboxMigrationProfile, { tenants, report }: CheckContext): void {
  const [source, target] = [tenants.get(from.tenant), tenants.get(to.tenant)]
  if (!source || !target) return
  if (source.tenantId.toLowerCase() === target.tenantId.toLowerCase())
    report(
      ['to', 'tenant'],
      `\`${from.tenant}\` and \`${to.tenant}\` are one tenant: nothing moves within it`,
    )
  else if (source.cloud !== target.cloud)
    report(
      ['to', 'tenant'],
      `\`${from.tenant}\` is in the cloud ${source.cloud}, \`${to.tenant}\` in ${target.cloud}: mailboxes move only within one`,
    )
}

function checkBeside(
  profile: MailboxMigrationProfile,
  other: MailboxMigrationProfile,
  { tenants, report }: CheckContext,
): void {
  const pair = ({ from, to }: MailboxMigrationProfile) =>
    [from.tenant, to.tenant].map((name) => tenants.get(name)?.tenantId.toLowerCase() ?? name)
  const [[source, target], [otherSource, otherTarget]] = [pair(profile), pair(other)]
  const stays = profile.state !== 'absent' && other.state !== 'absent'
  if (stays && source === otherTarget && target === otherSource && other.name < profile.name)
    report(
      ['to', 'tenant'],
      `profile \`${other.name}\` moves mailboxes the other way: an organization relationship has one direction`,
    )
  // Told of one of the two.
  if (target !== otherTarget || other.name > profile.name) return
  if (isOneSeries(profile.batch.name, other.batch.name))
    report(
      ['batch', 'name'],
      `profile \`${other.name}\` names its batch \`${other.batch.name}\` in the same tenant: further batches are numbered behind the name, so each needs one that is not the other's`,
    )
  if (!same(profile.endpoint, other.endpoint)) return
  if (source !== otherSource)
    report(
      ['endpoint'],
      `profile \`${other.name}\` fetches mailboxes from another tenant through the endpoint of this name`,
    )
  else if (!same(profile.application.clientId, other.application.clientId))
    report(
      ['application', 'clientId'],
      `profile \`${other.name}\` uses the same endpoint with another application`,
    )
}

/** The one could be a further batch of the other, and would be taken for it; also by a profile that goes. */
function isOneSeries(left: string, right: string): boolean {
  return ordinalOf(left, right) !== undefined || ordinalOf(right, left) !== undefined
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
