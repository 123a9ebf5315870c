/** How the endpoint, the batches and every mailbox stand. */
import type { Health } from '../../../engine/plan.ts'
import type { Batch, MigrationUser } from '../batch/batch.ts'
import { batchHealth, userHealth } from '../batch/progress.ts'
import { outlookHealth, type Outlook } from '../mailboxes/outlook.ts'
import type { Facts } from '../mailboxes/readiness.ts'
import type { Member } from '../mailboxes/scope.ts'
import type { Availability } from '../organization/availability.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import type { MembersFound } from './members.ts'

export interface Progressing {
  readonly profile: MailboxMigrationProfile
  readonly availability: Availability | undefined
  /** The profile's own, and who is in them. */
  readonly batches: readonly Batch[]
  readonly users: readonly MigrationUser[]
  readonly percentages: ReadonlyMap<string, number>
  readonly found: MembersFound
  /** By the member's key. */
  readonly outlooks: ReadonlyMap<string, Outlook>
  readonly facts: Facts
}

export function healthOf(about: Progressing): Health[] {
  const { profile, availability, batches, users, percentages, found, outlooks } = about
  const own = new Set(batches.map(({ name }) => name))
  return [
    ...endpointHealth(profile, availability),
    ...batches.map((batch) =>
      batchHealth(
        batch,
        users.filter((user) => user.batch === batch.name),
        percentages,
        profile.batch.completeAfter,
      ),
    ),
    ...found.scope.members.map((member) => {
      const outlook = outlooks.get(member.key)
      return outlook ? outlookHealth(outlook, percentages, own) : arrived(member, about)
    }),
    ...strangers(about, own),
  ]
}

function endpointHealth(
  { endpoint }: MailboxMigrationProfile,
  availability: Availability | undefined,
): Health[] {
  if (availability === undefined) return []
  const line = (state: Health['state'], message: string, advice = message): Health[] => [
    { what: 'endpoint', key: endpoint, configuration: true, state, message, advice },
  ]
  if (availability === 'available')
    return line('ok', 'Test-MigrationServerAvailability lets mailboxes through.')
  if (availability === 'untested')
    return line('ok', 'Not tested: this identity may only read. An apply tests it before it makes a batch.')
  const { text, advice } = availability
  return line('error', `Test-MigrationServerAvailability failed: ${text} ${advice}`, advice)
}

/** A member without a mailbox in the source: it has moved, or there never was one. */
function arrived({ key, label, type }: Member, { found, facts }: Progressing): Health {
  const moved = found.moved.get(key)
  const line = (state: Health['state'], told: string): Health => ({
    what: 'mailbox',
    key: label,
    state,
    message: told,
    advice: told,
  })
  if (!moved)
    return line(
      'warning',
      type.includes('Group')
        ? 'Not ready. It is a group in the group, whose members do not count: name them in the group itself.'
        : `Not ready. ${facts.source}: it has no mailbox (${type || 'of whatever type'}).`,
    )
  const licences = facts.targetLicences?.get(moved.there)
  return licences && licences.mailbox === undefined && licences.isUser
    ? line(
        'warning',
        `Moved. ${facts.target}: no licence for Exchange, without which the mailbox is deleted 30 days after the move.`,
      )
    : line('ok', `Moved to ${facts.target}.`)
}

/** People in the batches of the profile who are no members, or no longer. */
function strangers({ users, found, outlooks, percentages }: Progressing, own: ReadonlySet<string>): Health[] {
  const moving = new Set(Array.from(outlooks.values(), ({ user }) => user))
  const arrivals = new Set(
    [...found.moved.values()].flatMap(({ exchangeGuid, addresses }) => [exchangeGuid, ...addresses]),
  )
  return users
    .filter((user) => !moving.has(user) && !arrivals.has(user.mailboxGuid) && !arrivals.has(user.address))
    .map((user) => {
      const { message, advice, ...health } = userHealth(user.address, user, percentages, own)
      const more = 'It is no member of the group, or no longer.'
      return {
        ...health,
        state: health.state === 'ok' ? 'warning' : health.state,
        message: `${message} ${more}`,
        advice: `${advice} ${more}`,
      }
    })
}
