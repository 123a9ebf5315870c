/**
 * Takes down what the profile set up, in the reverse order (`state: absent`), sparing what others use. Mailboxes
 * stay, wherever they are; so do mail users that were there before.
 */
import type { Proposal } from '../../../engine/kind.ts'
import { openNotice } from '../../../engine/notice.ts'
import type { Notice, Skipped } from '../../../engine/plan.ts'
import { batchRemoval, CompletingError } from '../batch/batch-removal.ts'
import { batchLabel, ownBatches, type Batch, type MigrationUser } from '../batch/batch.ts'
import { batchHealth, isSwitchingOver, readPercentages } from '../batch/progress.ts'
import { mailUserRemoval } from '../mailboxes/mail-user-removal.ts'
import { readMailUsers, type MailUser } from '../mailboxes/mail-user.ts'
import { createdNames } from '../mailboxes/matching.ts'
import { readScope, ScopeError, type Scope } from '../mailboxes/scope.ts'
import { fetchesFrom } from '../organization/endpoint.ts'
import type { Connection } from './connection.ts'
import { organizationsRemoval, type TakingDown } from './organizations-removal.ts'
import { readStanding, seriesOf, type Standing } from './standing.ts'

export async function teardown(about: TakingDown): Promise<Proposal<Connection>> {
  const { profile, sides, names } = about
  const [standing, mailUsers, scope] = await Promise.all([
    readStanding(sides, profile.endpoint),
    readMailUsers(sides.target.exchange),
    scopeOf(about),
  ])
  const { endpoint, partners } = standing
  // Through an endpoint of that name that is somebody else's, the batches are, too.
  const isElsewhere = endpoint && !fetchesFrom(endpoint, partners.source, profile.application.clientId)
  const batches = isElsewhere ? [] : ownBatches(standing.batches, seriesOf(profile, standing))
  const users = standing.migrationUsers.filter(({ batch }) => batches.some(({ name }) => name === batch))
  const percentages = await readPercentages(sides.target.exchange, users)
  const health = batches.map((batch) =>
    batchHealth(
      batch,
      users.filter((user) => user.batch === batch.name),
      percentages,
      profile.batch.completeAfter,
    ),
  )
  const made = madeBy(names, mailUsers, scope)
  const common = { managed: made.length, begun: made.length > 0, unchanged: 0, health }
  const waiting = completing(batches, users)
  if (waiting.length > 0)
    return {
      ...common,
      proposed: [],
      skipped: waiting.map((batch) => waitsFor(batch, about)),
      warnings: [],
    }
  const removals = batches.map((batch) => batchRemoval(profile, batch))
  const elsewhere = othersIn(standing.migrationUsers, users)
  const isMoving = ({ mailUser: { addresses, exchangeGuid } }: Made) =>
    [...addresses, exchangeGuid ?? ''].some((name) => elsewhere.has(name))
  const organizations = organizationsRemoval(about, standing, scope?.group, batches, removals)
  return {
    ...common,
    proposed: [
      ...removals,
      ...made
        .filter((one) => !isMoving(one))
        .map(({ mailUser, person }) => ({ ...mailUserRemoval(mailUser, person), after: removals })),
      ...organizations.changes,
    ],
    skipped: made.filter(isMoving).map(inAnotherBatch),
    warnings: [...organizations.spared, ...(isElsewhere ? [spared(about, standing)] : [])],
  }
}

/** It may be gone before the profile is. */
async function scopeOf({ profile, sides }: TakingDown): Promise<Scope | undefined> {
  try {
    return await readScope(sides.source.exchange, profile.from.group)
  } catch (error) {
    if (error instanceof ScopeError) return undefined
    throw error
  }
}

/** Whose mailbox is being switched over at this moment is left alone until it has arrived, and all with it. */
function completing(batches: readonly Batch[], users: readonly MigrationUser[]): Batch[] {
  return batches.filter(
    ({ name, status }) =>
      status === 'Completing' || users.some((user) => user.batch === name && isSwitchingOver(user)),
  )
}

function waitsFor({ name }: Batch, { sides }: TakingDown): Skipped {
  const { message, code } = new CompletingError(name)
  const label = batchLabel(sides.target.name, name)
  return { key: label, label, reason: code, detail: message, advice: message }
}

interface Made {
  readonly mailUser: MailUser
  readonly person: string
}

/** Those that bear the mark; and those that a create of ours left without one, as far as their names tell. */
function madeBy(
  names: ReadonlySet<string>,
  mailUsers: readonly MailUser[],
  scope: Scope | undefined,
): Made[] {
  const created = new Map(
    scope?.members.flatMap(({ key }) => createdNames(key, names).map((name) => [name, key] as const)),
  )
  return mailUsers.flatMap((mailUser) => {
    const { mark, markText, name } = mailUser
    const person = mark && names.has(mark.profile) ? mark.person : undefined
    const unfinished = markText === '' ? created.get(name) : undefined
    const found = person ?? unfinished
    return found === undefined ? [] : [{ mailUser, person: found }]
  })
}

/** Addresses and mailboxes that batches of others move. */
function othersIn(all: readonly MigrationUser[], own: readonly MigrationUser[]): ReadonlySet<string> {
  const ours = new Set(own)
  const names = all
    .filter((user) => !ours.has(user))
    .flatMap(({ address, mailboxGuid }) => [address, mailboxGuid])
  return new Set(names.filter((name) => name !== ''))
}

function inAnotherBatch({ mailUser, person }: Made): Skipped {
  return {
    key: person,
    label: mailUser.displayName,
    reason: 'in-a-batch',
    detail: 'another batch moves a mailbox to it',
    advice: 'Another batch moves a mailbox to it.',
  }
}

function spared({ profile, sides }: TakingDown, { endpoint }: Standing): Notice {
  return openNotice(
    'endpoint-elsewhere',
    `The migration endpoint ${endpoint?.name ?? profile.endpoint} of tenant ${sides.target.name} is not one for ${sides.source.name}: it stays, with its batches.`,
  )
}
