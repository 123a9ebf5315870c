/** Comments of issues and pull requests. */
import { paged } from '../pages.ts'
import { invalid, notFound } from '../refusals.ts'
import { findIssue, nextCommentId, viewer } from '../state.ts'
import type { Comment } from '../state.ts'
import { commentView } from '../views.ts'
import { lengthOf, textOf } from './operation.ts'
import type { Call, Operation } from './operation.ts'

/** In characters (REST, create an issue comment; the service's own refusal says so). */
export const LONGEST_BODY = 65_536

export const listComments: Operation = (call) => {
  const { state, request } = call
  const on = Number(call.parameters['issue_number'])
  if (!findIssue(state, on)) return notFound()
  const since = request.query.get('since')
  const rows = state.comments
    .filter((comment) => comment.on === on && (since === null || comment.updatedAt >= new Date(since)))
    .sort((a, b) => a.id - b.id)
  return paged(
    rows.map((row) => commentView(row, state)),
    request,
    call.address,
  )
}

export const createComment: Operation = ({ state, parameters, body, now }) => {
  const issue = findIssue(state, Number(parameters['issue_number']))
  if (!issue) return notFound()
  const fault = faultOf(body['body'])
  if (fault) return invalid('IssueComment', fault)
  const comment: Comment = {
    id: nextCommentId(state),
    on: issue.number,
    author: viewer(state),
    body: textOf(body['body']),
    createdAt: now,
    updatedAt: now,
  }
  state.comments.push(comment)
  issue.updatedAt = now
  return { status: 201, body: commentView(comment, state) }
}

export const getComment: Operation = (call) => {
  const comment = commentOf(call)
  return comment ? { status: 200, body: commentView(comment, call.state) } : notFound()
}

/** Whoever may write may edit anybody's comment: GitHub does not ask for its author. */
export const updateComment: Operation = (call) => {
  const comment = commentOf(call)
  if (!comment) return notFound()
  const fault = faultOf(call.body['body'])
  if (fault) return invalid('IssueComment', fault)
  comment.body = textOf(call.body['body'])
  comment.updatedAt = call.now
  comment.editor = viewer(call.state)
  return { status: 200, body: commentView(comment, call.state) }
}

export const deleteComment: Operation = (call) => {
  const comment = commentOf(call)
  if (!comment) return notFound()
  call.state.comments.splice(call.state.comments.indexOf(comment), 1)
  return { status: 204 }
}

function commentOf({ state, parameters }: Call): Comment | undefined {
  return state.comments.find(({ id }) => id === Number(parameters['comment_id']))
}

function faultOf(body: unknown): string | undefined {
  const text = textOf(body)
  if (text.trim() === '') return 'Body cannot be blank'
  return lengthOf(text) > LONGEST_BODY
    ? `Body is too long (maximum is ${LONGEST_BODY} characters)`
    : undefined
}
