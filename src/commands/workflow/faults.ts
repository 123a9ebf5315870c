import { annotate } from '../../github/annotations.ts'
import { upsertComment } from '../../github/comment.ts'
import { keepIssue } from '../../github/issue.ts'
import { say } from '../../github/log.ts'
import { writeSummary } from '../../github/summary.ts'
import { formatFault } from '../../profiles/fault.ts'
import { faultsComment, faultsIssue, faultsSection } from '../../report/markdown/faults.ts'
import type { ProfileFaults } from '../run.ts'
import { ending, NOTHING_PLANNED, tell, type Ending } from './ending.ts'
import type { Job } from './job.ts'

/** Shows what is wrong with the profiles: on their lines, in the log, and where a plan would stand. */
export async function showFaults({ faults, message }: ProfileFaults, job: Job): Promise<Ending> {
  annotate(faults)
  for (const fault of faults) say(formatFault(fault))
  const summary = faultsSection(faults)
  await writeSummary(summary)
  const outputs = {
    ...NOTHING_PLANNED,
    outcome: 'failed' as const,
    'summary-path': job.file('summary.md', summary),
  }
  const { client, run, inputs } = job
  const id = inputs.commentId
  const told = client
    ? await tell(() =>
        upsertComment(client, run, {
          id,
          body: faultsComment(faults, id),
          when: inputs.comment,
          hasChanges: true,
        }),
      )
    : {}
  const attention =
    client && run.event === 'schedule' ? await tell(() => keepIssue(client, run, faultsIssue(faults))) : {}
  return ending(outputs, `${message}.`, [told, attention])
}
