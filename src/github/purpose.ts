/** What a request is for, in words, and the permissions of which it needs one (GitHub REST, permissions required). */

interface Purpose {
  readonly does: string
  readonly permissions: readonly string[]
}

const PURPOSES: readonly (readonly [method: RegExp, url: RegExp, purpose: Purpose])[] = [
  [/GET/, /\/comments/, { does: 'read comments', permissions: ['pull-requests: read'] }],
  [/./, /\/comments/, { does: 'write a comment', permissions: ['pull-requests: write'] }],
  [/POST/, /\/graphql$/, { does: 'read who edited a comment', permissions: ['pull-requests: read'] }],
  [/GET/, /\/pulls/, { does: 'read pull requests', permissions: ['pull-requests: read'] }],
  [/GET/, /\/issues/, { does: 'read issues', permissions: ['issues: write'] }],
  [/./, /\/issues/, { does: 'write an issue', permissions: ['issues: write'] }],
  [/GET/, /\/repos\//, { does: 'read the repository', permissions: ['contents: read'] }],
]
const OTHER: Purpose = { does: 'ask GitHub', permissions: [] }

/** @param url octokit's template or a whole address */
export function purposeOf(method: string, url: string): Purpose {
  return PURPOSES.find(([methods, urls]) => methods.test(method) && urls.test(url))?.[2] ?? OTHER
}
