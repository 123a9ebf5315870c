/**
 * The record of what reviewers saw, as the last line of a plan comment: HTML that shows nothing, and
 * JSON that a later run reads (DESIGN 5). The salt does not stand in it: who reads it knows where it stood.
 */
import { Type, type Static } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { MOST_REMOVALS, REMOVAL_DIGITS, type Review, type Reviewed } from '../../engine/review.ts'
import { number } from '../wording.ts'

/** Leaves the rest of a comment more than its smallest level needs. */
const RECORD_BYTES = 40_000

const PREFIX = '<!-- tenant-sync:review v='
const VERSION = '1'
const SUFFIX = ' -->'

export interface ReviewRecord {
  /** The line; empty when the profiles are too many. */
  readonly line: string
  /** What reviewers have to know of what it does not hold; empty when it holds all. */
  readonly warning: string
}

/** As much of a review as there is room for. */
export function reviewRecord(review: Review): ReviewRecord {
  const fitting = [
    review.profiles,
    review.profiles.map(withoutSettings),
    review.profiles.map(withoutRemovals),
  ]
    .map((profiles) => ({ profiles, line: lineOf(profiles) }))
    .find(({ line }) => line.length <= RECORD_BYTES)
  if (!fitting) return { line: '', warning: TOO_MANY_PROFILES }
  const listed = fitting.profiles.every(({ removals }) => removals !== null)
  return { line: fitting.line, warning: listed ? '' : TOO_MANY_REMOVALS }
}

const HELD = 'A merge deletes nobody: every deletion is held.'
const TOO_MANY_REMOVALS = `${HELD} The record of a review has room for ${number(MOST_REMOVALS)} of them, and for fewer with very many profiles. Afterwards a schedule deletes within the limits, or a run with accept-digest does.`
const TOO_MANY_PROFILES = `${HELD} The profiles are more than one comment can keep a record of, so that their creations and updates are not held against this plan either. Divide them by profiles and comment-id.`

function withoutSettings({ name, file, digest, counts, removals }: Reviewed): Reviewed {
  return { name, file, digest, counts, removals }
}

function withoutRemovals(reviewed: Reviewed): Reviewed {
  return { ...withoutSettings(reviewed), removals: reviewed.removals?.length === 0 ? [] : null }
}

/** One hash after the other: quotes and commas would take a third of the room. */
function written({ removals, ...reviewed }: Reviewed) {
  return { ...reviewed, removals: removals?.join('') ?? null }
}

function read({ removals, ...reviewed }: Static<typeof recordSchema>['profiles'][number]): Reviewed {
  return { ...reviewed, removals: removals?.match(EACH_REMOVAL) ?? (removals === null ? null : []) }
}

const EACH_REMOVAL = new RegExp(`.{${REMOVAL_DIGITS}}`, 'g')

/** ASCII alone, and nothing that ends a comment: names of keys are other people's words. */
function lineOf(profiles: readonly Reviewed[]): string {
  const json = JSON.stringify({ profiles: profiles.map(written) }).replace(
    /[^ -~]|[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${PREFIX}${VERSION} ${json}${SUFFIX}`
}

const count = Type.Integer({ minimum: 0 })
const recordSchema = Type.Object({
  profiles: Type.Array(
    Type.Object({
      name: Type.String(),
      file: Type.String(),
      digest: Type.String(),
      counts: Type.Object({ create: count, update: count, delete: count }),
      settings: Type.Optional(Type.Record(Type.String(), Type.String())),
      removals: Type.Union([Type.String({ pattern: `^(?:.{${REMOVAL_DIGITS}})*$` }), Type.Null()]),
    }),
  ),
})
const isRecord = new Ajv2020().compile<Static<typeof recordSchema>>(recordSchema)

/** @returns what a comment records; or why that cannot be read, as the end of a sentence. */
export function reviewIn(comment: string, salt: string): Review | string {
  const lines = comment.split(/\r?\n/).filter((line) => line.startsWith(PREFIX))
  const [line] = lines
  if (line === undefined) return 'records no review'
  if (lines.length > 1) return 'records more than one review'
  const version = line.slice(PREFIX.length).split(' ', 1)[0]!
  if (version !== VERSION) return 'was written by another version of tenant-sync'
  const record = parsed(line.slice(PREFIX.length + version.length, -SUFFIX.length))
  return isRecord(record)
    ? { salt, profiles: record.profiles.map(read) }
    : 'records a review that cannot be read'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
