/** The plan as a pull request's comment, and as a job's summary: the same sections, each to its budget. */
import { isUnhealthy, worstOutcome, type Outcome, type Plan } from '../../engine/plan.ts'
import type { Detail } from '../detail.ts'
import { code, prose } from '../inert.ts'
import { plannedByHand } from '../by-hand.ts'
import { planVerdict } from '../verdict.ts'
import { totals } from '../tally.ts'
import { MOOD_SIGNS, number } from '../wording.ts'
import { byHandSection } from './by-hand.ts'
import { changeLines, changeSections } from './changes.ts'
import { diagram } from './diagram.ts'
import { healthSection } from './health.ts'
import { fitted, type Level } from './levels.ts'
import { errorsSection, limitsSection } from './limits.ts'
import { marker } from './marker.ts'
import { blocks, quoted } from './parts.ts'
import { limitsOfAll, profilesTable } from './profiles.ts'
import type { ReviewRecord } from './record.ts'
import { skippedSection, unreachedSection, warningsSection } from './remarks.ts'

/** GitHub refuses a comment of more than 65,536 characters; whether it counts bytes is disputed. */
export const COMMENT_BYTES = 60_000
/** GitHub drops a step's summary of more than 1 MiB as a whole (workflow commands, job summaries). */
export const SUMMARY_BYTES = 900 * 1024

const MOST_NOTES = 3
const MOST_NOTE = 400

export interface PlanOptions {
  readonly detail: Detail
  readonly budgetBytes?: number
  /** Plain texts that stand right after the verdict, e.g. that the plan's token could write. */
  readonly notes?: readonly string[]
  /** What the reviewers of a pull request approve by this plan; it closes the comment, and counts in its budget. */
  readonly review?: ReviewRecord
  /** Whether the job fails when something is blocked. Default: it does. */
  readonly failOnBlocked?: boolean
}

export interface PlanCommentOptions extends PlanOptions {
  /** Keeps several comments of one pull request apart. */
  readonly id: string
}

/**
 * The same plan gives the same text: it carries no time, run or commit.
 * @throws RangeError when even the smallest level does not fit beside the record
 */
export function planComment(plan: Plan, options: PlanCommentOptions): string {
  const { id, detail, budgetBytes = COMMENT_BYTES, review } = options
  const first = marker('plan', id, { digest: plan.digest, detail })
  return fitted(
    (level) =>
      blocks([
        `${first}\n${body(plan, options, level, 'the job summary and the report')}`,
        review?.line ?? '',
      ]),
    budgetBytes,
    changeLines(plan, detail),
  )
}

/** @throws RangeError when even the smallest level does not fit */
export function planSummary(plan: Plan, options: PlanOptions): string {
  return fitted(
    (level) => body(plan, options, level, 'the report'),
    options.budgetBytes ?? SUMMARY_BYTES,
    changeLines(plan, options.detail),
  )
}

function body(plan: Plan, options: PlanOptions, level: Level, elsewhere: string): string {
  const view = { detail: options.detail, level }
  const { mood, sentence } = planVerdict(plan)
  return blocks([
    `### ${MOOD_SIGNS[mood]} tenant-sync plan: ${sentence}`,
    notesSection([...(options.notes ?? []), ...(options.review?.warning ? [options.review.warning] : [])]),
    limitsSection(plan, view),
    errorsSection(plan.profiles, view),
    level.profiles ? profilesTable(plan) : `${number(plan.profiles.length)} profiles${limitsOfAll(plan)}.`,
    level.profiles ? diagram(plan) : '',
    byHandSection(plannedByHand(plan), view),
    ...changeSections(plan, view),
    unreachedSection(plan, view),
    skippedSection(plan, view),
    warningsSection(plan, view),
    healthSection(plan, view),
    leftOut(level, elsewhere),
    howToGoOn(plan, options),
    `<sub>digest ${code(plan.digest, 80)} · detail \`${options.detail}\` · level \`${level.name}\`</sub>`,
  ])
}

export function notesSection(notes: readonly string[]): string {
  if (notes.length === 0) return ''
  return quoted('WARNING', blocks(notes.slice(0, MOST_NOTES).map((note) => prose(note, MOST_NOTE))))
}

const LEFT_OUT: Record<Level['name'], string> = {
  everything: '',
  fields: 'The values of fields, and scripts and remarks beyond the first,',
  deletions: 'All lines but those about deletions',
  'first-deletions': 'All lines but the first about deletions',
  profiles: 'Every line about a single object',
  totals: 'The table of profiles and every line about a single object',
}

/** Where the plan is shown in a smaller level, which one, and where the rest stands. */
export function leftOut({ name }: Level, elsewhere: string): string {
  return name === 'everything'
    ? ''
    : `**Shortened to fit.** ${LEFT_OUT[name]} did not fit here (level \`${name}\`); the rest is in ${elsewhere}.`
}

function howToGoOn({ profiles }: Plan, { detail, review, failOnBlocked = true }: PlanOptions): string {
  const has = (outcome: string) => profiles.some((profile) => profile.outcome === outcome)
  return [
    ...(has('planned') ? (review ? whatMergingDoes(profiles, review) : [AFRESH]) : []),
    ...(plannedByHand({ profiles }).length > 0 ? [BY_HAND] : []),
    ...(has('blocked')
      ? [
          `- **Blocked** is a whole profile, until the limit is raised or the cause is gone; the others go on. If the cause is gone by the merge, it is applied like them, with its deletions of this plan. ${failOnBlocked ? 'Until then this check fails.' : 'This check passes all the same, as `fail-on` says.'}`,
        ]
      : []),
    ...(has('failed')
      ? ['- **Failed** is a whole profile too: nothing is written on a read that is not complete.']
      : []),
    ...(profiles.some(isUnhealthy)
      ? [
          '- **Unhealthy** is what was set up and runs on its own. It blocks nothing, neither this check nor a merge; on a schedule it opens an issue.',
        ]
      : []),
    ...(worstOutcome(profiles.map(({ outcome }) => outcome)) === 'no-changes'
      ? ['- The target is as the profiles say.']
      : []),
    ...(detail === 'full' || !profiles.some(({ changes }) => changes.length > 0)
      ? []
      : ['- **Who is it?** At a terminal `plan` shows names, and `explain` why one is planned for.']),
    '- **Plan again:** push a commit, or run the job again.',
  ].join('\n')
}

const BY_HAND =
  '- **By hand:** an apply leaves these changes alone, and ends in part until they are made. Run their scripts when the plan is approved, not before; the next run finds what they made.'

const AFRESH = '- **An apply** reads both sides again and plans afresh. It stays within the limits.'

function whatMergingDoes(profiles: Plan['profiles'], { line, warning }: ReviewRecord): readonly string[] {
  const deletions = (which: Outcome) => totals(profiles.filter(({ outcome }) => outcome === which)).delete
  const [planned, blocked] = [deletions('planned'), deletions('blocked')]
  const others =
    blocked > 0 ? `, and the ${number(blocked)} that are blocked, should their cause be gone by then` : ''
  const deletes =
    planned + blocked === 0 || warning ? 'nobody' : `nobody but the ${number(planned)} of this plan${others}`
  const held = line
    ? `, and no more than planned here by 5, or by 10 % if that is more, for creations and for updates`
    : ''
  return [
    `- **Merging** approves the profiles and their limits. The apply reads both sides again and writes what the profiles ask for by then: people who came or changed meanwhile too, within the limits${held}. It deletes ${deletes}; who leaves later is deleted by a schedule, within the limits.${line ? ' A profile that is changed after this plan is not written at all.' : ''}`,
    '- **To stop it:** do not merge; or change the profile in this pull request (`limits`, `where`, `state: paused`). After the merge, cancel the run: what is under way ends, nothing more begins. `state: paused`, merged, stops schedules.',
  ]
}
