import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'

const known = new WeakMap<Client, Promise<string>>()

/**
 * The login that this token writes under: what is ours bears it. Asked once.
 * @throws GitHubError
 */
export function viewerLogin(client: Client): Promise<string> {
  const login = known.get(client) ?? askLogin(client)
  known.set(client, login)
  return login
}

/** A job's own token stands for no user: REST refuses it, GraphQL knows it (`github-actions[bot]`). */
async function askLogin(client: Client): Promise<string> {
  try {
    const { data } = await client.rest.users.getAuthenticated()
    return data.login
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 403) throw error
  }
  try {
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('{ viewer { login } }')
    return viewer.login
  } catch (error) {
    // Of a server that fails, nothing is known; one that refuses the query knows no other token without a user.
    if (error instanceof GitHubError && (error.status ?? 500) >= 500) throw error
    return 'github-actions[bot]'
  }
}
