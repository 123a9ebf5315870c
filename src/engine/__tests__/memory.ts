/** A kind whose target is a map in memory: what the engine needs of a kind, and nothing more. */
import type { Kind, Mailbox, Proposal, Proposed } from '../kind.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import type { Task } from '../planning.ts'
import type { Change, Notice, Skipped } from '../plan.ts'

export type Target = Map<string, string>

export interface Script {
  readonly proposed: readonly Proposed<Target>[]
  readonly managed?: number
  readonly people?: number
  readonly skipped?: readonly Skipped[]
  readonly mailboxes?: number
  readonly incomplete?: Notice
  readonly health?: Proposal<Target>['health']
  readonly verify?: NonNullable<Kind<unknown, Target>['verify']>
  readonly writesAtATime?: (requests: number) => { inAll: number; inOneMailbox: number }
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

/** Of these names; a mailbox's id is not its name. */
export function mailboxes(...names: readonly string[]): Mailbox[] {
  return names.map((name) => ({ id: `id of ${name}`, name }))
}

/** The same change in each of the mailboxes: puts `<mailbox> <key>` into the target, or takes it out. */
export function shared(
  action: Change['action'],
  key: string,
  places: readonly Mailbox[],
  over: Partial<Proposed<Target>> = {},
): Proposed<Target> {
  return {
    ...proposed(action, key),
    mailboxes: places,
    write: (target, record, at) => proposed(action, `${places[at]!.name} ${key}`).write(target, record, at),
    ...over,
  }
}

/** As `one`, but for the mailboxes of these names, in which it fails. */
export function failingIn(names: readonly string[], error: Error, one: Proposed<Target>): Proposed<Target> {
  return {
    ...one,
    write: (target, record, at) =>
      names.includes(one.mailboxes![at]!.name) ? Promise.reject(error) : one.write(target, record, at),
  }
}

export function task(script: Script, target: Target = new Map(), over: Partial<Task> = {}): Task {
  const kind: Kind<unknown, Target> = {
    propose: () => (script.fails ? Promise.reject(script.fails) : Promise.resolve(proposal(script))),
    connect: () => (script.connectFails ? Promise.reject(script.connectFails) : Promise.resolve(target)),
    ...(script.verify && { verify: script.verify }),
    ...(script.writesAtATime && { writesAtATime: script.writesAtATime }),
  }
  return {
    name: 'people',
    formerly: [],
    kindName: 'mail-contacts',
    file: 'sync-profiles/people.yaml',
    files: [],
    from: ['fabrikam'],
    to: 'contoso',
    settings: { kind: 'mail-contacts' },
    digest: 'sha256:0',
    state: 'present',
    limits: DEFAULT_LIMITS satisfies Limits,
    profile: {},
    kind: kind as Kind<unknown, unknown>,
    ...over,
  }
}

function proposal(script: Script): Proposal<Target> {
  const { proposed: all, managed = 100, people = 100, skipped = [], mailboxes: count, incomplete } = script
  return {
    managed,
    begun: managed > 0,
    people,
    proposed: all,
    unchanged: 7,
    skipped,
    warnings: [],
    health: script.health ?? [],
    ...(count !== undefined && { mailboxes: count }),
    ...(incomplete && { incomplete }),
  }
}
