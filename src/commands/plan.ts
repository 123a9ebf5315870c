import { writeFileSync } from 'node:fs'
import { worstOutcome } from '../engine/plan.ts'
import type { Detail } from '../report/detail.ts'
import { htmlReport } from '../report/html/page.ts'
import { planJson } from '../report/json.ts'
import { terminalPlan } from '../report/terminal/plan.ts'
import type { Console } from './console.ts'
import { CHANGES_EXIT_CODE, EXIT_CODES } from './exit-code.ts'
import { planRun, type PlannedRun, type RunOptions } from './run.ts'

export interface ShowOptions {
  readonly detail: Detail
  readonly json: boolean
  /** Where the plan goes as data. */
  readonly out?: string
  /** Where the HTML report goes. */
  readonly report?: string
}

/** Shows what an apply would do, and writes nothing anywhere but to files asked for. @returns the exit code. */
export async function plan(
  options: RunOptions,
  console: Console,
  show: ShowOptions & { detailedExitcode: boolean },
): Promise<number> {
  const planned = await planRun(options, 'plan')
  showPlan(planned, console, show)
  const outcome = worstOutcome(planned.plan.profiles.map((profile) => profile.outcome))
  const changes = planned.plan.profiles.some((profile) => profile.changes.length > 0)
  return EXIT_CODES[outcome] || (show.detailedExitcode && changes ? CHANGES_EXIT_CODE : 0)
}

export function showPlan(
  { plan: data }: Pick<PlannedRun, 'plan'>,
  console: Console,
  { detail, json, out, report }: ShowOptions,
): void {
  if (out !== undefined) writeFileSync(out, planJson(data))
  if (report !== undefined) writeFileSync(report, htmlReport({ plan: data, detail }))
  console.out(
    json ? planJson(data) : terminalPlan(data, { detail, color: console.color, width: console.width }),
  )
}
