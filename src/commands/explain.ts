import type { Detail } from '../report/detail.ts'
import { explanationJson } from '../report/json.ts'
import { terminalExplanation } from '../report/terminal/explanation.ts'
import type { Console } from './console.ts'
import { ERROR_EXIT_CODE } from './exit-code.ts'
import { explainRun, type RunOptions } from './run.ts'

/**
 * Tells of one person which profiles include them and why or why not, what stands in each target, and what
 * an apply would do. Nothing is written.
 * @param address any of the person's addresses, or their object id; case is ignored.
 * @returns the exit code: that nobody knows them is an answer, a profile that could not be read is an error.
 */
export async function explain(
  options: RunOptions,
  address: string,
  console: Console,
  { detail, json }: { detail: Detail; json: boolean },
): Promise<number> {
  const profiles = await explainRun(options, address)
  const { color, width } = console
  console.out(
    json
      ? explanationJson(address, profiles)
      : terminalExplanation(address, profiles, { detail, color, width }),
  )
  return profiles.some(({ errors }) => errors.length > 0) ? ERROR_EXIT_CODE : 0
}
