/** The attributes of an organization relationship, and what a cmdlet's parameters make of them. */
import { listChanged } from '../cmdlets/changes.ts'
import type { Call } from '../cmdlets/cmdlet.ts'
import { badTransformation, invalidObject } from '../errors.ts'
import { resolve } from '../identity.ts'
import { RECIPIENT_TYPES, type Value } from '../recipient.ts'
import { domainTaken } from './errors.ts'
import type { RelationshipValues } from './migration.ts'
import type { Named } from './named.ts'

export type Relationship = Named<RelationshipValues>

export const RELATIONSHIP_FLAGS = [
  'ArchiveAccessEnabled',
  'DeliveryReportEnabled',
  'Enabled',
  'FreeBusyAccessEnabled',
  'MailboxMoveEnabled',
  'MailTipsAccessEnabled',
  'PhotosEnabled',
]
export const RELATIONSHIP_TEXTS = [
  'FreeBusyAccessLevel',
  'MailboxMoveCapability',
  'MailTipsAccessLevel',
  'OAuthApplicationId',
  'OrganizationContact',
  'TargetApplicationUri',
  'TargetAutodiscoverEpr',
  'TargetOwaURL',
  'TargetSharingEpr',
]
export const RELATIONSHIP_LISTS = ['DomainNames', 'MailboxMovePublishedScopes']
export const RELATIONSHIP_ATTRIBUTES = [...RELATIONSHIP_FLAGS, ...RELATIONSHIP_TEXTS, ...RELATIONSHIP_LISTS]

/** A domain, or the GUID of a tenant. */
const DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/

/**
 * The attributes after this call, and what the service has to say of them.
 * @throws ExchangeRefusal
 */
export function relationshipAfter(
  call: Call,
  self?: Relationship,
): { values: RelationshipValues; warnings: string[] } {
  const values: Record<string, Value> = { ...self?.values }
  const warnings: string[] = []
  for (const attribute of RELATIONSHIP_ATTRIBUTES) {
    if (!call.parameters.has(attribute)) continue
    const value = call.parameters.get(attribute)
    if (value === null || value === undefined || value === '') delete values[attribute]
    else if (attribute === 'DomainNames') values[attribute] = domainsAfter(call, value as object, self)
    else if (attribute === 'MailboxMovePublishedScopes')
      values[attribute] = scopesAfter(call, value as object, self, warnings)
    else values[attribute] = value as Value
  }
  if (values['DomainNames'] === undefined) throw invalidObject('The property "DomainNames" is mandatory.')
  return { values, warnings }
}

type Change = Parameters<typeof listChanged>[1]

function domainsAfter(call: Call, value: object, self?: Relationship): readonly string[] {
  const before = (self?.values['DomainNames'] ?? []) as readonly string[]
  const after = listChanged(before, mapped(value as Change, domain)) ?? []
  if (after.length === 0) throw invalidObject('The property "DomainNames" is mandatory.')
  for (const other of call.tenant.migration.relationships) {
    if (other.guid === self?.guid) continue
    const others = other.values['DomainNames'] as readonly string[]
    if (after.some((name) => others.includes(name))) throw domainTaken(after)
  }
  return [...new Set(after)]
}

function domain(text: string): string {
  const name = text.toLowerCase()
  if (DOMAIN.test(name)) return name
  throw badTransformation(
    'DomainNames',
    text,
    'Microsoft.Exchange.Data.SmtpDomain',
    `"${text}" isn't a valid SMTP domain.`,
  )
}

/**
 * Groups by GUID. One that does not exist is refused; one that is no mail-enabled security group is left out
 * with a warning (microsoft-365-docs, issue 4812).
 */
function scopesAfter(call: Call, value: object, self: Relationship | undefined, warnings: string[]) {
  const before = (self?.values['MailboxMovePublishedScopes'] ?? []) as readonly string[]
  const { recipients } = call.tenant
  const groups = mapped(value as Change, (scope) => {
    const found = resolve(recipients, scope, RECIPIENT_TYPES, (one) => call.visible(one))
    if (found.type === 'MailUniversalSecurityGroup') return found.guid
    warnings.push(
      `Access scope specified '${scope}' is not a security group. This scope will not be added to the organization relationship.`,
    )
    return ''
  })
  return (listChanged(before, groups) ?? []).filter((guid) => guid !== '')
}

function mapped(change: Change, each: (text: string) => string): Change {
  return 'add' in change ? { add: change.add.map(each), remove: change.remove.map(each) } : change.map(each)
}
