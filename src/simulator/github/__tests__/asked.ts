/** GitHub's stand-in, asked without a connection. */
import { signingKey } from '../../keys.ts'
import type { Answer, Request } from '../../service.ts'
import type { World } from '../../world.ts'
import { githubService } from '../github.ts'
import { seedGitHub } from '../state.ts'

export const REPO = '/github/repos/contoso/people'

export function worldOf(seed: unknown): World {
  return {
    github: seedGitHub(seed),
    actionsKey: signingKey('actions'),
    origin: 'https://localhost:1',
    now: () => new Date('2026-11-20T21:00:00.123Z'),
  } as World
}

/** @param body an object is sent as JSON, a text as it is */
export async function ask(
  world: World,
  method: string,
  path: string,
  body?: unknown,
  headers: object = {},
): Promise<Answer> {
  const url = new URL(path, 'https://localhost:1')
  const request: Request = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: { 'user-agent': 'test', authorization: `token ${world.github.token.value}`, ...headers },
    text: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  }
  return githubService(world).handle(request, world)
}
