/** What is worth knowing of the plan as a whole. */
import { openNotice } from '../../../engine/notice.ts'
import type { Proposed } from '../../../engine/kind.ts'
import type { Notice } from '../../../engine/plan.ts'
import type { Ownership } from '../mailboxes/counterpart.ts'
import type { Facts } from '../mailboxes/readiness.ts'
import { occurrences, vanishedProfileWarnings } from '../../vanished-profiles.ts'
import type { Connection } from './connection.ts'
import type { MembersFound } from './members.ts'

export function planWarnings(
  found: MembersFound,
  facts: Facts,
  ownership: Ownership,
  proposed: readonly Proposed<Connection>[],
  byHand: string | undefined,
): Notice[] {
  return [
    ...unknownFacts(facts),
    ...leavers(found, ownership),
    ...vanished(found, ownership),
    ...handWork(proposed, byHand),
  ]
}

function unknownFacts({ source, target, sourceLicences, targetLicences, sizes }: Facts): Notice[] {
  const blind = [
    ...(sourceLicences ? [] : [`licences in ${source} (User.Read.All)`]),
    ...(targetLicences ? [] : [`licences in ${target} (User.Read.All)`]),
    ...(sizes ? [] : [`sizes of mailboxes in ${source} (Get-MailboxStatistics)`]),
  ]
  if (blind.length === 0) return []
  return [
    openNotice(
      'readiness-unknown',
      `These may not be read, so nobody is held back for them, and a move may fail over them: ${blind.join('; ')}.`,
    ),
  ]
}

/** Somebody who left the group may have left because the move was called off: an admin decides. */
function leavers({ scope, mailUsers }: MembersFound, { names, tenant }: Ownership): Notice[] {
  const members = new Set(scope.members.map(({ key }) => key))
  const left = mailUsers.filter(
    ({ mark }) => mark && names.has(mark.profile) && !members.has(mark.person.toLowerCase()),
  )
  if (left.length === 0) return []
  return [
    openNotice(
      'no-longer-members',
      `${left.length === 1 ? 'One mail user' : `${left.length} mail users`} that this profile made in ${tenant} ${left.length === 1 ? 'is of somebody who is' : 'are of people who are'} not in the group any more: ${left.length === 1 ? 'it stays' : 'they stay'}.`,
    ),
  ]
}

function vanished({ mailUsers }: MembersFound, { profileNames }: Ownership): Notice[] {
  const marks = mailUsers.flatMap(({ mark }) => mark?.profile ?? [])
  return vanishedProfileWarnings(occurrences(marks), profileNames, 'mail users')
}

function handWork(proposed: readonly Proposed<Connection>[], why: string | undefined): Notice[] {
  const count = proposed.filter(({ change }) => change.manual !== undefined).length
  if (count === 0 || why === undefined) return []
  return [
    openNotice(
      'by-hand',
      `${count} ${count === 1 ? 'change needs' : 'changes need'} Microsoft's PowerShell module, for they carry a secret: ${why}. Each has a script to paste; what it leaves, the next apply completes.`,
    ),
  ]
}
