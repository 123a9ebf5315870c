import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SingleBar } from 'cli-progress'
import { Journal } from '../engine/journal.ts'
import type { Result } from '../engine/result.ts'
import type { Approval } from '../engine/approval.ts'
import { htmlReport } from '../report/html/page.ts'
import { planJson } from '../report/json.ts'
import { placedChanges, sumOf } from '../report/tally.ts'
import { terminalResult } from '../report/terminal/result.ts'
import type { Console } from './console.ts'
import { ERROR_EXIT_CODE, EXIT_CODES } from './exit-code.ts'
import { showPlan, type ShowOptions } from './plan.ts'
import { applyRun, planRun, type PlannedRun, type RunOptions } from './run.ts'

export interface ApplyCommand extends ShowOptions {
  /** The question is answered. Objects without our mark are still not deleted: nobody saw them. */
  readonly yes: boolean
  /** The digest of the plan that was seen: applied if the fresh one has it, else nothing is. */
  readonly acceptDigest?: string
  readonly journal: string
}

/** Plans afresh, asks, writes. @returns the exit code. */
export async function apply(options: RunOptions, console: Console, command: ApplyCommand): Promise<number> {
  const planned = await planRun(options, 'apply')
  const { profiles, digest } = planned.plan
  if (command.acceptDigest !== undefined && command.acceptDigest !== digest) {
    console.err(
      `Nothing was written: the plan is not the one that was accepted any more. Its digest is ${digest}.`,
    )
    return EXIT_CODES.stale
  }
  const writes = profiles.some(({ outcome }) => outcome === 'planned')
  const approval = writes ? await approve(planned, console, command) : 'limits'
  if (!approval) return ERROR_EXIT_CODE
  const result = await write(planned, console, { ...command, approval })
  showResult(result, console, command)
  return EXIT_CODES[result.outcome]
}

/** @returns `undefined` when nobody says yes. */
async function approve(
  planned: PlannedRun,
  console: Console,
  command: ApplyCommand,
): Promise<Approval | undefined> {
  if (command.acceptDigest !== undefined) return 'seen'
  if (command.yes) return 'limits'
  if (!console.interactive) {
    console.err('Nothing was written: without a terminal to ask at, apply needs --yes.')
    return undefined
  }
  showPlan(planned, console, { ...command, json: false })
  if (await console.ask('Apply this plan?')) return 'seen'
  console.err('Nothing was written.')
  return undefined
}

/** Without a terminal it writes a line now and then, for logs. */
function progressBar(): SingleBar {
  return new SingleBar({
    format: 'Applying [{bar}] {value} of {total}, {eta_formatted} left',
    stream: process.stderr,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 1000,
  })
}

async function write(
  planned: PlannedRun,
  console: Console,
  { approval, journal }: ApplyCommand & { approval: Approval },
): Promise<Result> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const writing = planned.plan.profiles.filter(({ outcome }) => outcome === 'planned')
  const progress = new Map(
    writing.map((profile) => [profile.name, { through: 0, of: sumOf(placedChanges(profile)) }]),
  )
  const sum = (which: 'through' | 'of') =>
    [...progress.values()].reduce((total, one) => total + one[which], 0)
  const bar = progressBar()
  if (sum('of') > 0) bar.start(sum('of'), 0)
  try {
    return await applyRun(planned, {
      approvalOf: () => approval,
      journal: new Journal({ journal, removed: join(dirname(journal), 'removed.ndjson') }),
      signal: stopping.signal,
      onProgress: (profile, through, of) => {
        // Of a shard, and of what is held back, there is less than was planned.
        progress.set(profile, { through, of })
        bar.setTotal(sum('of'))
        bar.update(sum('through'))
      },
    })
  } finally {
    bar.stop()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

function showResult(result: Result, console: Console, { detail, json, out, report }: ShowOptions): void {
  if (out !== undefined) writeFileSync(out, planJson(result.plan))
  if (report !== undefined) writeFileSync(report, htmlReport({ plan: result.plan, result, detail }))
  console.out(
    json
      ? JSON.stringify(result, null, 2)
      : terminalResult(result, { detail, color: console.color, width: console.width }),
  )
}
