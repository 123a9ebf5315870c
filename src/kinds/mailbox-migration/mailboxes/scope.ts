/**
 * Whose mailboxes move: the direct members of a mail-enabled security group, which is the published scope.
 * Source: Microsoft 365, "Cross-tenant mailbox migration": "nested groups aren't supported".
 */
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import { identityOf, textOf, type ExchangeReader, type Row } from '../../../microsoft/exchange.ts'
import { isGuid } from '../../../people/guid.ts'
import { normalAddress } from '../../../people/address.ts'
import { personLabel } from '../../../people/person.ts'
import type { PublishedScope } from '../organization/relationship.ts'
import { keyOf, namesOf } from './mailbox.ts'

export interface Member {
  /** The Entra object id, in lower case; of a mailbox, its own. */
  readonly key: string
  /** All by which its mailbox can be found, in lower case. */
  readonly names: ReadonlySet<string>
  readonly label: string
  /** `UserMailbox`, `MailUser`, … */
  readonly type: string
}

export interface Scope {
  readonly group: PublishedScope
  readonly members: readonly Member[]
}

/** By any of these Exchange may name it elsewhere. */
const GROUP_NAMES = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  'DisplayName',
  'PrimarySmtpAddress',
  'Identity',
  'DistinguishedName',
]
const SECURITY_GROUP = 'MailUniversalSecurityGroup'

function typeOf(row: Row): string {
  return textOf(row, 'RecipientTypeDetails') || textOf(row, 'RecipientType')
}

/** @param name a display name, name, mail address or object id. @throws ScopeError, ServiceError, IncompleteReadError */
export async function readScope(exchange: ExchangeReader, name: string): Promise<Scope> {
  const group = await findScope(exchange, name)
  const rows = await listUndivided(exchange, 'Get-DistributionGroupMember', {
    Identity: group.guid,
    ResultSize: 'Unlimited',
  })
  const members = new Map(rows.map(memberOf).map((member) => [member.key, member]))
  return {
    group,
    members: [...members.values()].toSorted((left, right) => (left.key < right.key ? -1 : 1)),
  }
}

/** @throws ScopeError for a group that is not found, stands for several, or cannot be a scope. */
export async function findScope(exchange: ExchangeReader, name: string): Promise<PublishedScope> {
  const rows = await listUndivided(exchange, 'Get-Recipient', { Filter: namedBy(name) })
  const wanted = name.toLowerCase()
  const named = rows.filter((row) => typeOf(row).includes('Group') && groupNames(row).has(wanted))
  const [group, another] = named
  const place = `tenant ${exchange.tenant}`
  if (!group)
    throw new ScopeError('group-not-found', `There is no group ${JSON.stringify(name)} in ${place}.`)
  if (another)
    throw new ScopeError(
      'group-ambiguous',
      `${named.length} groups of ${place} go by ${JSON.stringify(name)}: name the object id of one.`,
    )
  if (typeOf(group) !== SECURITY_GROUP)
    throw new ScopeError(
      'group-not-a-scope',
      `The group ${JSON.stringify(name)} of ${place} is no mail-enabled security group (it is a ${typeOf(group)}): only such a one can be the published scope of a migration.`,
    )
  return { guid: identityOf(group)!, name: textOf(group, 'Name') || name, names: groupNames(group) }
}

/** As OPATH; a quote in a text is doubled (Exchange PowerShell, "Additional OPATH syntax information"). */
function namedBy(name: string): string {
  const text = name.replaceAll("'", "''")
  if (isGuid(name)) return `ExternalDirectoryObjectId -eq '${text}' -or Guid -eq '${text}'`
  const byName = `DisplayName -eq '${text}' -or Name -eq '${text}'`
  return name.includes('@') ? `${byName} -or EmailAddresses -eq 'smtp:${text}'` : byName
}

function groupNames(row: Row): ReadonlySet<string> {
  const names = GROUP_NAMES.map((property) => textOf(row, property).toLowerCase())
  return new Set(names.filter((name) => name !== ''))
}

function memberOf(row: Row): Member {
  const mail = textOf(row, 'PrimarySmtpAddress')
  const displayName = textOf(row, 'DisplayName') || textOf(row, 'Name')
  return {
    key: keyOf(row) || normalAddress(mail) || displayName.toLowerCase(),
    names: namesOf(row),
    label: personLabel({ displayName, mail }),
    type: typeOf(row),
  }
}

export class ScopeError extends Error {
  override readonly name = 'ScopeError'
  readonly advice: string
  /** In the profile. */
  readonly path = ['from', 'group']
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
    this.advice = message
  }
}
