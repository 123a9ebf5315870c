import { isTrouble, isUnhealthy, type Outcome, type Plan } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { keepIssue } from '../../github/issue.ts'
import { attentionIssue } from '../../report/markdown/issue.ts'
import type { Job } from './job.ts'

/**
 * Nobody watches a schedule: one issue says when somebody should, be it for how the run ended or for the
 * health of what was set up; a run over all profiles in which both are well closes it.
 */
export async function keepAttention(
  { client, run, inputs, detail }: Job,
  of: Plan | Result,
  outcome: Outcome,
): Promise<undefined> {
  if (!client) return undefined
  const { profiles } = 'plan' in of ? of.plan : of
  const needed = isTrouble(outcome) || profiles.some(isUnhealthy)
  if (!needed && inputs.only.length > 0) return undefined
  await keepIssue(client, run, needed ? attentionIssue(of, { detail }) : null)
  return undefined
}
