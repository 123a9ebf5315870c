/** The part of a seed that is GitHub's: `github:`. */
import { createHash } from 'node:crypto'

import { Type } from '@sinclair/typebox'
import type { Static, TSchema } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'

import { SeedError } from '../seed.ts'
import { userOf } from './state.ts'
import type { Comment, GitHubState, Issue, Review } from './state.ts'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const number = Type.Integer({ minimum: 1 })
/** As GitHub writes one: `2026-11-20T21:00:00Z`. */
const time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' })
const access = Type.Unsafe<'read' | 'write'>({ enum: ['read', 'write'] })
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)

const PullSeed = Type.Object(
  {
    number,
    title: optional(Type.String()),
    /** Default `open`. */
    state: optional(Type.Unsafe<'open' | 'closed' | 'merged'>({ enum: ['open', 'closed', 'merged'] })),
    author: optional(text),
    head: optional(
      Type.Object({ ref: optional(text), sha: optional(text), repository: optional(text) }, closed),
    ),
    base: optional(text),
    /** The paths it changes. */
    files: optional(Type.Array(text)),
    /** Of a merged one. */
    mergeCommit: optional(text),
    mergedBy: optional(text),
    mergedAt: optional(time),
    /** Default: when it was merged, else when all was made. */
    updatedAt: optional(time),
    /** In the order of their submission. */
    reviews: optional(
      Type.Array(
        Type.Object(
          {
            by: text,
            state: Type.Unsafe<Review['state']>({
              enum: ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'],
            }),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
)

const GitHubSeed = Type.Object(
  {
    repository: optional(Type.String({ pattern: '^[^/]+/[^/]+$' })),
    visibility: optional(
      Type.Unsafe<'public' | 'private' | 'internal'>({ enum: ['public', 'private', 'internal'] }),
    ),
    defaultBranch: optional(text),
    immutableSubject: optional(Type.Boolean()),
    token: optional(
      Type.Object(
        {
          value: optional(text),
          kind: optional(Type.Unsafe<'actions' | 'user'>({ enum: ['actions', 'user'] })),
          login: optional(text),
          permissions: optional(
            Type.Object(
              { contents: optional(access), issues: optional(access), 'pull-requests': optional(access) },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    job: optional(
      Type.Object({ event: optional(text), ref: optional(text), environment: optional(text) }, closed),
    ),
    pulls: optional(Type.Array(PullSeed)),
    issues: optional(
      Type.Array(
        Type.Object(
          {
            number,
            title: text,
            body: optional(Type.String()),
            author: optional(text),
            closed: optional(Type.Boolean()),
          },
          closed,
        ),
      ),
    ),
    comments: optional(
      Type.Array(
        Type.Object({ on: number, body: text, author: optional(text), editedBy: optional(text) }, closed),
      ),
    ),
    /** Commits that belong to pull requests, besides their heads and merge commits. */
    commits: optional(Type.Array(Type.Object({ sha: text, pulls: Type.Array(number) }, closed))),
  },
  closed,
)
type GitHubSeed = Static<typeof GitHubSeed>

const validate = new Ajv2020({ allErrors: true }).compile<GitHubSeed>(GitHubSeed)

/** When everything in a seed was made. */
const ONCE = new Date('2026-11-01T09:00:00Z')
/** When it was edited. */
const LATER = new Date('2026-11-01T09:30:00Z')
const ALL_PERMISSIONS = { contents: 'read', issues: 'write', 'pull-requests': 'write' } as const

/**
 * GitHub as a seed has it; all that is left out has a default.
 * @throws SeedError
 */
export function seedGitHub(seed: unknown = {}): GitHubState {
  if (!validate(seed)) {
    throw new SeedError(
      (validate.errors ?? []).map(
        ({ instancePath, message }) => `github${instancePath.replaceAll('/', '.')} ${message}`,
      ),
    )
  }
  const [owner = '', name = ''] = (seed.repository ?? 'contoso/people').split('/')
  const defaultBranch = seed.defaultBranch ?? 'main'
  const kind = seed.token?.kind ?? 'actions'
  return {
    repository: {
      owner,
      name,
      id: 812_003_411,
      ownerId: 6_844_498,
      visibility: seed.visibility ?? 'private',
      defaultBranch,
      immutableSubject: seed.immutableSubject ?? false,
    },
    issues: [
      ...(seed.issues ?? []).map(issueOf),
      ...(seed.pulls ?? []).map((pull) => pullOf(pull, `${owner}/${name}`, defaultBranch)),
    ],
    comments: (seed.comments ?? []).map(commentOf),
    pushes: new Map(),
    commits: new Map((seed.commits ?? []).map(({ sha, pulls }) => [sha, pulls])),
    token: {
      value: seed.token?.value ?? 'ghs_practiceTokenOfThisJob0000000000000000',
      kind,
      login: seed.token?.login ?? (kind === 'actions' ? 'github-actions[bot]' : 'mona'),
      permissions: seed.token?.permissions ?? { ...ALL_PERMISSIONS },
    },
    job: {
      event: seed.job?.event ?? 'push',
      ref: seed.job?.ref ?? `refs/heads/${defaultBranch}`,
      sha: shaOf('main'),
      headRef: '',
      baseRef: '',
      environment: seed.job?.environment ?? null,
      actor: 'mona',
      runId: 490,
      attempt: 1,
      requestToken: 'practice-request-token',
    },
  }
}

function issueOf(seed: NonNullable<GitHubSeed['issues']>[number]): Issue {
  return {
    number: seed.number,
    title: seed.title,
    body: seed.body ?? null,
    state: seed.closed ? 'closed' : 'open',
    stateReason: seed.closed ? 'completed' : null,
    author: userOf(seed.author ?? 'mona'),
    createdAt: ONCE,
    updatedAt: ONCE,
    closedAt: seed.closed ? ONCE : null,
  }
}

function pullOf(seed: Static<typeof PullSeed>, repository: string, defaultBranch: string): Issue {
  const state = seed.state ?? 'open'
  const merged = state === 'merged'
  const closedAt = state === 'open' ? null : new Date(seed.mergedAt ?? ONCE)
  const head = seed.head?.sha ?? shaOf(`head ${seed.number}`)
  return {
    number: seed.number,
    title: seed.title ?? `Change ${seed.number}`,
    body: null,
    state: state === 'open' ? 'open' : 'closed',
    stateReason: null,
    author: userOf(seed.author ?? 'mona'),
    createdAt: ONCE,
    updatedAt: new Date(seed.updatedAt ?? closedAt ?? ONCE),
    closedAt,
    pull: {
      head: {
        ref: seed.head?.ref ?? `change-${seed.number}`,
        sha: head,
        repository: seed.head?.repository ?? repository,
      },
      base: { ref: seed.base ?? defaultBranch, sha: shaOf('main') },
      files: seed.files ?? [],
      mergedAt: merged ? closedAt : null,
      mergedBy: merged ? userOf(seed.mergedBy ?? 'mona') : null,
      // GitHub shows a test merge here while a pull request is open (REST, get a pull request).
      mergeCommit: seed.mergeCommit ?? shaOf(`merge ${seed.number}`),
      reviews: (seed.reviews ?? []).map(({ by, state }) => ({
        by: userOf(by),
        state,
        commit: head,
        submittedAt: ONCE,
      })),
    },
  }
}

function commentOf(seed: NonNullable<GitHubSeed['comments']>[number], index: number): Comment {
  return {
    id: 1001 + index,
    on: seed.on,
    author: userOf(seed.author ?? 'mona'),
    body: seed.body,
    createdAt: ONCE,
    updatedAt: seed.editedBy === undefined ? ONCE : LATER,
    ...(seed.editedBy !== undefined && { editor: userOf(seed.editedBy) }),
  }
}

/** A commit's name made from a text: the same in every run. */
export function shaOf(of: string): string {
  return createHash('sha1').update(of).digest('hex')
}
