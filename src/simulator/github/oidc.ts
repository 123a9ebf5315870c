/**
 * The endpoint that gives a job its ID token (GitHub, OpenID Connect reference). The token is signed with
 * the key that Entra's stand-in holds for GitHub's.
 */
import { randomUUID } from 'node:crypto'

import { signJwt } from '../jwt.ts'
import type { Answer, Request } from '../service.ts'
import type { World } from '../world.ts'
import { fullName } from './state.ts'
import type { GitHubState } from './state.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'
const LIFETIME_SECONDS = 300

export function answerIdToken(request: Request, world: World): Answer {
  const { job, repository } = world.github
  if (request.method !== 'GET') return { status: 405, body: { message: 'Method Not Allowed' } }
  if (job.requestToken === null || request.headers['authorization'] !== `Bearer ${job.requestToken}`) {
    return { status: 401, body: { message: 'Unauthorized' } }
  }
  const audience = request.query.get('audience') ?? `https://github.com/${repository.owner}`
  const claims = claimsOf(world.github, audience, Math.floor(world.now().getTime() / 1000))
  return { status: 200, body: { count: 1, value: signJwt(claims, world.actionsKey) } }
}

function claimsOf(state: GitHubState, audience: string, now: number): Record<string, unknown> {
  const { job, repository } = state
  return {
    jti: randomUUID(),
    iss: ISSUER,
    aud: audience,
    sub: subjectOf(state),
    iat: now,
    nbf: now,
    exp: now + LIFETIME_SECONDS,
    ref: job.ref,
    ref_type: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: job.sha,
    repository: fullName(repository),
    repository_id: String(repository.id),
    repository_owner: repository.owner,
    repository_owner_id: String(repository.ownerId),
    repository_visibility: repository.visibility,
    event_name: job.event,
    head_ref: job.headRef,
    base_ref: job.baseRef,
    actor: job.actor,
    run_id: String(job.runId),
    run_attempt: String(job.attempt),
    runner_environment: 'github-hosted',
    ...(job.environment !== null && { environment: job.environment }),
  }
}

/** An environment goes before all else; a pull request without one says no more than that it is one. */
export function subjectOf({ job, repository }: GitHubState): string {
  const { owner, name, id, ownerId, immutableSubject } = repository
  const repo = immutableSubject ? `${owner}@${ownerId}/${name}@${id}` : `${owner}/${name}`
  if (job.environment !== null) return `repo:${repo}:environment:${job.environment.replaceAll(':', '%3A')}`
  return job.event === 'pull_request' ? `repo:${repo}:pull_request` : `repo:${repo}:ref:${job.ref}`
}
