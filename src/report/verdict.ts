/** The one line that says what will happen, or what happened. Numbers and our own words alone. */
import type { Action, Outcome, Plan } from '../engine/plan.ts'
import type { ChangeResult, ProfileResult, Result } from '../engine/result.ts'
import { totals, unreachedIn } from './tally.ts'
import { listed, mailboxCount, number, OUTCOME_MOODS, some, type Mood } from './wording.ts'

export interface Verdict {
  readonly mood: Mood
  readonly sentence: string
}

const ACTIONS: readonly Action[] = ['create', 'update', 'delete']

/** What is blocked or failed is not written: the sentence counts what is. */
export function planVerdict({ profiles }: Plan): Verdict {
  const planned = profiles.filter(({ outcome }) => outcome === 'planned')
  const will = totals(planned)
  const todo = counted((action) => [will[action], `to ${action}`])
  const refused = listed(
    present([
      [having(profiles, 'blocked'), (count) => `${some(count, 'profile')} blocked by limits`],
      [having(profiles, 'failed'), (count) => `${some(count, 'profile')} could not be planned`],
    ]),
  )
  if (refused)
    return {
      mood: 'alarm',
      sentence: `${refused}; ${todo ? `of the others, ${todo}` : 'nothing would be written'}`,
    }
  if (having(profiles, 'validated') > 0)
    return { mood: 'calm', sentence: 'profiles checked; nothing was read or planned' }
  const removes = planned.some((profile) => profile.counts.delete + profile.counted.deletes > 0)
  const careful = removes || profiles.some(isTroubled)
  return { mood: careful ? 'care' : todo ? 'change' : 'calm', sentence: todo || 'nothing to do' }
}

export function resultVerdict({ outcome, plan, profiles }: Result): Verdict {
  const sum = (count: (profile: ProfileResult) => number) =>
    profiles.reduce((total, profile) => total + count(profile), 0)
  const done = counted((action) => [sum((profile) => profile.done[action]), `${action}d`])
  const untried = profiles.filter(({ outcome, changes }) => outcome === 'failed' && changes.length === 0)
  const rest = present([
    [having(profiles, 'blocked'), (count) => `${some(count, 'profile')} blocked by limits`],
    [having(profiles, 'stale'), (count) => `${some(count, 'profile')} not as reviewed`],
    [untried.length, (count) => `${some(count, 'profile')} failed`],
    [sum(({ failed }) => failed), (count) => `${some(count, 'change')} failed`],
    [sum(({ skipped }) => skipped), (count) => `${some(count, 'change')} not attempted`],
    [sum(({ held }) => held), (count) => `${some(count, 'change')} held back`],
    [unreachedIn(plan), (count) => `${mailboxCount(count)} not reached`],
  ])
  const begun = sum(({ changes }) => changes.reduce((total, change) => total + begunOf(change), 0))
  const nothing =
    begun > 0
      ? `${some(begun, 'change')} written in part`
      : rest.length > 0
        ? 'nothing written'
        : 'nothing to do'
  return { mood: OUTCOME_MOODS[outcome], sentence: [done || nothing, ...rest].join('; ') }
}

/** How much of a change was written before it failed. */
function begunOf(ending: ChangeResult): number {
  if (ending.status === 'divided') return ending.failures.filter(({ begun }) => begun).length
  return Number('begun' in ending)
}

/** `12 to create, 31 to update and 2 to delete`; empty when there is nothing of any. */
function counted(of: (action: Action) => readonly [count: number, words: string]): string {
  return listed(
    ACTIONS.map(of)
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${number(count)} ${words}`),
  )
}

function present(parts: readonly (readonly [number, (count: number) => string])[]): string[] {
  return parts.filter(([count]) => count > 0).map(([count, words]) => words(count))
}

function having(profiles: readonly { readonly outcome: Outcome }[], wanted: Outcome): number {
  return profiles.filter(({ outcome }) => outcome === wanted).length
}

function isTroubled({ warnings, health }: Plan['profiles'][number]): boolean {
  return warnings.length > 0 || health.some(({ state }) => state !== 'ok')
}
