/** Changes that somebody has to make by hand, with the scripts to paste for them. */
import type { Plan } from '../engine/plan.ts'
import type { Result } from '../engine/result.ts'
import { script, type Detail } from './detail.ts'
import { unattempted } from './endings.ts'
import { visible } from './inert.ts'
import { placedChanges, sumOf, type Planned } from './tally.ts'
import { number, some } from './wording.ts'

/** A longer one stands in the plan file alone: half a script must not be pasted. */
const MOST_SCRIPT = 10_000

/** Of profiles that would be written: the script of one that is blocked would go past its limits. */
export function plannedByHand({ profiles }: Pick<Plan, 'profiles'>): Planned[] {
  return profiles
    .filter(({ outcome }) => outcome === 'planned')
    .flatMap((profile) => placedChanges(profile).map((placed) => ({ profile, ...placed })))
    .filter(isByHand)
}

/** What an apply left to be made by hand. */
export function leftByHand(result: Result): Planned[] {
  return unattempted(result).filter(isByHand)
}

export function isByHand({ change }: Pick<Planned, 'change'>): boolean {
  return change.manual !== undefined
}

/** `2 changes have to be made by hand` */
export function byHandWords(planned: readonly Planned[]): string {
  const count = sumOf(planned)
  return `${some(count, 'change')} ${count === 1 ? 'has' : 'have'} to be made by hand`
}

/** Why: a sentence that follows a colon. */
export function missingOn(machine: string): string {
  return `PowerShell, or the module it needs, is missing on ${machine}.`
}

/** `The scripts of 3 of them stand`: those that are not shown; `undefined` where all of them are. */
export function unshownWords(planned: readonly Planned[], shown: readonly ShownScript[]): string | undefined {
  const [all, left] = [sumOf(planned), sumOf(planned) - sumOf(shown)]
  if (left === 0) return undefined
  const of = left === all ? '' : ` of ${number(left)} of them`
  return left === 1 ? `The script${of} stands` : `The scripts${of} stand`
}

/** Writes all the scripts of a plan file into one; of what is blocked there are none to be run. */
export const ALL_SCRIPTS = `jq -r '.profiles[] | select(.outcome == "planned").changes[].manual // empty' plan.json > by-hand.ps1`

export interface ShownScript extends Planned {
  /** Every character of them can be seen: one that could not is a picture here, so that it is not what to paste. */
  readonly lines: readonly string[]
  readonly isAltered: boolean
}

/** The first `most` of those that may be shown, configuration before people: they wait for it. */
export function shownScripts(
  planned: readonly Planned[],
  detail: Detail,
  most: number,
): readonly ShownScript[] {
  const shown: ShownScript[] = []
  for (const one of planned.toSorted(configurationFirst)) {
    if (shown.length >= most) break
    const text = script(one.change, detail)?.trimEnd()
    if (text === undefined || text.length > MOST_SCRIPT) continue
    const original = text.split(/\r?\n/)
    const lines = original.map((line) => visible(line))
    if (lines.join('\n').length > MOST_SCRIPT) continue
    shown.push({ ...one, lines, isAltered: lines.some((line, index) => line !== original[index]) })
  }
  return shown
}

function configurationFirst(left: Planned, right: Planned): number {
  return Number(!left.change.configuration) - Number(!right.change.configuration)
}
