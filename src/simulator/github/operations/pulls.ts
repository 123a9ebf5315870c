/** Pull requests: GitHub lets them be read here; they are changed by people alone. */
import { paged } from '../pages.ts'
import { notFound, refused } from '../refusals.ts'
import { shaOf } from '../seed.ts'
import { findIssue } from '../state.ts'
import type { GitHubState, Issue } from '../state.ts'
import { pullView } from '../views.ts'
import type { Operation } from './operation.ts'

type PullRequest = Issue & Required<Pick<Issue, 'pull'>>

export const listPulls: Operation = ({ state, request, address }) => {
  const wanted = request.query.get('state') ?? 'open'
  const base = request.query.get('base')
  const rows = pullsOf(state)
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => base === null || issue.pull.base.ref === base)
  return paged(
    rows.map((row) => pullView(row, state, false)),
    request,
    address,
  )
}

export const getPull: Operation = ({ state, parameters }) => {
  const issue = findIssue(state, Number(parameters['pull_number']))
  return issue && isPull(issue) ? { status: 200, body: pullView(issue, state, true) } : notFound()
}

export const listFiles: Operation = ({ state, parameters, request, address }) => {
  const issue = findIssue(state, Number(parameters['pull_number']))
  if (!issue || !isPull(issue)) return notFound()
  return paged(
    issue.pull.files.map((filename) => ({ filename, sha: shaOf(filename), status: 'modified' })),
    request,
    address,
  )
}

export const listPullsOfCommit: Operation = ({ state, parameters, request, address }) => {
  const sha = parameters['commit_sha'] ?? ''
  const named = state.commits.get(sha) ?? []
  const rows = pullsOf(state).filter(
    ({ number, pull }) => pull.head.sha === sha || pull.mergeCommit === sha || named.includes(number),
  )
  if (rows.length === 0 && !/^[0-9a-f]{40}$/.test(sha)) return refused(422, `No commit found for SHA: ${sha}`)
  return paged(
    rows.map((row) => pullView(row, state, false)),
    request,
    address,
  )
}

/** Newest first, as GitHub lists them. */
function pullsOf({ issues }: GitHubState): PullRequest[] {
  return issues.filter(isPull).sort((a, b) => b.number - a.number)
}

function isPull(issue: Issue): issue is PullRequest {
  return issue.pull !== undefined
}
