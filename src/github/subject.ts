/**
 * Who a job is to those that trust GitHub's ID tokens.
 * Source: GitHub, "OpenID Connect reference" (subject claims, immutable subject claims).
 */
import { payloadOf } from '../microsoft/token-claims.ts'

/** What a job was started for, or where it deploys to: the last part of its subject. */
export type SubjectContext = 'pull_request' | 'environment' | 'ref' | 'other'

export interface JobIdentity {
  /** Another one on a GitHub Enterprise Server, and where an enterprise has one of its own. */
  readonly issuer: string
  /** The subject, as GitHub sends it. */
  readonly subject: string
  /** Names alone; names with ids, which survive a renaming and no other repository gets; or as the repository has set it. */
  readonly form: 'classic' | 'immutable' | 'customized'
  readonly context: SubjectContext
  readonly environment?: string
  /** Started by a pull request: whoever can push a branch can start such a job, with any steps. */
  readonly onPullRequest: boolean
  readonly repository: Repository
}

/** As it stands in a subject. */
interface Repository {
  readonly classic: string
  readonly immutable: string
}

export const ISSUER = 'https://token.actions.githubusercontent.com'

/** Where the repository is not known: to be replaced by whoever reads it. */
const SOME_REPOSITORY: Repository = {
  classic: 'OWNER/REPO',
  immutable: 'OWNER@OWNER_ID/REPO@REPO_ID',
}

/** @returns `undefined` for a token that names no subject. */
export function jobIdentity(idToken: string): JobIdentity | undefined {
  const claims = payloadOf(idToken)
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '')
  const subject = text('sub')
  if (subject === '') return undefined
  const repository = repositoryIn(text)
  const form = (['classic', 'immutable'] as const).find(
    (one) =>
      subject.startsWith(`repo:${repository[one]}:`) &&
      GIVEN.test(subject.slice(`repo:${repository[one]}:`.length)),
  )
  const environment = text('environment')
  return {
    issuer: text('iss') || ISSUER,
    subject,
    form: form ?? 'customized',
    context: CONTEXTS.find(([, part]) => part.test(subject))?.[0] ?? 'other',
    ...(environment !== '' && { environment }),
    onPullRequest: text('event_name') === 'pull_request',
    repository,
  }
}

function repositoryIn(text: (claim: string) => string): Repository {
  const [owner = '', name = ''] = text('repository').split('/')
  const [ownerId, id] = [text('repository_owner_id'), text('repository_id')]
  return {
    classic: owner && name ? `${owner}/${name}` : SOME_REPOSITORY.classic,
    immutable:
      owner && name && ownerId && id ? `${owner}@${ownerId}/${name}@${id}` : SOME_REPOSITORY.immutable,
  }
}

/** What follows the repository, unless the repository has set it otherwise. */
const GIVEN = /^(pull_request|(environment|ref):[^:]*)$/

/** An environment goes before all else. */
const CONTEXTS: readonly (readonly [SubjectContext, RegExp])[] = [
  ['environment', /(^|:)environment:/],
  ['pull_request', /(^|:)pull_request(:|$)/],
  ['ref', /(^|:)ref:/],
]

/**
 * The subject of a job on a pull request, or of one in an environment, in both forms.
 * @param environment its name; a colon in it is encoded.
 */
export function subjectsFor(
  context: 'pull_request' | 'environment',
  environment: string,
  { classic, immutable }: Repository = SOME_REPOSITORY,
): { readonly classic: string; readonly immutable: string } {
  const last = context === 'environment' ? `environment:${environment.replaceAll(':', '%3A')}` : context
  return { classic: `repo:${classic}:${last}`, immutable: `repo:${immutable}:${last}` }
}
