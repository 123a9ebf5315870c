/** The one line that says what will happen, or what happened. Numbers and our own words alone. */
import { isUnhealthy, type Action, type Outcome, type Plan } from '../engine/plan.ts'
import type { ChangeResult, ProfileResult, Result } from '../engine/result.ts'
import { byHandWords, leftByHand, plannedByHand } from './by-hand.ts'
import { sumOf, totals, unreachedIn } from './tally.ts'
import {
  HEALTH_MOODS,
  listed,
  mailboxCount,
  number,
  OUTCOME_MOODS,
  some,
  worstMood,
  type Mood,
} from './wording.ts'

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
  const manual = plannedByHand({ profiles })
  const more = [
    ...present([[sumOf(manual), (count) => `${number(count)} of them by hand`]]),
    ...unhealthyIn(profiles),
  ]
  if (refused) {
    const others = todo ? `of the others, ${todo}` : 'nothing would be written'
    return { mood: 'alarm', sentence: [refused, others, ...more].join('; ') }
  }
  if (having(profiles, 'validated') > 0)
    return { mood: 'calm', sentence: 'profiles checked; nothing was read or planned' }
  const removes = planned.some((profile) => profile.counts.delete + profile.counted.deletes > 0)
  const careful = removes || manual.length > 0 || profiles.some(({ warnings }) => warnings.length > 0)
  const mood = careful ? 'care' : todo ? 'change' : 'calm'
  return {
    mood: worstMood([mood, healthMood(profiles)]),
    sentence: [todo || 'nothing to do', ...more].join('; '),
  }
}

export function resultVerdict(result: Result): Verdict {
  const { outcome, plan, profiles } = result
  const sum = (count: (profile: ProfileResult) => number) =>
    profiles.reduce((total, profile) => total + count(profile), 0)
  const done = counted((action) => [sum((profile) => profile.done[action]), `${action}d`])
  const untried = profiles.filter(({ outcome, changes }) => outcome === 'failed' && changes.length === 0)
  const manual = leftByHand(result)
  const rest = present([
    [having(profiles, 'blocked'), (count) => `${some(count, 'profile')} blocked by limits`],
    [having(profiles, 'stale'), (count) => `${some(count, 'profile')} not as reviewed`],
    [untried.length, (count) => `${some(count, 'profile')} failed`],
    [sum(({ failed }) => failed), (count) => `${some(count, 'change')} failed`],
    [sumOf(manual), () => byHandWords(manual)],
    [sum(({ skipped }) => skipped) - sumOf(manual), (count) => `${some(count, 'change')} not attempted`],
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
  return {
    mood: worstMood([OUTCOME_MOODS[outcome], healthMood(plan.profiles)]),
    sentence: [done || nothing, ...rest, ...unhealthyIn(plan.profiles)].join('; '),
  }
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

/** Beside what is done, and no part of it: what was set up before runs on its own. */
function unhealthyIn(profiles: Plan['profiles']): string[] {
  const count = profiles.filter(isUnhealthy).length
  return present([[count, () => `${some(count, 'profile')} unhealthy`]])
}

function healthMood(profiles: Plan['profiles']): Mood {
  return worstMood(profiles.flatMap(({ health }) => health.map(({ state }) => HEALTH_MOODS[state])))
}
