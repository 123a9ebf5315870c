/** What an apply did, as a comment on the merged pull request and as a job's summary. */
import type { Result } from '../../engine/result.ts'
import type { Detail } from '../detail.ts'
import { leftByHand } from '../by-hand.ts'
import { code } from '../inert.ts'
import { unreachedIn } from '../tally.ts'
import { resultVerdict } from '../verdict.ts'
import { MOOD_SIGNS } from '../wording.ts'
import { byHandSection } from './by-hand.ts'
import { endingLines, failedSection, heldSection, skippedChangesSection } from './endings.ts'
import { healthSection } from './health.ts'
import { fitted, type Level } from './levels.ts'
import { errorsSection, limitsSection } from './limits.ts'
import { marker } from './marker.ts'
import { blocks, link } from './parts.ts'
import { COMMENT_BYTES, leftOut, notesSection, SUMMARY_BYTES } from './plan.ts'
import { resultTable } from './profiles.ts'
import { skippedSection, unreachedSection, warningsSection } from './remarks.ts'

/** Who else approved stands on the pull request. */
const MOST_APPROVERS = 10

export interface ResultOptions {
  readonly detail: Detail
  readonly budgetBytes?: number
  /** Plain texts that stand right after the verdict, e.g. why no review was found. */
  readonly notes?: readonly string[]
  /** Who merged the pull request, and who approved it: GitHub logins. */
  readonly merged?: { readonly by: string; readonly approvedBy: readonly string[] }
  /** Where the run can be seen. */
  readonly run?: string
  /** Of `journal.ndjson`, in hexadecimal. */
  readonly journalSha256?: string
}

export interface ResultCommentOptions extends ResultOptions {
  readonly id: string
}

/** @throws RangeError when even the smallest level does not fit */
export function resultComment(result: Result, options: ResultCommentOptions): string {
  const { id, detail, budgetBytes = COMMENT_BYTES } = options
  const first = marker('apply', id, { digest: result.plan.digest, detail })
  return fitted(
    (level) => `${first}\n${body(result, options, level, 'the job summary and the report')}`,
    budgetBytes,
    endingLines(result, detail),
  )
}

/** @throws RangeError when even the smallest level does not fit */
export function resultSummary(result: Result, options: ResultOptions): string {
  return fitted(
    (level) => body(result, options, level, 'the report'),
    options.budgetBytes ?? SUMMARY_BYTES,
    endingLines(result, options.detail),
  )
}

function body(result: Result, options: ResultOptions, level: Level, elsewhere: string): string {
  const view = { detail: options.detail, level }
  const { mood, sentence } = resultVerdict(result)
  return blocks([
    `### ${MOOD_SIGNS[mood]} tenant-sync apply: ${sentence}`,
    notesSection(options.notes ?? []),
    limitsSection(result.plan, view),
    errorsSection(result.profiles, view),
    level.profiles ? resultTable(result) : '',
    failedSection(result, view),
    heldSection(result, view),
    byHandSection(leftByHand(result), view),
    skippedChangesSection(result, view),
    unreachedSection(result.plan, view),
    skippedSection(result.plan, view),
    warningsSection(result.plan, view),
    healthSection(result.plan, view),
    leftOut(level, elsewhere),
    howToGoOn(result),
    provenance(result, options, level),
  ])
}

export function howToGoOn(result: Result): string {
  const { plan, profiles } = result
  const has = (which: (profile: Result['profiles'][number]) => boolean) => profiles.some(which)
  return [
    ...(has(({ failed, skipped, outcome }) => failed + skipped > 0 || outcome === 'failed')
      ? [
          '- **Safe to run again:** what is done is skipped, what failed is tried anew. Everything that was written stands in the journal.',
        ]
      : []),
    ...(leftByHand(result).length > 0
      ? [
          '- **By hand** is what this runner cannot write. Run the scripts; the next run finds what they made.',
        ]
      : []),
    ...(unreachedIn(plan) > 0
      ? [
          '- **Not reached** mailboxes are left as they are: the next run tries them again, unless they are taken out of the profile.',
        ]
      : []),
    ...(has(({ held }) => held > 0)
      ? [
          '- **Held back** is what nobody reviewed. The next scheduled run deletes it within the limits, unless it is put right before; what does not bear the mark of its profile waits for a reviewed plan, or for `accept-digest`.',
        ]
      : []),
    ...(has(({ outcome }) => outcome === 'blocked')
      ? [
          '- **Blocked** profiles were not written at all: raise the limit in a reviewed change, or mend the cause.',
        ]
      : []),
    ...(has(({ outcome }) => outcome === 'stale')
      ? [
          '- **Not as reviewed:** nothing was written for the profile. Open a pull request that touches it, so that the plan of today is reviewed.',
        ]
      : []),
  ].join('\n')
}

function provenance(
  { plan }: Result,
  { detail, merged, run, journalSha256 }: ResultOptions,
  level: Level,
): string {
  const approved = merged?.approvedBy.slice(0, MOST_APPROVERS).map((login) => code(login, 40)) ?? []
  const facts = [
    ...(merged ? [`merged by ${code(merged.by, 40)}`] : []),
    ...(merged ? [`approved by ${approved.join(', ') || 'nobody'}`] : []),
    ...(run === undefined ? [] : [link('run', run)]),
    ...(journalSha256 === undefined ? [] : [`journal sha256 ${code(journalSha256, 80)}`]),
    `digest ${code(plan.digest, 80)}`,
    `detail \`${detail}\``,
    `level \`${level.name}\``,
  ]
  return `<sub>${facts.join(' · ')}</sub>`
}
