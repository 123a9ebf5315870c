/**
 * What every command that reads profiles does first, at a terminal and in a workflow alike: find the
 * profiles, check them, and make of each a task that the engine can plan.
 */
import { applyAll, type ApplyOptions } from '../engine/apply.ts'
import { explainAll } from '../engine/explaining.ts'
import type { ProfileExplained } from '../engine/explanation.ts'
import type { Journal } from '../engine/journal.ts'
import type { RunContext } from '../engine/kind.ts'
import { planAll, type Planned, type Task } from '../engine/planning.ts'
import type { Result } from '../engine/result.ts'
import type { Shard } from '../engine/shard.ts'
import { kindsOf, PROFILE_KINDS } from '../kinds/kinds.ts'
import { connections } from '../microsoft/connections.ts'
import type { IdToken } from '../microsoft/sign-in.ts'
import { sortFaults, type Fault } from '../profiles/fault.ts'
import { fileFaults } from '../profiles/file-faults.ts'
import { loadProfiles, type Loaded, type LoadedProfile } from '../profiles/load.ts'
import { fileBeside, type Grounds } from '../profiles/named-files.ts'
import { surroundings } from '../sources/surroundings.ts'

export interface RunOptions {
  /** The folder that globs and files are relative to. */
  readonly root: string
  readonly globs?: readonly string[]
  /** Names of profiles; all of them when absent or empty. */
  readonly only?: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly inWorkflow: boolean
  readonly idToken: IdToken
  readonly onSecret?: (secret: string) => void
  readonly now?: () => Date
  /** This job's part of the mailboxes. Kinds without mailboxes run in the first. */
  readonly shard?: Shard
  /** When the first of several jobs of one run planned. */
  readonly since?: Date
  /** Requests under way at a time, per tenant. */
  readonly concurrency?: number
}

/** The profiles do not pass validation: nothing is read or written. */
export class ProfileFaults extends Error {
  override readonly name = 'ProfileFaults'
  readonly code = 'invalid-profiles'
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in the profiles`)
    this.faults = faults
  }
}

/** @throws ProfileFaults */
export async function loadRun(options: RunOptions): Promise<Loaded> {
  return faultless(await load(options), [])
}

/** The profiles, and the files that they name. @throws ProfileFaults with all that is wrong in either. */
export async function validateRun(options: RunOptions): Promise<Loaded> {
  const loaded = await load(options)
  return faultless(loaded, await fileFaults(loaded.profiles, PROFILE_KINDS, groundsOf(options)))
}

function load(options: RunOptions): Promise<Loaded> {
  const { globs, only } = options
  return loadProfiles({
    ...groundsOf(options),
    kinds: PROFILE_KINDS,
    ...(globs?.length && { globs }),
    ...(only?.length && { only }),
  })
}

function faultless(loaded: Loaded, more: readonly Fault[]): Loaded {
  const faults = sortFaults([...loaded.faults, ...more])
  if (faults.length > 0) throw new ProfileFaults(faults)
  return loaded
}

export interface PlannedRun extends Planned {
  readonly shard?: Shard
  /** Requests under way at a time, per tenant. */
  readonly concurrency: number
  /** Where the tenants stand, relative to the root. */
  readonly tenantsFile: string
  /** What is wrong within the files that profiles which failed name: reads them once more. */
  fileFaults(): Promise<readonly Fault[]>
  /** Names of the tenants in which a token of this run could change something: a plan needs none. */
  readonly writable: readonly string[]
}

/**
 * @param purpose which of a tenant's two apps signs in, where it has two.
 * @throws ProfileFaults; whatever else fails stands in the plan.
 */
export async function planRun(options: RunOptions, purpose: 'plan' | 'apply'): Promise<PlannedRun> {
  const { loaded, tasks, context, writers, concurrency } = await prepared(options, purpose)
  const { shard } = options
  const planned = await planAll(tasks, context)
  const failed = planned.plan.profiles.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  const suspects = loaded.profiles.filter(({ profile }) => failed.includes(profile.name))
  return {
    ...planned,
    concurrency,
    tenantsFile: loaded.tenantsFile,
    fileFaults: () => fileFaults(suspects, PROFILE_KINDS, groundsOf(options)),
    writable: writers.writable(),
    ...(shard && { shard }),
  }
}

/** One person through all profiles. @throws ProfileFaults; what else fails stands with its profile. */
export async function explainRun(options: RunOptions, address: string): Promise<ProfileExplained[]> {
  const { tasks, context } = await prepared(options, 'plan')
  return explainAll(tasks, address, context)
}

async function prepared(options: RunOptions, purpose: 'plan' | 'apply') {
  const loaded = await loadRun(options)
  const { env, inWorkflow, idToken, onSecret, shard, since, concurrency = CONCURRENCY } = options
  const writers = connections(loaded.tenants, {
    env,
    inWorkflow,
    idToken,
    purpose,
    concurrency,
    withheld: new Set(loaded.all.flatMap(variablesIn)),
    ...(onSecret && { onSecret }),
  })
  const context: RunContext = {
    now: options.now?.() ?? new Date(),
    profileNames: loaded.names,
    ...(shard && { shard }),
    ...(since && { since }),
  }
  const around = surroundings(writers, {
    env,
    ...groundsOf(options),
    ...(onSecret && { onSecret }),
  })
  const tasks = tasksOf(loaded, kindsOf(loaded, writers, around), shard)
  return { loaded, tasks, context, writers, concurrency }
}

/** Names of variables that a profile names: the keys for them end in `Env`. */
function variablesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (key.endsWith('Env') ? [inner] : []) : variablesIn(inner),
  )
}

/** In a workflow the root is the repository. */
function groundsOf({ root, inWorkflow }: RunOptions): Grounds {
  return { root, confined: inWorkflow }
}

function tasksOf(loaded: Loaded, kinds: ReturnType<typeof kindsOf>, shard: Shard | undefined): Task[] {
  return loaded.profiles
    .filter(({ kind }) => !shard || shard.index === 1 || PROFILE_KINDS[kind].sharded)
    .map((loaded) => ({ ...taskOf(loaded), kind: kinds[loaded.kind] }))
}

function taskOf({ file, kind, profile, settings, digest, fault }: LoadedProfile): Omit<Task, 'kind'> {
  const { name, formerly = [], description, state, limits } = profile
  return {
    name,
    formerly,
    kindName: kind,
    file,
    files: (PROFILE_KINDS[kind].files?.(profile) ?? []).map((name) => fileBeside(file, name)),
    ...(description !== undefined && { description }),
    ...PROFILE_KINDS[kind].between(profile),
    settings,
    digest,
    state,
    limits,
    profile,
    place(path) {
      const { line, column } = fault(path, '')
      return `${file}:${line}:${column}`
    },
  }
}

export interface ApplyRun extends Pick<ApplyOptions, 'approvalOf' | 'onProgress' | 'signal'> {
  readonly journal: Journal
  readonly commit?: string
  readonly actor?: string
  readonly run?: string
}

/** Exchange bears two to four of one app. */
const CONCURRENCY = 4

/** Writes what was planned, and journals it. @throws when the journal cannot be written. */
export async function applyRun(
  planned: PlannedRun,
  { journal, commit, actor, run, ...options }: ApplyRun,
): Promise<Result> {
  journal.begin({
    digest: planned.plan.digest,
    commit: commit ?? null,
    actor: actor ?? null,
    run: run ?? null,
    limits: Object.fromEntries(planned.tasks.map(({ task }) => [task.name, task.limits])),
  })
  const { concurrency, shard } = planned
  return applyAll(planned, { ...options, journal, concurrency, ...(shard && { shard }) })
}
