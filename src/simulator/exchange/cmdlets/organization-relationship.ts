/** Get-, New-, Set- and Remove-OrganizationRelationship: what two organizations let each other do. */
import { notFound } from '../errors.ts'
import { dehydrated, objectExists } from '../migration/errors.ts'
import {
  RELATIONSHIP_ATTRIBUTES,
  RELATIONSHIP_FLAGS,
  RELATIONSHIP_LISTS,
  RELATIONSHIP_TEXTS,
  relationshipAfter,
  type Relationship,
} from '../migration/relationship.ts'
import { textOf } from '../recipient.ts'
import { column, columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { same } from './changes.ts'
import { nothing, requireConfirmed, textParameter, unchanged, type Call, type Cmdlet } from './cmdlet.ts'

const VIEW = new View<Plain>([
  ...columns('list', RELATIONSHIP_LISTS),
  ...columns('flag', RELATIONSHIP_FLAGS),
  ...columns('text', RELATIONSHIP_TEXTS),
  ...columns('text', ['Name', 'Identity', 'Id']),
  column('Guid', 'guid'),
  column('WhenCreated', 'date'),
  column('WhenCreatedUTC', 'utc'),
  column('WhenChanged', 'date'),
  column('WhenChangedUTC', 'utc'),
  column('IsValid', 'flag'),
])

function row({ tenant }: Call, { name, guid, created, changed, values }: Relationship): Plain {
  const scopes = (values['MailboxMovePublishedScopes'] ?? []) as readonly string[]
  return {
    FreeBusyAccessLevel: 'None',
    MailTipsAccessLevel: 'None',
    MailboxMoveCapability: 'None',
    ...values,
    MailboxMovePublishedScopes: scopes.flatMap((scope) => {
      const group = tenant.recipients.get(scope)
      return group ? [textOf(group, 'Name')] : []
    }),
    Name: name,
    Identity: name,
    Id: name,
    Guid: guid,
    WhenCreated: created,
    WhenCreatedUTC: created,
    WhenChanged: changed,
    WhenChangedUTC: changed,
    IsValid: true,
  }
}

function relationshipOf({ tenant, parameters }: Call): Relationship {
  const identity = textParameter(parameters, 'Identity')!
  const found = tenant.migration.relationships.find(identity)
  if (!found) throw notFound(identity)
  return found
}

/** @throws ExchangeRefusal when another one has this name. */
function requireName({ tenant }: Call, name: string, self?: Relationship): void {
  const { relationships } = tenant.migration
  const holder = relationships.find(name)
  if (holder && holder.guid !== self?.guid) throw objectExists(name, 'Federation', tenant.organization)
}

const getOrganizationRelationship: Cmdlet = {
  name: 'Get-OrganizationRelationship',
  carries: new Set(['Identity']),
  run(call) {
    const named = textParameter(call.parameters, 'Identity') !== undefined
    const found = named ? [relationshipOf(call)] : [...call.tenant.migration.relationships]
    return plainOutput(
      VIEW,
      found.map((each) => row(call, each)),
    )
  },
}

const newOrganizationRelationship: Cmdlet = {
  name: 'New-OrganizationRelationship',
  carries: new Set(['Name', 'Confirm', ...RELATIONSHIP_ATTRIBUTES]),
  run(call) {
    const { migration } = call.tenant
    if (migration.dehydrated) throw dehydrated()
    const name = textParameter(call.parameters, 'Name')!
    requireName(call, name)
    const { values, warnings } = relationshipAfter(call)
    const made = migration.relationships.add(name, { Enabled: true, ...values }, call.now)
    return plainOutput(VIEW, [row(call, made)], Infinity, warnings)
  },
}

const setOrganizationRelationship: Cmdlet = {
  name: 'Set-OrganizationRelationship',
  carries: new Set(['Identity', 'Name', 'Confirm', ...RELATIONSHIP_ATTRIBUTES]),
  run(call) {
    const { migration } = call.tenant
    if (migration.dehydrated) throw dehydrated()
    const old = relationshipOf(call)
    const name = textParameter(call.parameters, 'Name') ?? old.name
    requireName(call, name, old)
    const { values, warnings } = relationshipAfter(call, old)
    const names = new Set([...Object.keys(values), ...Object.keys(old.values)])
    const isSame = [...names].every((attribute) => same(old.values[attribute], values[attribute]))
    if (isSame && name === old.name && warnings.length === 0) return unchanged(name)
    migration.relationships.change(old, { name, values }, call.now)
    return nothing(...warnings)
  },
}

const removeOrganizationRelationship: Cmdlet = {
  name: 'Remove-OrganizationRelationship',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const { migration } = call.tenant
    const found = relationshipOf(call)
    requireConfirmed(call, `Removing organization relationship "${found.name}"`)
    migration.relationships.remove(found)
    return nothing()
  },
}

export const ORGANIZATION_RELATIONSHIP_CMDLETS: readonly Cmdlet[] = [
  getOrganizationRelationship,
  newOrganizationRelationship,
  setOrganizationRelationship,
  removeOrganizationRelationship,
]
