/** What was found in the mailboxes, as a proposal: its changes, and what an admin should know. */
import type { Context, Proposal } from '../../engine/kind.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Skipped } from '../../engine/plan.ts'
import { partOf } from '../../engine/shard.ts'
import type { MailboxWriter } from '../../microsoft/mailboxes.ts'
import type { People } from '../people.ts'
import { vanishedProfileWarnings } from '../vanished-profiles.ts'
import { proposedContacts, proposedFolder, type Writing } from './changes.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Photos } from './photos.ts'
import type { MailboxesRead } from './reading.ts'
import type { PersonalContactsProfile } from './schema.ts'
import type { WantedContacts } from './wanted.ts'

export interface Inputs {
  readonly found: People
  readonly wanted: WantedContacts
  readonly photos: Photos | undefined
  readonly read: MailboxesRead
  readonly profile: PersonalContactsProfile
  readonly mailboxes: Mailboxes
  readonly context: Context
}

export function proposal(inputs: Inputs): Proposal<MailboxWriter> {
  const { found, wanted, photos, read, profile, context } = inputs
  const { name, to, state } = profile
  const { unknownUsers, unknownExcluded } = inputs.mailboxes
  const { changes, folders, withoutFolder, unavailable, marked, adoptable, unchanged, mailboxes } = read
  const writing: Writing = { profile: name, folders, photos, isOwnPart: partOf(context.shard) }
  const folder = to.folder === undefined ? undefined : proposedFolder(to.folder, withoutFolder, writing)
  const unreached = [...unavailable, ...unknownUsers.map((user) => noSuchUser(user, to.tenant))]
  return {
    managed: marked + adoptable,
    begun: read.begun,
    ...(state === 'present' && { people: found.people.length }),
    proposed: [...(folder ? [folder] : []), ...proposedContacts(changes, writing, folder)],
    unchanged,
    skipped: [...found.skipped, ...wanted.skipped, ...unreached],
    warnings: [
      ...found.warnings,
      ...wanted.warnings,
      ...(photos?.warnings ?? []),
      ...adoptionWarnings(adoptable),
      ...unknownExcluded.map((user) => excludedNobody(user, to.tenant)),
      ...vanishedProfileWarnings(read.others, context.profileNames, 'contacts'),
    ],
    health: [],
    mailboxes,
    ...((read.unreached || unknownUsers.length > 0) && { incomplete: unreachedNotice(unreached.length) }),
  }
}

function noSuchUser(user: string, tenant: string): Skipped {
  const why = `Nobody in tenant ${tenant} goes by this user principal name, mail address or object id: correct it under mailboxes.users or take it out.`
  return { key: user, label: user, reason: 'mailbox-unavailable', detail: why, advice: why }
}

function excludedNobody(user: string, tenant: string): Notice {
  const told = (whom: string) =>
    `Nobody in tenant ${tenant} goes by ${whom} of mailboxes.exclude: if it is a slip of the pen, somebody is not excluded.`
  return { code: 'unknown-excluded-mailbox', message: told(`"${user}"`), advice: told('an entry') }
}

function adoptionWarnings(adoptable: number): Notice[] {
  if (adoptable === 0) return []
  return [
    openNotice(
      'switch-off-o365synchronizer',
      `${adoptable} ${adoptable === 1 ? 'contact' : 'contacts'} of O365-Synchronizer will be taken over, or deleted where nobody stands behind it. Switch off its schedule before this is applied: it knows none of them afterwards, and would make them again.`,
    ),
  ]
}

function unreachedNotice(count: number): Notice {
  return openNotice(
    'mailbox-unavailable',
    `${count} ${count === 1 ? 'mailbox' : 'mailboxes'} could not be reached and ${count === 1 ? 'is' : 'are'} left as ${count === 1 ? 'it is' : 'they are'}: each is named with its reason under mailboxes that could not be reached.`,
  )
}
