import { readFileSync } from 'node:fs'

import { RunRefused } from './run.ts'
import type { PullRequest, Run, Visibility } from './run.ts'

type Env = Readonly<Record<string, string | undefined>>

const DEPENDABOT = 'dependabot[bot]'

/** The event's payload, as the runner left it; `{}` when there is none that can be read. */
export function readPayload(env: Env = process.env): unknown {
  const path = env['GITHUB_EVENT_PATH']
  if (!path) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return {}
  }
}

/**
 * What a run is about. Of the payload nothing is taken for granted: what is missing is unknown, and
 * what is unknown counts as the more careful case.
 * @throws RunRefused for `pull_request_target`, and outside of a workflow
 */
export function readRun(env: Env = process.env, payload: unknown = readPayload(env)): Run {
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  if (event === 'pull_request_target') {
    throw new RunRefused(
      'pull-request-target',
      'The event `pull_request_target` gives the identity and the secrets of the repository to a change that nobody has merged. Use `pull_request` instead.',
    )
  }
  const repository = repositoryOf(env['GITHUB_REPOSITORY'], env['GITHUB_REPOSITORY_ID'])
  const ref = env['GITHUB_REF'] ?? ''
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const runId = env['GITHUB_RUN_ID'] ?? ''
  const attempt = Number(env['GITHUB_RUN_ATTEMPT']) || 1
  const defaultBranch = textAt(payload, 'repository', 'default_branch')
  const pullRequest = pullRequestOf(at(payload, 'pull_request'), env)
  return {
    event,
    repository,
    visibility: visibilityOf(at(payload, 'repository')),
    ...(pullRequest && { pullRequest }),
    ref,
    ...(defaultBranch !== undefined && { defaultBranch }),
    isDefaultBranch: defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`,
    sha: env['GITHUB_SHA'] ?? '',
    commits: commitsOf(payload),
    actor: env['GITHUB_ACTOR'] ?? '',
    runId,
    runUrl: `${server}/${repository.owner}/${repository.name}/actions/runs/${runId}${attempt > 1 ? `/attempts/${attempt}` : ''}`,
    attempt,
    publicServer: server === 'https://github.com',
  }
}

function repositoryOf(fullName: string | undefined, id: string | undefined): Run['repository'] {
  const [, owner, name] = /^([^/]+)\/([^/]+)$/.exec(fullName ?? '') ?? []
  if (owner === undefined || name === undefined) {
    throw new RunRefused(
      'no-workflow',
      'GITHUB_REPOSITORY names no repository: this entry runs in a GitHub workflow. At a terminal, use the command line.',
    )
  }
  return { owner, name, ...(id && { id }) }
}

/** Where the two properties disagree, the more public one counts. */
function visibilityOf(repository: unknown): Visibility {
  const visibility = at(repository, 'visibility')
  const isPrivate = at(repository, 'private')
  if (visibility === 'public' || isPrivate === false) return 'public'
  if (visibility === 'private' || visibility === 'internal') return visibility
  return isPrivate === true ? 'private' : 'unknown'
}

function pullRequestOf(pull: unknown, env: Env): PullRequest | undefined {
  const number = at(pull, 'number')
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return undefined
  const own = env['GITHUB_REPOSITORY']?.toLowerCase()
  return {
    number,
    headSha: textAt(pull, 'head', 'sha') ?? '',
    baseRef: textAt(pull, 'base', 'ref') ?? '',
    fork: textAt(pull, 'head', 'repo', 'full_name')?.toLowerCase() !== own,
    dependabot: env['GITHUB_ACTOR'] === DEPENDABOT || textAt(pull, 'user', 'login') === DEPENDABOT,
    open: at(pull, 'state') === 'open',
    merged: at(pull, 'merged') === true,
  }
}

function commitsOf(payload: unknown): string[] {
  const commits = at(payload, 'commits')
  return Array.isArray(commits) ? commits.flatMap((commit) => textAt(commit, 'id') ?? []) : []
}

function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = path.reduce(at, value)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
