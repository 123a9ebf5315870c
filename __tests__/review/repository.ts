/**
 * A repository with two profiles, its pull requests and the two tenants between which they keep people in
 * step. Its workflow runs the packaged action, its people do the rest; between any two acts ten minutes pass.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as people from '../../src/simulator/github/people.ts'
import { runnerEnv, type Runner, type RunnerOptions } from '../../src/simulator/github/runner.ts'
import type { Comment } from '../../src/simulator/github/state.ts'
import type { MailContactSeed, TenantSeed, UserSeed } from '../../src/simulator/seed.ts'
import { ACTION, start, type Ended, type Running } from '../packaged/program.ts'
import { CONTOSO, FABRIKAM, Tenants, user } from '../people.ts'

const HOMES: Readonly<Record<string, string>> = { fabrikam: FABRIKAM, contoso: CONTOSO }

/** Somebody of fabrikam.com, or of another tenant. */
export const person = (index: number, home = 'fabrikam'): UserSeed => ({
  ...user(`Person ${index}`, { id: `${String(index).padStart(8, '0')}${HOMES[home]!.slice(8)}` }),
  userPrincipalName: `p${index}@${home}.com`,
  mail: `p${index}@${home}.com`,
})
export const persons = (count: number, home?: string) =>
  Array.from({ length: count }, (_, index) => person(index, home))

/** A person's contact as an earlier run left it. */
export const contactOf = (
  { id, displayName, mail }: UserSeed,
  more: Partial<MailContactSeed> = {},
): MailContactSeed => ({
  Name: `contact of ${id}`,
  DisplayName: displayName,
  ExternalEmailAddress: mail!,
  CustomAttribute15: `tenant-sync:${mail!.endsWith('@contoso.com') ? 'back' : 'people'}:${id}`,
  ...more,
})

/** The profile `people`, from fabrikam.com to contoso.com, and more of it. */
export const PEOPLE = `name: people
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
`
/** The profile `back`, the other way. */
export const BACK = `name: back
kind: mail-contacts
from: [{ entra: contoso }]
to: { tenant: fabrikam }
`
export const TENANTS = `tenants:
  fabrikam: { tenantId: ${FABRIKAM}, clientId: 1d2e3f40${FABRIKAM.slice(8)}, organization: fabrikam.onmicrosoft.com, domains: [fabrikam.com] }
  contoso: { tenantId: ${CONTOSO}, clientId: 1d2e3f40${CONTOSO.slice(8)}, organization: contoso.onmicrosoft.com, domains: [contoso.com] }
`
/** A third tenant, which no profile names. */
export const NORTHWIND =
  '  northwind: { tenantId: 6b0f8c1e-0000-4000-8000-00000000000c, clientId: 1d2e3f40-0000-4000-8000-00000000000c }\n'

/** Pull requests by the file they change: `#7` the profile `people`, `#8` the profile `back`, `#9` the tenants. */
const PULLS = [
  { number: 7, files: ['sync-profiles/people.yaml'] },
  { number: 8, files: ['sync-profiles/back.yaml'] },
  { number: 9, files: ['sync-profiles/tenants.yaml'] },
  { number: 10, files: ['sync-profiles/people.yaml', 'README.md'] },
]

export interface Given {
  /** Fabrikam's people. Default: ten of them. */
  readonly users?: readonly UserSeed[]
  /** What stands in Contoso. Default: the contacts of all users, as an earlier run left them. */
  readonly contacts?: readonly MailContactSeed[]
  readonly profile?: string
  /** Contoso's people. Default: none, and no profile `back`. */
  readonly back?: readonly UserSeed[]
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  /** Variables of every job. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Finished extends Ended {
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

type Inputs = NonNullable<RunnerOptions['inputs']>

export class Repository {
  readonly tenants: Tenants
  readonly #runners: Runner[] = []
  #ahead = 0

  private constructor(tenants: Tenants) {
    this.tenants = tenants
    const { world } = tenants.simulator
    world.now = () => new Date(Date.now() + this.#ahead)
  }

  static async start(given: Given = {}): Promise<Repository> {
    const { users = persons(10), back } = given
    const tenants = await Tenants.start({
      users,
      contacts: given.contacts ?? users.map((one) => contactOf(one)),
      fabrikam: { apps: app(FABRIKAM), ...given.fabrikam },
      contoso: { apps: app(CONTOSO), users: [...(back ?? [])], ...given.contoso },
      ...(given.env && { env: given.env }),
      seed: { github: { repository: 'contoso/people', pulls: PULLS } },
      files: {
        'tenants.yaml': TENANTS,
        'people.yaml': given.profile ?? PEOPLE,
        ...(back && { 'back.yaml': BACK }),
      },
    })
    return new Repository(tenants)
  }

  get github() {
    return this.tenants.simulator.world.github
  }

  /** Prepares a job of the workflow, which may run later. */
  job(options: RunnerOptions): Runner {
    this.#later()
    const runner = runnerEnv(this.tenants.simulator, {
      workspace: this.tenants.root,
      ...options,
      inputs: { command: 'auto', 'github-token': this.github.token.value, ...options.inputs },
    })
    this.#runners.push(runner)
    return runner
  }

  begin(runner: Runner): Running {
    this.#later()
    return start(ACTION, [], { env: { ...this.tenants.env, ...runner.env } })
  }

  async run(options: RunnerOptions | Runner): Promise<Finished> {
    const runner = 'env' in options ? options : this.job(options)
    const ended = await this.begin(runner).ended
    return { ...ended, outputs: runner.outputs(), summary: runner.summary() }
  }

  plan(pull = 7, inputs: Inputs = {}): Promise<Finished> {
    return this.run({ event: 'pull_request', pull, inputs })
  }

  merge(pull = 7, how: Partial<people.Merge> = {}): string {
    this.#later()
    return people.merge(this.tenants.simulator.world, pull, { by: 'ada', ...how })
  }

  /** The workflow of the push that the default branch was left at. */
  apply(inputs: Inputs = {}): Promise<Finished> {
    return this.run({ event: 'push', inputs })
  }

  mergeAndApply(pull = 7, inputs: Inputs = {}): Promise<Finished> {
    this.merge(pull)
    return this.apply(inputs)
  }

  /** Somebody acts in the repository. */
  act<Args extends unknown[], R>(
    does: (place: Tenants['simulator']['world'], ...args: Args) => R,
    ...args: Args
  ): R {
    this.#later()
    return does(this.tenants.simulator.world, ...args)
  }

  write(name: string, text: string): void {
    this.tenants.write(name, text)
  }

  /** @param home where they come to or leave. */
  joins(indices: readonly number[], home = 'fabrikam'): void {
    for (const index of indices)
      this.#directory(home).addUser({
        ...person(index, home),
        id: person(index, home).id!,
        accountEnabled: true,
      })
  }

  leaves(indices: readonly number[], home = 'fabrikam'): void {
    for (const index of indices) this.#directory(home).removeUser(`p${index}@${home}.com`)
  }

  promotes(indices: readonly number[], jobTitle = 'Director'): void {
    for (const index of indices) this.tenants.directory.updateUser(`p${index}@fabrikam.com`, { jobTitle })
  }

  #directory(home: string) {
    return this.tenants.simulator.world.tenants.get(home)!.directory
  }

  /** Whose contacts stand in a tenant: `p0 p1 p20`. */
  listed(tenant = 'contoso'): string {
    const { recipients } = this.tenants.simulator.world.tenants.get(tenant)!
    return [...recipients.ofType('MailContact')]
      .map(({ values }) => String(values['ExternalEmailAddress']).replace(/@.*/, ''))
      .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
      .join(' ')
  }

  /** Who bears a title in Contoso. */
  titled(): number {
    return [...this.tenants.contacts().values()].filter(({ Title }) => Title === 'Director').length
  }

  /** Writes of a tenant so far. */
  writes(tenant = 'contoso'): string[] {
    return this.tenants.simulator.requests
      .filter((one) => one.write && one.tenant === tenant && one.service === 'exchange')
      .map(({ operation }) => operation)
  }

  comments(what: 'plan' | 'apply', on?: number): Comment[] {
    return this.github.comments
      .filter((one) => one.body.startsWith(`<!-- tenant-sync:${what} v=1 id=`))
      .filter((one) => on === undefined || one.on === on)
  }

  /** The one issue that says that somebody must look. */
  attention() {
    return this.github.issues.filter(({ pull }) => !pull)
  }

  async stop(): Promise<void> {
    for (const runner of this.#runners) runner.close()
    await this.tenants.stop()
  }

  /** GitHub counts whole seconds: acts that are apart must be so by more. */
  #later(): void {
    this.#ahead += 10 * 60_000
  }
}

export function lines(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Signed in to by the workflow's own identity alone. */
export function app(tenantId: string): NonNullable<TenantSeed['apps']> {
  return [
    {
      clientId: `1d2e3f40${tenantId.slice(8)}`,
      permissions: ['User.Read.All', 'GroupMember.Read.All', 'Contacts.ReadWrite'],
      exchange: { manageAsApp: true, role: 'recipient-administrator' },
      federatedCredentials: [
        { subject: 'repo:contoso/people:pull_request' },
        { subject: 'repo:contoso/people:ref:refs/heads/main' },
      ],
    },
  ]
}
