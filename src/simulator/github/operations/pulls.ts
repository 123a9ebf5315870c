/** Pull requests: GitHub lets them be read here; they are changed by people alone. */
import { paged } from '../pages.ts'
import { notFound, refused } from '../refusals.ts'
import { shaOf } from '../seed.ts'
import { findIssue, viewer } from '../state.ts'
import type { GitHubState, Issue } from '../state.ts'
import { pullView, reviewView } from '../views.ts'
import type { Operation } from './operation.ts'

type PullRequest = Issue & Required<Pick<Issue, 'pull'>>

export const listPulls: Operation = ({ state, request, address }) => {
  const wanted = request.query.get('state') ?? 'open'
  const base = request.query.get('base')
  const rows = pullsOf(state)
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => base === null || issue.pull.base.ref === base)
    .sort(orderOf(request.query))
  return paged(
    rows.map((row) => pullView(row, state, false)),
    request,
    address,
  )
}

/** Newest first; by another time than that of their making, oldest first unless asked otherwise (REST, list pull requests). */
function orderOf(query: URLSearchParams): (a: Issue, b: Issue) => number {
  const by = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const direction = query.get('direction') ?? (by === 'createdAt' ? 'desc' : 'asc')
  const turn = direction === 'asc' ? 1 : -1
  return (a, b) => turn * (a[by].getTime() - b[by].getTime() || a.number - b.number)
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

/** A review that was not submitted yet is seen by its author alone. */
export const listReviews: Operation = ({ state, parameters, request, address }) => {
  const issue = findIssue(state, Number(parameters['pull_number']))
  if (!issue || !isPull(issue)) return notFound()
  const rows = issue.pull.reviews
    .map((review, index) => ({ review, view: reviewView(review, index, issue, state) }))
    .filter(({ review }) => review.state !== 'PENDING' || review.by.login === viewer(state).login)
  return paged(
    rows.map(({ view }) => view),
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
