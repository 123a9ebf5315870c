/** Issues; pull requests are among them. */
import { paged } from '../pages.ts'
import { invalid, notFound } from '../refusals.ts'
import { findIssue, nextNumber, viewer } from '../state.ts'
import type { Issue } from '../state.ts'
import { issueView } from '../views.ts'
import { LONGEST_BODY } from './comments.ts'
import { lengthOf, textOf } from './operation.ts'
import type { Operation } from './operation.ts'

/** In characters. */
const LONGEST_TITLE = 256

export const listIssues: Operation = ({ state, request, address }) => {
  const wanted = request.query.get('state') ?? 'open'
  const creator = request.query.get('creator')
  const rows = state.issues
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => creator === null || issue.author.login === creator)
    .sort((a, b) => b.number - a.number)
  return paged(
    rows.map((row) => issueView(row, state)),
    request,
    address,
  )
}

export const createIssue: Operation = ({ state, body, now }) => {
  const fault = faultOf(body)
  if (fault) return invalid('Issue', fault)
  const issue: Issue = {
    number: nextNumber(state),
    title: textOf(body['title']),
    body: textOf(body['body']) || null,
    state: 'open',
    stateReason: null,
    author: viewer(state),
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  }
  state.issues.push(issue)
  return { status: 201, body: issueView(issue, state) }
}

export const getIssue: Operation = ({ state, parameters }) => {
  const issue = findIssue(state, Number(parameters['issue_number']))
  return issue ? { status: 200, body: issueView(issue, state) } : notFound()
}

export const updateIssue: Operation = ({ state, parameters, body, now }) => {
  const issue = findIssue(state, Number(parameters['issue_number']))
  if (!issue) return notFound()
  const fault = faultOf(body)
  if (fault) return invalid('Issue', fault)
  if (typeof body['title'] === 'string') issue.title = body['title']
  if ('body' in body) issue.body = textOf(body['body']) || null
  const to = body['state']
  if ((to === 'open' || to === 'closed') && to !== issue.state) {
    issue.state = to
    issue.closedAt = to === 'closed' ? now : null
    issue.stateReason = textOf(body['state_reason']) || (to === 'closed' ? 'completed' : 'reopened')
  }
  issue.updatedAt = now
  return { status: 200, body: issueView(issue, state) }
}

function faultOf({ title, body }: Readonly<Record<string, unknown>>): string | undefined {
  if (title !== undefined && textOf(title).trim() === '') return 'Title cannot be blank'
  if (lengthOf(textOf(title)) > LONGEST_TITLE)
    return `Title is too long (maximum is ${LONGEST_TITLE} characters)`
  return lengthOf(textOf(body)) > LONGEST_BODY
    ? `Body is too long (maximum is ${LONGEST_BODY} characters)`
    : undefined
}
