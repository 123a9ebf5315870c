/** What a token may do (GitHub REST, permissions required for GitHub Apps). */
import type { Route } from './routes.ts'
import { findIssue } from './state.ts'
import type { GitHubState, Permission } from './state.ts'

type Needs = readonly Permission[]
type Asked = Pick<Route, 'id' | 'parameters'>

/** One of these is enough; none is needed to read what everybody may read. */
export function isAllowed(route: Asked, write: boolean, state: GitHubState): boolean {
  const { token, repository } = state
  if (token.kind === 'user' || (!write && repository.visibility === 'public')) return true
  const needs = needsOf(route, state)
  return (
    needs.length === 0 ||
    needs.some((permission) => {
      const granted = token.permissions[permission]
      return granted === 'write' || (granted === 'read' && !write)
    })
  )
}

function needsOf({ id, parameters }: Asked, state: GitHubState): Needs {
  switch (id) {
    case 'repos/get':
    case 'users/get-authenticated':
      return []
    case 'repos/list-commits':
      return ['contents']
    case 'repos/list-pull-requests-associated-with-commit':
    case 'pulls/list':
    case 'pulls/get':
    case 'pulls/list-files':
    case 'pulls/list-reviews':
      return ['pull-requests']
    case 'issues/list-for-repo':
    case 'issues/create':
      return ['issues']
    case 'issues/get':
    case 'issues/update':
    case 'issues/list-comments':
    case 'issues/create-comment':
      return onIssue(Number(parameters['issue_number']), state)
    case 'issues/get-comment':
    case 'issues/update-comment':
    case 'issues/delete-comment': {
      const id = Number(parameters['comment_id'])
      return onIssue(state.comments.find((comment) => comment.id === id)?.on ?? 0, state)
    }
  }
}

/** A pull request is an issue: either permission serves it. */
function onIssue(number: number, state: GitHubState): Needs {
  return findIssue(state, number)?.pull ? ['pull-requests', 'issues'] : ['issues']
}
