import { userRecipient } from '../../../exchange/seed.ts'
import { guidOf, idsOf } from '../../../ids.ts'
import type { UserSeed } from '../../../seed.ts'
import type { Tenant } from '../../../world.ts'
import type { DirectoryObject, Properties } from '../../directory.ts'
import type { Value } from '../expression/functions.ts'
import { attributeOf, isSame, withAttributes } from './attributes.ts'
import { isExternal, principalNameOf } from './person.ts'

/** Why the target tenant does not take somebody ("Error codes for cross-tenant synchronization"). */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused'
  readonly code: string

  constructor(code: string, reason: string) {
    super(reason)
    this.code = code
  }
}

export interface Change {
  readonly displayName: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

/** The guests of one source tenant in a target tenant's directory, and their addresses in its Exchange. */
export class Guests {
  readonly #source: Tenant
  readonly #target: Tenant
  readonly #now: Date
  #known: ReadonlyMap<string, string> | undefined

  constructor(source: Tenant, target: Tenant, now: Date) {
    this.#source = source
    this.#target = target
    this.#now = now
  }

  byId(id: string): DirectoryObject | undefined {
    return this.#target.directory.user(id)
  }

  /** The guest that this user is already: from synchronization before, or invited. */
  match(user: DirectoryObject): DirectoryObject | undefined {
    const { directory } = this.#target
    const keys = [user.id, this.#guestName(principalNameOf(user)), textOf(attributeOf(user, 'mail'))]
    this.#known ??= this.#index()
    for (const key of keys) {
      const found = directory.user(this.#known.get(key?.toLowerCase() ?? '') ?? '')
      if (found) return found
    }
    return undefined
  }

  /** Whom the target knew when this began: by the id they have in the source, by name, by address. */
  #index(): ReadonlyMap<string, string> {
    const { directory, crossTenant } = this.#target
    const index = new Map<string, string>()
    for (const each of directory.users()) {
      if (!isExternal(each)) continue
      for (const key of [principalNameOf(each), textOf(attributeOf(each, 'mail'))])
        if (key !== null) index.set(key.toLowerCase(), each.id)
    }
    for (const [id, origin] of crossTenant.origins)
      if (origin.tenantId === this.#source.tenantId) index.set(origin.objectId, id)
    return index
  }

  /** One that synchronization took away when the user left the scope, within thirty days. */
  matchDeleted(user: DirectoryObject): DirectoryObject | undefined {
    return this.#target.directory.deletedUser(this.#idFor(user))
  }

  /** @throws ExportRefused when an address is another's */
  create(user: DirectoryObject, attributes: ReadonlyMap<string, Value>): DirectoryObject {
    const id = this.#idFor(user)
    const now = this.#now.toISOString().replace(/\.\d+Z$/, 'Z')
    const sent = this.#translated(attributes)
    this.#checkFree(sent, id)
    const properties = withAttributes(
      {
        id,
        assignedPlans: [],
        businessPhones: [],
        createdDateTime: now,
        creationType: 'Invitation',
        externalUserState: 'Accepted',
        externalUserStateChangeDateTime: now,
        onPremisesExtensionAttributes: null,
        otherMails: [attributes.get('mail')].flatMap((each) => each ?? []),
        proxyAddresses: [attributes.get('mail')].flatMap((each) => each ?? []).map((each) => `SMTP:${each}`),
        userType: 'Guest',
      },
      sent,
    )
    this.#target.directory.addUser(properties as Properties & { id: string; userPrincipalName: string })
    this.link(id, user)
    this.#target.recipients.add(this.#recipient(properties), this.#now)
    return this.#target.directory.user(id) as DirectoryObject
  }

  /** What an update would change. */
  changes(guest: DirectoryObject, attributes: ReadonlyMap<string, Value>): Change[] {
    return [...this.#translated(attributes)].flatMap(([name, value]) => {
      const had = attributeOf(guest, name)
      return isSame(name, had, value)
        ? []
        : [{ displayName: name, oldValue: textOf(had), newValue: textOf(value) }]
    })
  }

  /** @throws ExportRefused when an address is another's */
  update(guest: DirectoryObject, attributes: ReadonlyMap<string, Value>): void {
    const sent = this.#translated(attributes)
    this.#checkFree(sent, guest.id)
    this.#target.directory.updateUser(guest.id, withAttributes(guest.properties, sent))
    const { recipients } = this.#target
    const recipient = recipients.byObjectId(guest.id)
    if (recipient) recipients.update(recipient.guid, this.#recipient(guest.properties).values, this.#now)
  }

  /**
   * Brings a guest back who was taken away.
   * @throws ExportRefused when an address is another's by now
   */
  restore(guest: DirectoryObject): void {
    const names = ['mail', 'userPrincipalName']
    this.#checkFree(new Map(names.map((name) => [name, attributeOf(guest, name)])), guest.id)
    this.#target.directory.restoreUser(guest.id)
    const { recipients } = this.#target
    recipients.remove(recipients.byObjectId(guest.id)?.guid ?? '')
    recipients.add(this.#recipient(guest.properties), this.#now)
  }

  /** Takes a guest away, for thirty days at first. */
  softDelete(id: string): void {
    const { directory, recipients } = this.#target
    directory.softDeleteUser(id, this.#now)
    const recipient = recipients.byObjectId(id)
    if (!recipient) return
    recipients.remove(recipient.guid)
    recipients.add({ ...recipient, softDeleted: true }, this.#now)
  }

  /** Remembers who a guest is. */
  link(guestId: string, user: DirectoryObject): void {
    const origin = { tenantId: this.#source.tenantId, objectId: user.id }
    this.#target.crossTenant.origins.set(guestId, origin)
  }

  #idFor(user: DirectoryObject): string {
    return guidOf(`${this.#target.tenantId}\nguest\n${user.id}`)
  }

  /** `ada_fabrikam.com#EXT#@contoso.onmicrosoft.com`. */
  #guestName(principalName: string): string {
    return `${principalName.replace('@', '_')}#EXT#@${this.#target.organization}`
  }

  /** What the target makes of the attributes that are its own to write. */
  #translated(attributes: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    const sent = new Map(attributes)
    sent.delete('alternativeSecurityIds')
    const name = sent.get('userPrincipalName')
    if (typeof name === 'string' && !name.includes('#EXT#'))
      sent.set('userPrincipalName', this.#guestName(name))
    return sent
  }

  #checkFree(sent: ReadonlyMap<string, Value>, id: string): void {
    const { directory, recipients } = this.#target
    checkValues(sent)
    const named = directory.user(textOf(sent.get('userPrincipalName')) ?? '')
    if (named && named.id !== id) throw ambiguous()
    const mail = textOf(sent.get('mail'))
    const holder = mail === null ? undefined : recipients.holders(mail).find((each) => each.objectId !== id)
    if (!holder) return
    if (directory.user(holder.objectId)) throw ambiguous()
    throw new ExportRefused(
      'InvitationCreationFailure',
      'Another object with the same value for property proxyAddresses already exists.',
    )
  }

  #recipient(properties: Properties) {
    const hiddenInExchange = properties['showInAddressList'] === false
    return userRecipient({ ...properties, hiddenInExchange } as unknown as UserSeed, idsOf(this.#target.name))
  }
}

/** A guest has a name to sign in with, and is a member or a guest. */
function checkValues(sent: ReadonlyMap<string, Value>): void {
  const userType = textOf(sent.get('userType')) ?? 'Guest'
  const isNamed = !sent.has('userPrincipalName') || textOf(sent.get('userPrincipalName')) !== null
  if (isNamed && ['member', 'guest'].includes(userType.toLowerCase())) return
  throw new ExportRefused(
    'InvitationCreationFailureInvalidPropertyValue',
    'The invitation has an invalid property value.',
  )
}

const ambiguous = () =>
  new ExportRefused(
    'InvitationCreationFailureAmbiguousUser',
    'The invited user has a proxy address that matches an internal user in the target tenant. The proxy address must be unique.',
  )

function textOf(value: Value): string | null {
  return typeof value === 'string' ? value : (value?.join(';') ?? null)
}
