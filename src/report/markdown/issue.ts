/** The body of the one issue that says that somebody has to look. */
import { isTrouble, worstOutcome, type Plan } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { leftByHand, plannedByHand } from '../by-hand.ts'
import type { Detail } from '../detail.ts'
import { planVerdict, resultVerdict } from '../verdict.ts'
import { MOOD_SIGNS } from '../wording.ts'
import { byHandSection } from './by-hand.ts'
import { endingLines, failedSection, heldSection, skippedChangesSection } from './endings.ts'
import { healthSection } from './health.ts'
import { fitted, type Level } from './levels.ts'
import { errorsSection, limitsSection } from './limits.ts'
import { marker } from './marker.ts'
import { blocks, link } from './parts.ts'
import { COMMENT_BYTES, leftOut } from './plan.ts'
import { profilesTable, resultTable } from './profiles.ts'
import { howToGoOn } from './result.ts'
import { unreachedSection, warningsSection } from './remarks.ts'

export interface IssueOptions {
  readonly detail: Detail
  /** Where the newest run can be seen. Left out, the same trouble gives the same text. */
  readonly run?: string
}

/** @throws nothing: the smallest level fits an issue */
export function attentionIssue(of: Plan | Result, options: IssueOptions): string {
  const { detail } = options
  const lines = 'plan' in of ? endingLines(of, detail) : undefined
  return fitted(
    (level) => {
      const view = { detail, level }
      return blocks([
        `${marker('attention', 'default')}\nA run of tenant-sync needs somebody to look. This issue is kept up to date, and closed by itself when a run over all profiles is clean.`,
        ...('plan' in of ? resultParts(of, view) : planParts(of, view)),
        leftOut(level, 'the job summary and the report'),
        options.run === undefined ? '' : `Newest run: ${link('run', options.run)}`,
      ])
    },
    COMMENT_BYTES,
    lines,
  )
}

function resultParts(result: Result, view: { detail: Detail; level: Level }): string[] {
  const { mood, sentence } = resultVerdict(result)
  const health = healthSection(result.plan, view)
  // Nothing went wrong in the run itself: somebody has to look at how things stand.
  const isCause = !isTrouble(result.outcome)
  return [
    `### ${MOOD_SIGNS[mood]} apply: ${sentence}`,
    isCause ? health : '',
    limitsSection(result.plan, view),
    errorsSection(result.profiles, view),
    view.level.profiles ? resultTable(result) : '',
    failedSection(result, view),
    heldSection(result, view),
    byHandSection(leftByHand(result), view),
    skippedChangesSection(result, view),
    unreachedSection(result.plan, view),
    warningsSection(result.plan, view),
    isCause ? '' : health,
    howToGoOn(result),
  ]
}

function planParts(plan: Plan, view: { detail: Detail; level: Level }): string[] {
  const { mood, sentence } = planVerdict(plan)
  const health = healthSection(plan, view)
  const isCause = !isTrouble(worstOutcome(plan.profiles.map(({ outcome }) => outcome)))
  return [
    `### ${MOOD_SIGNS[mood]} plan: ${sentence}`,
    isCause ? health : '',
    limitsSection(plan, view),
    errorsSection(plan.profiles, view),
    view.level.profiles ? profilesTable(plan) : '',
    byHandSection(plannedByHand(plan), view),
    unreachedSection(plan, view),
    warningsSection(plan, view),
    isCause ? '' : health,
  ]
}
