/** A kind whose target is a map in memory: what the engine needs of a kind, and nothing more. */
import type { Kind, Proposal, Proposed } from '../kind.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import type { Task } from '../planning.ts'
import type { Change, Skipped } from '../plan.ts'

export type Target = Map<string, string>

export interface Script {
  readonly proposed: readonly Proposed<Target>[]
  readonly managed?: number
  readonly people?: number
  readonly skipped?: readonly Skipped[]
  readonly fails?: Error
  readonly connectFails?: Error
}

export function change(action: Change['action'], key: string, over: Partial<Change> = {}): Change {
  return { action, object: 'mail-contact', key, label: key, reason: 'new-in-source', fields: [], ...over }
}

/** Puts the key into the target through the journal, or takes it out. */
export function proposed(
  action: Change['action'],
  key: string,
  over: Partial<Proposed<Target>> = {},
): Proposed<Target> {
  return {
    change: change(action, key),
    countsAs: `${action}s`,
    async write(target, record) {
      if (action === 'delete') record.removing({ key })
      await record.write({ action, fields: ['name'] }, () => {
        if (action === 'delete') target.delete(key)
        else target.set(key, action)
        return Promise.resolve({ status: 200, requestId: `request-${key}`, attempt: 1 })
      })
    },
    ...over,
  }
}

export function failing(key: string, error: Error): Proposed<Target> {
  return proposed('create', key, {
    write: async (_target, record) => {
      await record.write({ action: 'create', fields: [] }, () => Promise.reject(error))
    },
  })
}

export function task(script: Script, target: Target = new Map(), over: Partial<Task> = {}): Task {
  const kind: Kind<unknown, Target> = {
    propose: () => (script.fails ? Promise.reject(script.fails) : Promise.resolve(proposal(script))),
    connect: () => (script.connectFails ? Promise.reject(script.connectFails) : Promise.resolve(target)),
  }
  return {
    name: 'people',
    kindName: 'mail-contacts',
    file: 'sync-profiles/people.yaml',
    from: ['fabrikam'],
    to: 'contoso',
    digest: 'sha256:0',
    state: 'present',
    limits: DEFAULT_LIMITS satisfies Limits,
    profile: {},
    kind: kind as Kind<unknown, unknown>,
    ...over,
  }
}

function proposal({ proposed: all, managed = 100, people = 100, skipped = [] }: Script): Proposal<Target> {
  return {
    managed,
    begun: managed > 0,
    people,
    proposed: all,
    unchanged: 7,
    skipped,
    warnings: [],
    health: [],
  }
}
