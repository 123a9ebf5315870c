import type { Inputs } from './inputs.ts'
import { isBeforeMerge, RunRefused } from './run.ts'
import type { Run } from './run.ts'

export type Command = Exclude<Inputs['command'], 'auto'>

/**
 * What a run does. `auto` plans, but applies what is merged: on a push to the default branch, on a
 * schedule, and on `workflow_dispatch` unless that was started on another branch.
 * @throws RunRefused for `apply` on a pull request: who can open one could change what is applied
 */
export function commandFor(input: Inputs['command'], run: Run): Command {
  if (input === 'apply' && isBeforeMerge(run)) {
    throw new RunRefused(
      'apply-before-merge',
      `\`command: apply\` is refused on \`${run.event}\`: only what is merged is applied. Use \`plan\`, or \`auto\`, which plans here and applies after the merge.`,
    )
  }
  if (input !== 'auto') return input
  return AUTOMATIC.get(run.event)?.(run) === true ? 'apply' : 'plan'
}

const AUTOMATIC = new Map<string, (run: Run) => boolean>([
  ['push', ({ isDefaultBranch }) => isDefaultBranch],
  // GitHub starts schedules on the default branch alone.
  ['schedule', () => true],
  [
    'workflow_dispatch',
    ({ isDefaultBranch, defaultBranch }) => isDefaultBranch || defaultBranch === undefined,
  ],
])
