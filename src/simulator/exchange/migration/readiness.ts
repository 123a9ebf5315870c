/**
 * Is one mailbox ready to move ("Cross-tenant mailbox migration", "Prepare target user objects for migration" and
 * "Known issues")? Texts in quotation marks in Microsoft's documents are used as they are; the others are worded
 * alike.
 */
import type { Tenant, World } from '../../world.ts'
import { foreignDomain } from '../addresses.ts'
import { HOLDS } from '../attributes.ts'
import {
  MAILBOX_TYPES,
  NO_GUID,
  addressesOf,
  addressKey,
  exchangeGuid,
  legacyExchangeDN,
  listOf,
  textOf,
  type Recipient,
} from '../recipient.ts'
import { scopesFor, sourceOf } from './authorization.ts'
import type { Endpoint } from './endpoint.ts'

/** A mailbox, and the mail user that is to become it. */
export interface Pair {
  readonly source: Tenant
  readonly target: Tenant
  readonly mailbox: Recipient
  readonly mailUser: Recipient
}

/** @returns the pair, or why it is none or may not move. */
export function readiness(
  world: World,
  target: Tenant,
  endpoint: Endpoint,
  mailUser: Recipient,
): Pair | string {
  if (MAILBOX_TYPES.includes(mailUser.type))
    return `Target user '${textOf(mailUser, 'Name')}' already has a primary mailbox.`
  const guid = exchangeGuid(mailUser)
  const source = sourceOf(world, endpoint)!
  const mailbox = [...source.recipients.ofType(...MAILBOX_TYPES)].find((one) => exchangeGuid(one) === guid)
  if (guid === NO_GUID || !mailbox) return `Cannot find a recipient that has mailbox GUID '${guid}'.`
  const pair = { source, target, mailbox, mailUser }
  for (const check of [scopeFault, holdFault, archiveFault, addressFault]) {
    const fault = check(pair)
    if (fault !== undefined) return fault
  }
  return pair
}

/** Direct members count: "nested groups aren't supported". */
function scopeFault({ source, target, mailbox }: Pair): string | undefined {
  const groups = scopesFor(source, target).map((guid) => source.recipients.get(guid))
  return groups.some((group) => group?.members.includes(mailbox.objectId))
    ? undefined
    : `The mailbox '${textOf(mailbox, 'Name')}' isn't in the scope of mailboxes that the remote organization has published for moves.`
}

/** "Mailboxes that are on any type of hold aren't migrated, and the move for those mailboxes is blocked." */
function holdFault({ mailbox }: Pair): string | undefined {
  const holds: string[] = HOLDS.filter((hold) => mailbox.values[hold] === true)
  // `-mbx…` takes the mailbox out of a policy of the organization (Purview, "Identify the type of hold").
  if (listOf(mailbox, 'InPlaceHolds').some((hold) => !hold.startsWith('-'))) holds.push('InPlaceHolds')
  return holds.length > 0
    ? `The mailbox '${textOf(mailbox, 'Name')}' can't be moved because it is on hold: ${holds.join(', ')}.`
    : undefined
}

function archiveFault({ mailbox, mailUser }: Pair): string | undefined {
  const isExpanding = mailbox.values['AutoExpandingArchiveEnabled'] === true
  if (isExpanding && textOf(mailbox, 'ArchiveGuid') !== '')
    return `The mailbox '${textOf(mailbox, 'Name')}' can't be moved because it has an auto-expanding archive.`
  const [there, here] = [textOf(mailbox, 'ArchiveGuid'), textOf(mailUser, 'ArchiveGuid')]
  return there === here
    ? undefined
    : `The archive GUID '${here || NO_GUID}' of the target user doesn't match the archive GUID '${there || NO_GUID}' of the source mailbox.`
}

function addressFault({ target, mailbox, mailUser }: Pair): string | undefined {
  const own = addressesOf(mailUser)
  if (own.some((address) => foreignDomain(address, target.domains) !== undefined))
    return "You can't use the domain because it's not an accepted domain for your organization."
  const keys = new Set(own.map(addressKey))
  const wanted = [
    `x500:${legacyExchangeDN(mailbox)}`,
    ...addressesOf(mailbox).filter((address) => /^x500:/i.test(address)),
  ]
  const missing = wanted.find((address) => !keys.has(addressKey(address)))
  return missing === undefined
    ? undefined
    : `The target user '${textOf(mailUser, 'Name')}' doesn't have the proxy address '${missing}' of the source mailbox.`
}
