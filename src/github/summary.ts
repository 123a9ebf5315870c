import { summary } from '@actions/core'
import { SUMMARY_BYTES } from '../report/markdown/plan.ts'

/**
 * Adds to the job summary. Without a runner that takes one, nothing is written.
 * @param markdown rendered to fit; it is never cut here
 * @throws RangeError when it does not fit: GitHub would show nothing at all
 */
export async function writeSummary(markdown: string): Promise<void> {
  const bytes = Buffer.byteLength(markdown)
  if (bytes > SUMMARY_BYTES)
    throw new RangeError(`a job summary of ${bytes} bytes: at most ${SUMMARY_BYTES} fit`)
  if (!process.env['GITHUB_STEP_SUMMARY']) return
  await summary.addRaw(markdown, true).write()
}
