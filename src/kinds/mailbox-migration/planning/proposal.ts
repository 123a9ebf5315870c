/** What a profile proposes, of all that stands: organizations, mail users, batches; and how ready everybody is. */
import type { Proposal, Proposed } from '../../../engine/kind.ts'
import { batchUpdates } from '../batch/batch-updates.ts'
import { ownBatches } from '../batch/batch.ts'
import { newBatches } from '../batch/new-batches.ts'
import { readPercentages } from '../batch/progress.ts'
import { isConflict, type Ownership } from '../mailboxes/counterpart.ts'
import { mailUserChange, type Preparing } from '../mailboxes/mail-user-changes.ts'
import { outlookOf, type Outlook } from '../mailboxes/outlook.ts'
import type { Facts } from '../mailboxes/readiness.ts'
import { triedOut, type About } from '../organization/availability.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import type { Connection } from './connection.ts'
import { endpointOf, forewarnings, placeOf, relationshipChanges, type Establishing } from './establishment.ts'
import { readFacts } from './facts.ts'
import { healthOf } from './health.ts'
import { userOf, usersIn, type UsersIn } from './moving-users.ts'
import { destinationOf, readMembers, type MembersFound } from './members.ts'
import type { Sides } from './sides.ts'
import { readStanding, seriesOf, type Standing } from './standing.ts'
import { planWarnings } from './warnings.ts'

export interface Given {
  readonly profile: MailboxMigrationProfile
  readonly sides: Sides
  readonly ownership: Ownership
  /** Why a script must be pasted for cmdlets that take a secret; absent where this machine can run them. */
  readonly byHand: string | undefined
}

export interface Proposing {
  readonly found: MembersFound
  /** By the member's key. */
  readonly outlooks: ReadonlyMap<string, Outlook>
  /** Names of the profile's batches. */
  readonly batches: ReadonlySet<string>
  readonly proposal: Proposal<Connection>
}

export async function proposalOf(given: Given): Promise<Proposing> {
  const { profile, sides, ownership, byHand } = given
  const standing = await readStanding(sides, profile.endpoint)
  const found = await readMembers(profile, sides, destinationOf(profile, standing), ownership)
  const users = usersIn(standing.migrationUsers)
  const facts = await readFacts(sides, found, users)
  const outlooks = outlooksOf(given, standing, found, facts, users)
  const all = [...outlooks.values()]

  const establishing: Establishing = { profile, sides, standing, group: found.scope.group, byHand }
  const relationships = relationshipChanges(establishing)
  const about: About = {
    sides,
    clientId: profile.application.clientId,
    secretEnv: profile.application.secretEnv,
  }
  const availability =
    relationships.length === 0 && standing.endpoint
      ? await triedOut(sides.target.exchange, profile.endpoint, preparedAddress(all), about)
      : undefined
  const failure = typeof availability === 'object' ? availability : undefined
  const endpoint = endpointOf(establishing, failure?.ofCredentials === true)
  const organizations = [...relationships, ...(endpoint ? [endpoint] : [])]

  const batches = ownBatches(standing.batches, seriesOf(profile, standing))
  const mailUsers = all.flatMap(({ change }) => change ?? [])
  const updates = batches.map((batch) => batchUpdates(profile, batch, { organizations, mailUsers }))
  const joining = all.flatMap((outlook) => outlook.joining ?? [])
  // Through an endpoint that lets nobody through a batch would only fail.
  const created =
    failure && !endpoint ? [] : newBatches(profile, standing.batches, joining, about, organizations)
  const proposed: Proposed<Connection>[] = [...organizations, ...mailUsers, ...updates.flat(), ...created]

  const own = standing.migrationUsers.filter(({ batch }) => batches.some(({ name }) => name === batch))
  const percentages = await readPercentages(sides.target.exchange, own)
  const managed = managedOf(found, all, ownership)
  const proposal: Proposal<Connection> = {
    managed,
    begun: managed > 0,
    people: found.moving.length + found.moved.size,
    proposed,
    unchanged:
      ORGANIZATION_OBJECTS -
      organizations.length +
      all.filter(({ change, skipped }) => !change && !skipped).length +
      found.moved.size +
      updates.filter(({ length }) => length === 0).length,
    skipped: [...all.flatMap(({ skipped }) => skipped ?? []), ...withoutMailbox(found, sides)],
    warnings: [
      ...(await forewarnings(establishing)),
      ...planWarnings(found, facts, ownership, proposed, byHand),
    ],
    health: healthOf({ profile, availability, batches, users: own, percentages, found, outlooks, facts }),
  }
  return { found, outlooks, batches: new Set(batches.map(({ name }) => name)), proposal }
}

/** Two relationships and an endpoint. */
const ORGANIZATION_OBJECTS = 3

function outlooksOf(
  { profile, sides, ownership, byHand }: Given,
  standing: Standing,
  found: MembersFound,
  facts: Facts,
  users: UsersIn,
): ReadonlyMap<string, Outlook> {
  const preparing: Preparing = {
    profile: profile.name,
    ownership,
    to: destinationOf(profile, standing),
    byHand,
    place: placeOf(sides, standing),
  }
  return new Map(
    found.moving.map((one) => [
      one.mailbox.key,
      outlookOf(one, {
        change: isConflict(one) ? undefined : mailUserChange(one, preparing),
        user: userOf(one, users),
        facts,
      }),
    ]),
  )
}

/** Whoever bears the mark, in the group or not; whom others prepared for a member; and who has arrived. */
function managedOf(
  { mailUsers, moved }: MembersFound,
  all: readonly Outlook[],
  { names }: Ownership,
): number {
  const marked = mailUsers.filter(({ mark }) => mark && names.has(mark.profile)).length
  return marked + all.filter(({ prepared }) => prepared === 'unmarked').length + moved.size
}

/** Of somebody who is ready now: a test with a mailbox tells more. */
function preparedAddress(all: readonly Outlook[]): string | undefined {
  return all.find(({ joining }) => joining && !joining.preparation)?.joining?.address
}

function withoutMailbox({ without }: MembersFound, { source }: Sides): Proposal<Connection>['skipped'] {
  return without.map(({ key, label, type }) => ({
    key,
    label,
    reason: 'no-mailbox',
    detail: `it is a ${type}, and has no mailbox in ${source.name}`,
    advice: type.includes('Group')
      ? 'It is a group in the group, whose members do not count: name them in the group itself.'
      : `It has no mailbox in ${source.name}.`,
  }))
}
