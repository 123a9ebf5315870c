import { markerPrefix } from '../report/markdown/marker.ts'
import type { Client } from './client.ts'
import { isSameText } from './comment.ts'
import { params } from './repository.ts'
import type { Run } from './run.ts'
import { viewerLogin } from './viewer.ts'

export const ISSUE_TITLE = 'tenant-sync needs attention'

/**
 * Keeps the one issue that says that somebody has to look: opened when there is something to say, its text
 * kept up to date (a person may change the title), closed when there is nothing any more.
 * @param body begins with the issue's marker; `null` when all is well
 * @returns where the issue can be seen; nothing when none is open
 * @throws GitHubError
 */
export async function keepIssue(
  client: Client,
  { repository }: Pick<Run, 'repository'>,
  body: string | null,
): Promise<string | undefined> {
  const repo = params(repository)
  const [newest, ...older] = await ownIssues(client, repo)
  const done = body === null ? [newest, ...older] : older
  for (const issue of done) {
    if (!issue) continue
    await client.rest.issues.update({
      ...repo,
      issue_number: issue.number,
      state: 'closed',
      state_reason: 'completed',
    })
  }
  if (body === null) return undefined
  if (!newest) return (await client.rest.issues.create({ ...repo, title: ISSUE_TITLE, body })).data.html_url
  if (!isSameText(newest.body, body)) {
    await client.rest.issues.update({ ...repo, issue_number: newest.number, body })
  }
  return newest.html_url
}

/** The open ones that our own identity wrote and that begin with the marker; newest first, from all pages. */
async function ownIssues(client: Client, repo: ReturnType<typeof params>) {
  const prefix = markerPrefix('attention', 'default')
  const login = await viewerLogin(client)
  const all = await client.paginate(client.rest.issues.listForRepo, { ...repo, state: 'open', per_page: 100 })
  return all
    .filter((issue) => !issue.pull_request && issue.user?.login === login)
    .filter((issue) => issue.body?.startsWith(prefix) === true)
    .sort((a, b) => b.number - a.number)
}
