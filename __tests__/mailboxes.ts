/** One tenant with mailboxes on the simulator and one profile over them: from YAML to the wire, in this process. */
import { readFileSync } from 'node:fs'
import type { RunOptions } from '../src/commands/run.ts'
import { applyRun, planRun, type PlannedRun } from '../src/commands/run.ts'
import { Journal } from '../src/engine/journal.ts'
import type { Change, ProfilePlan } from '../src/engine/plan.ts'
import type { Result } from '../src/engine/result.ts'
import type { Approval } from '../src/engine/approval.ts'
import type { Shard } from '../src/engine/shard.ts'
import type { Mailbox } from '../src/simulator/graph/mailbox/mailbox.ts'
import type { Seed, TenantSeed, UserSeed } from '../src/simulator/seed.ts'
import { Tenants, user } from './people.ts'

export const MARK = 'String {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Name tenant-sync'

/** Somebody's object id, by a letter. */
export const id = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000001`

export const ADA = user('Ada Lovelace', {
  id: id('a'),
  givenName: 'Ada',
  surname: 'Lovelace',
  jobTitle: 'Engineer',
})
export const BOB = user('Bob Brown', { id: id('b'), givenName: 'Bob', surname: 'Brown' })
export const CLEO = user('Cleo Clark', { id: id('c'), givenName: 'Cleo', surname: 'Clark' })

export interface Given {
  readonly users?: readonly UserSeed[]
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  readonly seed?: Partial<Seed>
  readonly from?: string
  /** Whose mailboxes: the value of `to.mailboxes`. */
  readonly mailboxes?: string
  /** More keys of `to`. */
  readonly to?: string
  /** The profile's YAML behind `to`. */
  readonly profile?: string
}

export class Fleet {
  readonly tenants: Tenants
  #given: Given

  private constructor(tenants: Tenants, given: Given) {
    this.tenants = tenants
    this.#given = given
    this.profile({})
  }

  static async start(given: Given = {}): Promise<Fleet> {
    const tenants = await Tenants.start({
      users: given.users ?? [ADA, BOB, CLEO],
      fabrikam: { apps: [app()], ...given.fabrikam },
      ...(given.contoso && { contoso: given.contoso }),
      ...(given.seed && { seed: given.seed }),
    })
    return new Fleet(tenants, given)
  }

  /** Changes the profile; what is not given stays. */
  profile(given: Given): void {
    this.#given = { ...this.#given, ...given }
    const { from = '{ entra: fabrikam }', mailboxes = '{ all: true }', to = '', profile = '' } = this.#given
    this.tenants.write(
      'people.yaml',
      `name: gal\nkind: personal-contacts\nfrom: [${from}]\nto: { tenant: fabrikam, mailboxes: ${mailboxes}${to && `, ${to}`} }\n${profile}\n`,
    )
  }

  planRun(options: Partial<RunOptions> = {}): Promise<PlannedRun> {
    return planRun({ ...this.tenants.options, ...options }, 'plan')
  }

  async plan(options: Partial<RunOptions> = {}): Promise<ProfilePlan> {
    return (await this.planRun(options)).plan.profiles.find(({ name }) => name === 'gal')!
  }

  async apply(approval: Approval = 'seen', shard?: Shard): Promise<Result> {
    const planned = await planRun({ ...this.tenants.options, ...(shard && { shard }) }, 'apply')
    const journal = new Journal({
      journal: this.tenants.path('journal.ndjson'),
      removed: this.tenants.path('removed.ndjson'),
    })
    return applyRun(planned, { journal, approvalOf: () => approval })
  }

  /** @param who the user's display name, or one of the seeds above. */
  mailbox({ userPrincipalName }: Pick<UserSeed, 'userPrincipalName'>): Mailbox {
    return this.tenants.simulator.world.tenants.get('fabrikam')!.mailboxes.of(userPrincipalName)!
  }

  /** Names of the contacts in a mailbox, by folder where it is not the mailbox's own. */
  names(who: Pick<UserSeed, 'userPrincipalName'>): string[] {
    return this.mailbox(who)
      .snapshot()
      .map(({ displayName, folder }) =>
        folder === 'Contacts' ? String(displayName) : `${String(folder)}: ${String(displayName)}`,
      )
      .sort()
  }

  /** Requests on the wire since a number of them: batches count as one. */
  wire(since = 0): string[] {
    return this.tenants.simulator.requests
      .slice(since)
      .filter(
        ({ service, path, operation }) =>
          service === 'graph' && (operation === '/$batch' || !path.includes('contact')),
      )
      .map(({ method, operation }) => `${method} ${operation}`)
  }

  get requests() {
    return this.tenants.simulator.requests
  }

  text(name: string): string {
    return readFileSync(this.tenants.path(name), 'utf8')
  }

  stop(): Promise<void> {
    return this.tenants.stop()
  }
}

export function app(
  more: Partial<NonNullable<TenantSeed['apps']>[number]> = {},
): NonNullable<TenantSeed['apps']>[number] {
  return {
    clientId: '1d2e3f40-0000-4000-8000-00000000000a',
    permissions: ['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All', 'Contacts.ReadWrite'],
    exchange: { manageAsApp: true, role: 'global-reader' },
    secret: 'a-secret-of-the-simulator',
    ...more,
  }
}

/** `create Ada Lovelace <…>: new-in-source, in 2` and the like. */
export function told({ changes, mailboxSets = [] }: ProfilePlan): string[] {
  const sizes = new Map(mailboxSets.map(({ id: set, mailboxes }) => [set, mailboxes.length]))
  return changes.map(
    ({ action, label, reason, mailboxSet }: Change) =>
      `${action} ${label.replace(/ <.*/, '')}: ${reason}, in ${sizes.get(mailboxSet!)!}`,
  )
}
