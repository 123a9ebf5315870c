import { contactId, groupId, mailUserId, userId } from '../ids.ts'
import type { Ids } from '../ids.ts'
import { isGuest, mailboxKind } from '../mailbox-kind.ts'
import type { MailboxKind } from '../mailbox-kind.ts'
import { SeedError } from '../seed.ts'
import type { GroupSeed, TenantSeed, UserSeed } from '../seed.ts'
import { propertiesOf } from './contract.ts'
import { Directory } from './directory.ts'
import type { Properties } from './directory.ts'

/**
 * A tenant's users and groups as the seed gives them.
 * @throws SeedError when a member, manager or property is not known
 */
export function seedDirectory(seed: TenantSeed, ids: Ids, now: Date): Directory {
  const directory = new Directory()
  const created = now.toISOString().replace(/\.\d+Z$/, 'Z')
  for (const user of [...(seed.users ?? []), ...mailUsers(seed, ids)])
    directory.addUser(userProperties(user, ids, created))
  for (const { userPrincipalName, manager } of seed.users ?? []) {
    if (manager === undefined) continue
    directory.setManager(known(directory, userPrincipalName), known(directory, manager))
  }
  const groupIds = new Map((seed.groups ?? []).map((group) => [group.displayName, groupId(group, ids)]))
  const contactIds = new Map(
    (seed.mailContacts ?? []).map((contact) => [
      contact.ExternalEmailAddress.replace(/^smtp:/i, '').toLowerCase(),
      contactId(contact, ids),
    ]),
  )
  const memberId = (name: string) =>
    groupIds.get(name) ?? directory.user(name)?.id ?? contactIds.get(name.toLowerCase())
  for (const group of seed.groups ?? []) {
    const members = (group.members ?? []).map((name) => {
      const id = memberId(name)
      if (id === undefined) throw new SeedError([`group ${group.displayName}: no member ${name}`])
      return id
    })
    directory.addGroup(groupProperties(group, ids, created), members)
  }
  return directory
}

/** Those that are users of Entra too. */
function mailUsers(seed: TenantSeed, ids: Ids): UserSeed[] {
  return (seed.mailUsers ?? []).flatMap(
    ({ userPrincipalName, displayName, address, primary, id, exchange }) =>
      userPrincipalName === undefined
        ? []
        : {
            ...(exchange && { exchange }),
            userPrincipalName,
            displayName,
            mail: primary ?? address,
            mailbox: 'none' as const,
            id: mailUserId({ id, address }, ids),
          },
  )
}

/** What a seed says of a user that Graph does not show among their properties. */
const ELSEWHERE = new Set([
  'contactFolders',
  'contacts',
  'exchange',
  'hiddenInExchange',
  'mailbox',
  'manager',
  'nameInExchange',
  'photo',
])

function userProperties(seed: UserSeed, ids: Ids, created: string) {
  const given = Object.fromEntries(Object.entries(seed).filter(([name]) => !ELSEWHERE.has(name)))
  checkNames(given, 'user', seed.userPrincipalName)
  const { onPremisesExtensionAttributes: extensions } = given as { onPremisesExtensionAttributes?: object }
  return {
    accountEnabled: true,
    businessPhones: [],
    createdDateTime: created,
    mailNickname: seed.userPrincipalName.split('@')[0],
    otherMails: [],
    proxyAddresses: seed.exchange?.EmailAddresses ?? (seed.mail ? [`SMTP:${seed.mail}`] : []),
    userType: isGuest(seed) ? 'Guest' : 'Member',
    assignedPlans: LICENSED.has(mailboxKind(seed)) ? [exchangePlan(created)] : [],
    ...given,
    onPremisesExtensionAttributes: { ...NO_ATTRIBUTES, ...customAttributes(seed), ...extensions },
    id: userId(seed, ids),
    userPrincipalName: seed.userPrincipalName,
  }
}

/** Mailboxes that take a licence. */
const LICENSED: ReadonlySet<MailboxKind> = new Set(['user', 'inactive'])

/** Graph gives all fifteen, or none. */
const NO_ATTRIBUTES = Object.fromEntries(
  Array.from({ length: 15 }, (_, index) => [`extensionAttribute${index + 1}`, null]),
)

/** Exchange's custom attributes, as Graph calls them. */
function customAttributes({ exchange = {} }: UserSeed): Properties {
  return Object.fromEntries(
    Object.entries(exchange).flatMap(([name, value]) => {
      const number = /^CustomAttribute(\d+)$/.exec(name)?.[1]
      return number === undefined ? [] : [[`extensionAttribute${number}`, value]]
    }),
  )
}

/** The service plan EXCHANGE_S_STANDARD. */
function exchangePlan(assignedDateTime: string): Properties {
  return {
    assignedDateTime,
    capabilityStatus: 'Enabled',
    service: 'exchange',
    servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  }
}

function groupProperties(seed: GroupSeed, ids: Ids, created: string) {
  const { members: _members, hiddenInExchange: _hidden, ...given } = seed
  checkNames(given, 'group', seed.displayName)
  return {
    createdDateTime: created,
    groupTypes: [],
    mailEnabled: seed.mail !== undefined,
    mailNickname: seed.displayName.replaceAll(/[^A-Za-z0-9]/g, ''),
    proxyAddresses: seed.mail ? [`SMTP:${seed.mail}`] : [],
    securityEnabled: true,
    ...given,
    id: groupId(seed, ids),
  }
}

function checkNames(given: Properties, type: 'user' | 'group', label: string): void {
  const names = propertiesOf(type)
  const unknown = Object.keys(given).find((name) => !names.has(name))
  if (unknown !== undefined) throw new SeedError([`${type} ${label}: no property ${unknown}`])
}

function known(directory: Directory, principalName: string): string {
  const user = directory.user(principalName)
  if (!user) throw new SeedError([`no user ${principalName}`])
  return user.id
}
