import type { Tenant } from '../../../world.ts'
import type { DirectoryObject } from '../../directory.ts'
import { evaluate } from '../expression/evaluate.ts'
import type { Value } from '../expression/functions.ts'
import { parseExpression } from '../expression/parse.ts'
import type { Expression } from '../expression/parse.ts'
import type { ServicePrincipal } from '../state.ts'
import type { Job } from '../synchronization/job.ts'
import type { AttributeMapping, ObjectMapping } from '../synchronization/definition.ts'
import { attributeOf } from './attributes.ts'
import { ExportRefused } from './guests.ts'
import type { Change, Guests } from './guests.ts'
import { SOURCE_SYSTEM, TARGET_SYSTEM } from './outcome.ts'
import type { Outcome, Step } from './outcome.ts'
import { principalNameOf, readerOf } from './person.ts'
import { Scope } from './scope.ts'
import { identityOf, imported, matching, outcome, skipped, step } from './steps.ts'

/** Brings single users from source to target, as a job's schema says. */
export class Provisioning {
  readonly #source: Tenant
  readonly #principal: ServicePrincipal
  readonly #job: Job
  readonly #guests: Guests
  readonly #mapping: ObjectMapping
  readonly #flows: readonly (AttributeMapping & { readonly gives: Expression })[]
  readonly #scope: Scope

  constructor(source: Tenant, principal: ServicePrincipal, job: Job, mapping: ObjectMapping, guests: Guests) {
    this.#source = source
    this.#principal = principal
    this.#job = job
    this.#mapping = mapping
    this.#guests = guests
    this.#flows = mapping.attributeMappings.map((each) => ({
      ...each,
      gives: parseExpression(each.source.expression),
    }))
    this.#scope = new Scope(source, principal, mapping.scope)
  }

  /** How many users have access. */
  get entitled(): number {
    return this.#scope.entitled.size
  }

  /** Is the user assigned, and do the scoping filters let them pass? */
  isInScope(id: string): boolean {
    const user = this.#source.directory.user(id)
    return user !== undefined && this.#scope.isRead(user) && this.#scope.passes(user)
  }

  /** Those whose guest is to be taken away: they were provisioned, and are in scope no more. */
  leavers(): string[] {
    if (this.#principal.secrets.get('SkipOutOfScopeDeletions')?.toLowerCase() === 'true') return []
    if (!this.#does('Delete')) return []
    return [...this.#job.links.keys()].filter((id) => {
      const user = this.#source.directory.user(id)
      // Whom the input filters leave out now is not looked at, and stays.
      return !user || (this.#scope.isRead(user) && !this.#scope.passes(user))
    })
  }

  /** Takes the guest of a leaver away. */
  remove(id: string): Outcome {
    const user = this.#source.directory.user(id)
    const targetId = this.#job.links.get(id) ?? ''
    const guest = this.#guests.byId(targetId)
    const source = user ? identityOf(user) : { id, displayName: '', userPrincipalName: '' }
    const steps = user ? [imported(user), this.#scope.step(user)] : []
    if (guest) this.#guests.softDelete(targetId)
    this.#job.links.delete(id)
    steps.push(
      step(
        'EntryExportDelete',
        'Export',
        'Success',
        `User '${source.userPrincipalName}' was deleted in ${TARGET_SYSTEM}`,
      ),
    )
    return {
      action: 'Delete',
      status: 'Success',
      code: null,
      reason: null,
      steps,
      changes: [],
      source,
      targetId,
    }
  }

  /** Creates or updates the guest of a user, or says why not. */
  provision(user: DirectoryObject): Outcome {
    const steps = [imported(user), this.#scope.step(user)]
    const skip = (code: string, reason: string) =>
      outcome(user, 'Other', 'Skipped', [...steps, skipped(code, reason)], code, reason)
    if (!this.#scope.isRead(user) || !this.#scope.passes(user)) {
      return skip('NotEffectivelyEntitled', `User '${principalNameOf(user)}' is not in scope.`)
    }
    const linked = this.#job.links.get(user.id)
    const matched = linked === undefined ? this.#guests.match(user) : this.#guests.byId(linked)
    if (linked !== undefined && !matched) {
      return skip('DeletedInTarget', 'The user was deleted in the target tenant, and is not restored.')
    }
    const deleted = matched ? undefined : this.#guests.matchDeleted(user)
    const guest = matched ?? deleted
    if (guest) steps.push(matching(guest))
    try {
      if (!guest) return this.#create(user, steps)
      if (deleted) this.#guests.restore(deleted)
      return this.#update(user, guest, steps, deleted ? undefined : skip)
    } catch (error) {
      if (!(error instanceof ExportRefused)) throw error
      const failed = step(
        guest ? 'EntryExportUpdate' : 'EntryExportAdd',
        'Export',
        'Failure',
        error.message,
        { ErrorCode: error.code },
      )
      return outcome(
        user,
        guest ? 'Update' : 'Create',
        'Failure',
        [...steps, failed],
        error.code,
        error.message,
      )
    }
  }

  #create(user: DirectoryObject, steps: readonly Step[]): Outcome {
    if (!this.#does('Add'))
      return outcome(user, 'Other', 'Skipped', steps, 'FlowTypeDisabled', 'The mapping does not add.')
    const attributes = this.#attributes(user, undefined)
    const guest = this.#guests.create(user, attributes)
    this.#job.links.set(user.id, guest.id)
    const changes = [...attributes].flatMap(([displayName, value]): Change[] =>
      value === undefined ? [] : [{ displayName, oldValue: null, newValue: String(value) }],
    )
    const done = [
      ...steps,
      step(
        'EntrySynchronizationAdd',
        'Processing',
        'Success',
        `User '${principalNameOf(user)}' will be created in ${TARGET_SYSTEM} (User is active and assigned in ${SOURCE_SYSTEM}, but no matching User was found in ${TARGET_SYSTEM})`,
      ),
      step(
        'EntryExportAdd',
        'Export',
        'Success',
        `User '${principalNameOf(user)}' was created in ${TARGET_SYSTEM}`,
        { TargetId: guest.id },
      ),
    ]
    return { ...outcome(user, 'Create', 'Success', done), changes, targetId: guest.id }
  }

  /** @param skip says that nothing is done; a guest that was brought back is an update in any case */
  #update(
    user: DirectoryObject,
    guest: DirectoryObject,
    steps: readonly Step[],
    skip: ((code: string, reason: string) => Outcome) | undefined,
  ): Outcome {
    const attributes = this.#attributes(user, guest)
    const changes = this.#guests.changes(guest, attributes)
    const update = changes.length > 0 && this.#does('Update')
    if (update) this.#guests.update(guest, attributes)
    this.#job.links.set(user.id, guest.id)
    this.#guests.link(guest.id, user)
    if (!update && skip) {
      return {
        ...skip(
          'RedundantExport',
          `The state of the user in both the source and target systems already match. No change to the User '${principalNameOf(user)}' currently needs to be made.`,
        ),
        targetId: guest.id,
      }
    }
    const done = [
      ...steps,
      step(
        'EntrySynchronizationUpdate',
        'Processing',
        'Success',
        `User '${principalNameOf(user)}' will be updated in ${TARGET_SYSTEM}`,
      ),
      step(
        'EntryExportUpdate',
        'Export',
        'Success',
        `User '${principalNameOf(user)}' was updated in ${TARGET_SYSTEM}`,
      ),
    ]
    return { ...outcome(user, 'Update', 'Success', done), changes, targetId: guest.id }
  }

  /** What the mappings give, by target attribute. Some flow only when the guest is created. */
  #attributes(user: DirectoryObject, guest: DirectoryObject | undefined): ReadonlyMap<string, Value> {
    const read = readerOf(user, this.#scope.entitled.has(user.id))
    const attributes = new Map<string, Value>()
    for (const { targetAttributeName, gives, defaultValue, flowType } of this.#flows) {
      const isKept =
        (flowType === 'ObjectAddOnly' && guest) ||
        (flowType === 'AttributeAddOnly' && guest && attributeOf(guest, targetAttributeName) !== undefined)
      if (isKept) continue
      const value = evaluate(gives, read)
      const isNothing = value === undefined || value === ''
      attributes.set(targetAttributeName, isNothing ? (defaultValue ?? undefined) : value)
    }
    return attributes
  }

  #does(flow: 'Add' | 'Update' | 'Delete'): boolean {
    return this.#mapping.enabled && this.#mapping.flowTypes.includes(flow)
  }
}
