import type { Tenant } from '../../../world.ts'
import type { DirectoryObject } from '../../directory.ts'
import { truth } from '../expression/functions.ts'
import type { ServicePrincipal } from '../state.ts'
import { evaluation, passes } from '../synchronization/scope-filter.ts'
import type { Filter } from '../synchronization/scope-filter.ts'
import type { Step } from './outcome.ts'
import { entitledUsers, readerOf } from './person.ts'
import { step } from './steps.ts'

/** Who is in a job's scope: those who are assigned, and whom the scoping filters let pass. */
export class Scope {
  /** Object ids of the users with access. */
  readonly entitled: ReadonlySet<string>
  readonly #filter: Filter

  constructor(source: Tenant, principal: ServicePrincipal, filter: Filter | null) {
    this.entitled = entitledUsers(source, principal)
    this.#filter = filter ?? { groups: [], inputFilterGroups: [] }
  }

  /** Whom the input filters leave out is not looked at at all. */
  isRead(user: DirectoryObject): boolean {
    return passes(this.#filter.inputFilterGroups, readerOf(user, this.entitled.has(user.id)))
  }

  passes(user: DirectoryObject): boolean {
    const isEntitled = this.entitled.has(user.id)
    return isEntitled && passes(this.#filter.groups, readerOf(user, isEntitled))
  }

  /** What each part of it said. */
  step(user: DirectoryObject): Step {
    const isEntitled = this.entitled.has(user.id)
    const groups = [...this.#filter.inputFilterGroups, ...this.#filter.groups]
    const read = readerOf(user, isEntitled)
    const status = this.isRead(user) && this.passes(user) ? 'Success' : 'Skipped'
    const description = 'Determine if User in scope by evaluating against each scoping filter'
    return step('EntrySynchronizationScoping', 'Scoping', status, description, {
      'Active in the source system': truth(user.properties['accountEnabled'] !== false),
      'Assigned to the application': truth(isEntitled),
      'User has the required role': truth(isEntitled),
      'Scoping filter evaluation passed': truth(this.isRead(user) && passes(this.#filter.groups, read)),
      ScopeEvaluationResult: evaluation(groups, read),
    })
  }
}
