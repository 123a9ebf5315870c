import { refused } from '../refusals.ts'
import type { OperationId } from '../routes.ts'
import { viewer } from '../state.ts'
import { repositoryView, userView } from '../views.ts'
import { createComment, deleteComment, getComment, listComments, updateComment } from './comments.ts'
import { listCommits } from './commits.ts'
import { createIssue, getIssue, listIssues, updateIssue } from './issues.ts'
import type { Operation } from './operation.ts'
import { getPull, listFiles, listPulls, listPullsOfCommit, listReviews } from './pulls.ts'

/** By their ids in GitHub's own description. */
export const OPERATIONS: Readonly<Record<OperationId, Operation>> = {
  'repos/get': ({ state }) => ({ status: 200, body: repositoryView(state.repository) }),
  'repos/list-commits': listCommits,
  'repos/list-pull-requests-associated-with-commit': listPullsOfCommit,
  'issues/list-for-repo': listIssues,
  'issues/create': createIssue,
  'issues/get': getIssue,
  'issues/update': updateIssue,
  'issues/list-comments': listComments,
  'issues/create-comment': createComment,
  'issues/get-comment': getComment,
  'issues/update-comment': updateComment,
  'issues/delete-comment': deleteComment,
  'pulls/list': listPulls,
  'pulls/get': getPull,
  'pulls/list-files': listFiles,
  'pulls/list-reviews': listReviews,
  // A job's own token is an installation's, and stands for no user (REST, get the authenticated user).
  'users/get-authenticated': ({ state }) =>
    state.token.kind === 'actions'
      ? refused(403, 'Resource not accessible by integration')
      : { status: 200, body: userView(viewer(state)) },
}
