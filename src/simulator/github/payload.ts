/** What GitHub says of the event that started a job (webhook events and payloads). */
import { userOf } from './state.ts'
import type { GitHubState, Issue } from './state.ts'
import { pullView, repositoryView, userView } from './views.ts'

export function payloadOf(
  state: GitHubState,
  pull: (Issue & Required<Pick<Issue, 'pull'>>) | undefined,
): Record<string, unknown> {
  const { job, repository } = state
  const shared = { repository: repositoryView(repository), sender: userView(userOf(job.actor)) }
  if (pull) {
    const action = pull.state === 'open' ? 'synchronize' : 'closed'
    return { action, number: pull.number, pull_request: pullView(pull, state, true), ...shared }
  }
  if (job.event === 'push') {
    return {
      ref: job.ref,
      before: '0'.repeat(40),
      after: job.sha,
      head_commit: { id: job.sha },
      commits: (state.pushes.get(job.sha)?.commits ?? [job.sha]).map((id) => ({ id })),
      pusher: { name: job.actor },
      ...shared,
    }
  }
  if (job.event === 'schedule') return { schedule: '0 5 * * *', ...shared }
  if (job.event === 'workflow_dispatch') return { inputs: {}, ref: job.ref, ...shared }
  return shared
}
