/** The address list as contacts in people's own mailboxes, so that phones show it (DESIGN 3.4). */
import type { Context, Kind, Proposal } from '../../engine/kind.ts'
import { partOf } from '../../engine/shard.ts'
import type { Readers, Writers } from '../../microsoft/connections.ts'
import type { MailboxWriter } from '../../microsoft/mailboxes.ts'
import type { Named } from '../../people/names.ts'
import { normalId, type PersonField } from '../../people/person.ts'
import { sourceReferences } from '../../sources/check.ts'
import type { Surroundings } from '../../sources/surroundings.ts'
import { NOBODY, readPeople, samePeople, type People } from '../people.ts'
import type { Wishes } from './comparison.ts'
import { mailboxesOf, type Mailboxes } from './mailboxes.ts'
import { ownershipRules } from './ownership.ts'
import { Photos } from './photos.ts'
import { proposal } from './proposal.ts'
import { readMailboxes, type MailboxesRead } from './reading.ts'
import { requiredFields } from './required-fields.ts'
import type { PersonalContactsProfile } from './schema.ts'
import { StandingContacts } from './standing.ts'
import { ContactMapping, type WantedContacts } from './wanted.ts'

type Profile = PersonalContactsProfile

/** By these the owner of a mailbox is known, whatever the mapping reads. */
const OWNER_FIELDS: readonly PersonField[] = ['mail', 'userPrincipalName', 'proxyAddresses']
/** A batch holds twenty, and the next one is gathered while one is under way. */
const WRITES_IN_A_REQUEST = 20
/** What Outlook takes of one app at a time (Microsoft Graph, "Throttling limits"). */
const WRITES_OF_A_MAILBOX = 4

export function personalContacts(
  connections: Writers,
  around: (file: string) => Surroundings,
): Kind<Profile, MailboxWriter> {
  return {
    propose: async (profile, context) => (await planned(profile, context, around(context.file))).proposal,
    connect: (profile) => Promise.resolve(connections.mailboxWriter(profile.to.tenant)),
    writesAtATime: (requests) => ({
      inAll: requests * WRITES_IN_A_REQUEST,
      inOneMailbox: WRITES_OF_A_MAILBOX,
    }),
    async explain(profile, address, context) {
      const standing = new StandingContacts(ownershipRules(profile))
      const { found, proposal } = await planned(profile, context, around(context.file), standing)
      const { names, ...who } = await found.explain(address)
      return { ...who, standing: standing.of(names), proposal }
    },
  }
}

interface Planned {
  readonly found: People
  readonly proposal: Proposal<MailboxWriter>
}

/** @param watch sees every contact that is read. */
async function planned(
  profile: Profile,
  context: Context,
  around: Surroundings,
  watch?: StandingContacts,
): Promise<Planned> {
  const { tenants } = around
  const reads = new Set([...new ContactMapping(profile).reads, ...OWNER_FIELDS])
  const graph = tenants.graph(profile.to.tenant)
  const people =
    profile.state === 'absent'
      ? NOBODY
      : await readPeople(profile.from, reads, requiredFields(profile), around)
  const mailboxes = await mailboxesOf(profile, graph, usersAmong(people, profile))
  const read = (found: People) => stateOf(found, profile, mailboxes, tenants, context, watch)
  const state = await read(people)
  // Who is hidden in Exchange alone is asked only before somebody is shown.
  const again = state.read.changes.creates ? await people.secondLook?.() : undefined
  const found = again ?? people
  const known = samePeople(found, people) ? state : await read(found)
  return { found, proposal: proposal({ found, ...known, profile, mailboxes, context }) }
}

/** Milliseconds. No run of several jobs takes longer. */
const DAY = 86_400_000

interface State {
  readonly wanted: WantedContacts
  readonly photos: Photos | undefined
  readonly read: MailboxesRead
}

/** What is wanted, and what stands in the mailboxes. */
async function stateOf(
  { people }: People,
  profile: Profile,
  { targets }: Mailboxes,
  tenants: Readers,
  { now, shard, since }: Context,
  watch: StandingContacts | undefined,
): Promise<State> {
  const { to, state } = profile
  const mapping = new ContactMapping(profile)
  const wanted = mapping.wantedContacts(people, to)
  const photos = to.photos && state === 'present' ? await photosOf(wanted, profile, tenants) : undefined
  const wishes: Wishes = {
    profile: profile.name,
    contacts: wanted.wanted,
    people: new Set(wanted.wanted.map(({ key }) => normalId(key))),
    includeOwner: to.includeOwner,
    photos: photos?.etags ?? new Map<string, string>(),
  }
  const read = await readMailboxes(targets, {
    reader: tenants.mailboxes(to.tenant),
    rules: ownershipRules(profile),
    wishes,
    folder: to.folder,
    attributes: mapping.names,
    withPhotos: to.photos,
    absent: state === 'absent',
    ...(watch && { watch: (target, contacts) => watch.see(target, contacts) }),
    // Where the run's beginning is known, what its other jobs made is told by its age, in every part.
    isOwnPart: since ? () => false : partOf(shard),
    before: inSeconds(since ?? new Date(now.getTime() - DAY)),
    token: () => tenants.graph(to.tenant).token(),
  })
  return { wanted, photos, read }
}

/** ISO 8601. Outlook counts in whole seconds: what was made in the same one is not older. */
function inSeconds(time: Date): string {
  return new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString()
}

/** Where all people are of the tenant of the mailboxes, its members among them are its users. */
function usersAmong({ people }: People, { from, to }: Profile): readonly Named[] {
  if (!from.every((source) => 'entra' in source && source.entra === to.tenant)) return []
  return people.map(({ person }) => person).filter(({ type }) => type === 'member')
}

function photosOf({ wanted }: WantedContacts, { from }: Profile, tenants: Readers): Promise<Photos> {
  const names = [...new Set(sourceReferences(from).map(({ tenant }) => tenant))]
  return Photos.of(
    wanted.map(({ key }) => key),
    names.map((name) => tenants.mailboxes(name)),
  )
}
