/** The environment that GitHub's runner gives to a step, for a job that an event started (GitHub, variables reference). */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'yaml'

import { payloadOf } from './payload.ts'
import { findIssue, fullName, githubEnv } from './state.ts'
import type { GitHubState, Issue, Job } from './state.ts'
import { SERVER_URL } from './views.ts'

export interface RunnerOptions {
  readonly event: 'pull_request' | 'push' | 'schedule' | 'workflow_dispatch' | (string & {})
  /** As in the workflow's `with:`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The path of an action.yml whose defaults the runner fills in. Default: none, only `inputs`. */
  readonly action?: string
  /** The folder that was checked out. Default: an empty one. */
  readonly workspace?: string
  /** The pull request that a `pull_request` event is about. Default: the newest. */
  readonly pull?: number
  /** Default: the repository's default branch. */
  readonly branch?: string
  readonly sha?: string
  readonly actor?: string
  /** The environment the job names. */
  readonly environment?: string
  /** Has the job `id-token: write`? Default true; never on a fork's or Dependabot's pull request. */
  readonly idToken?: boolean
}

export interface Runner {
  readonly env: Readonly<Record<string, string>>
  /** What the step has set so far. */
  outputs(): Record<string, string>
  /** The job summary so far. */
  summary(): string
  /** Removes the runner's files. */
  close(): void
}

/** Makes the environment, and the job behind its ID tokens. */
export function runnerEnv(
  simulator: {
    readonly origin: string
    readonly env: Readonly<Record<string, string>>
    readonly world: { readonly github: GitHubState }
  },
  options: RunnerOptions,
): Runner {
  const state = simulator.world.github
  const pull = options.event.startsWith('pull_request') ? pullOf(state, options.pull) : undefined
  Object.assign(state.job, jobOf(state, options, pull))
  const { job } = state

  const home = mkdtempSync(join(tmpdir(), 'tenant-sync-runner-'))
  const file = (name: string, content = '') => {
    const path = join(home, name)
    writeFileSync(path, content)
    return path
  }
  const folder = (name: string) => {
    mkdirSync(join(home, name))
    return join(home, name)
  }
  const output = file('output')
  const summary = file('summary.md')
  const env = {
    ...simulator.env,
    ...githubEnv(state, simulator.origin),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: job.actor,
    GITHUB_BASE_REF: job.baseRef,
    GITHUB_EVENT_NAME: job.event,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(payloadOf(state, pull))),
    GITHUB_HEAD_REF: job.headRef,
    GITHUB_JOB: 'tenant-sync',
    GITHUB_OUTPUT: output,
    GITHUB_REF: job.ref,
    GITHUB_REF_NAME: job.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    GITHUB_REPOSITORY: fullName(state.repository),
    GITHUB_REPOSITORY_ID: String(state.repository.id),
    GITHUB_REPOSITORY_OWNER: state.repository.owner,
    GITHUB_RUN_ATTEMPT: String(job.attempt),
    GITHUB_RUN_ID: String(job.runId),
    GITHUB_SERVER_URL: SERVER_URL,
    GITHUB_SHA: job.sha,
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: options.workspace ?? folder('workspace'),
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folder('temp'),
    ...inputsOf(options, state),
  }
  if (job.requestToken === null) {
    for (const name of ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
      Reflect.deleteProperty(env, name)
  }
  return {
    env,
    outputs: () => outputsOf(readFileSync(output, 'utf8')),
    summary: () => readFileSync(summary, 'utf8'),
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}

type PullRequest = Issue & Required<Pick<Issue, 'pull'>>

/** @throws RangeError when there is no such pull request */
function pullOf(state: GitHubState, number: number | undefined): PullRequest {
  const newest = () => state.issues.filter((issue) => issue.pull).sort((a, b) => b.number - a.number)[0]
  const issue = number === undefined ? newest() : findIssue(state, number)
  if (!issue?.pull) throw new RangeError(`no pull request ${number ?? ''} in the seed`)
  return issue as PullRequest
}

function jobOf(state: GitHubState, options: RunnerOptions, pull: PullRequest | undefined): Partial<Job> {
  const actor = options.actor ?? pull?.author.login ?? 'mona'
  const foreign =
    pull !== undefined &&
    (pull.pull.head.repository !== fullName(state.repository) || actor === 'dependabot[bot]')
  return {
    event: options.event,
    ref: pull
      ? `refs/pull/${pull.number}/merge`
      : `refs/heads/${options.branch ?? state.repository.defaultBranch}`,
    sha: options.sha ?? pull?.pull.mergeCommit ?? state.job.sha,
    headRef: pull?.pull.head.ref ?? '',
    baseRef: pull?.pull.base.ref ?? '',
    environment: options.environment ?? null,
    actor,
    requestToken: (options.idToken ?? true) && !foreign ? 'practice-request-token' : null,
  }
}

/** `INPUT_` and the name in capitals: spaces become `_`, hyphens stay (actions/runner, ActionRunner.cs). */
function inputsOf({ inputs = {}, action }: RunnerOptions, state: GitHubState): Record<string, string> {
  const declared = action === undefined ? {} : (parse(readFileSync(action, 'utf8')) as ActionFile).inputs
  const defaults = Object.entries(declared ?? {}).map(
    ([name, input]) =>
      [name, (input?.default ?? '').replace('${{ github.token }}', state.token.value)] as const,
  )
  return Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  )
}

interface ActionFile {
  readonly inputs?: Readonly<Record<string, { readonly default?: string } | null>>
}

/** The file of `name<<delimiter` blocks and `name=value` lines (GitHub, workflow commands). */
function outputsOf(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const block = /^([^=<]+)<<(.+)$/.exec(lines[at] ?? '')
    const line = /^([^=<]+)=(.*)$/.exec(lines[at] ?? '')
    if (block) {
      const end = lines.indexOf(block[2] ?? '', at + 1)
      outputs[block[1] ?? ''] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (line) outputs[line[1] ?? ''] = line[2] ?? ''
  }
  return outputs
}
