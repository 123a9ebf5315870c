import { isTrouble, type Outcome, type Plan } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { keepIssue } from '../../github/issue.ts'
import { attentionIssue } from '../../report/markdown/issue.ts'
import type { Job } from './job.ts'

/** Nobody watches a schedule: one issue says when somebody should, and is closed by a clean run over all profiles. */
export async function keepAttention(
  { client, run, inputs, detail }: Job,
  of: Plan | Result,
  outcome: Outcome,
): Promise<undefined> {
  if (!client) return undefined
  const needed = isTrouble(outcome)
  if (!needed && inputs.only.length > 0) return undefined
  await keepIssue(client, run, needed ? attentionIssue(of, { detail }) : null)
  return undefined
}
