/** The words and signs that all renderings share. Nothing here is hostile: numbers and our own names. */
import type {
  Action,
  Change,
  ExceededLimit,
  Health,
  LimitName,
  Outcome,
  ProfilePlan,
} from '../engine/plan.ts'
import type { HeldBecause, ProfileResult } from '../engine/result.ts'
import { whyOf, type Group, type Placed, type Why } from './tally.ts'

const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** `1,284` */
export function number(count: number): string {
  return NUMBER.format(count)
}

/** `1 deletion`, `2 deletions`; a plural that is not made by an `s` is named. */
export function some(count: number, noun: string, plural = `${noun}s`): string {
  return `${number(count)} ${count === 1 ? noun : plural}`
}

/** `1,240 mailboxes` */
export function mailboxCount(count: number): string {
  return some(count, 'mailbox', 'mailboxes')
}

/** `a`, `a and b`, `a, b and c` */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
}

export const GROUP_TITLES: Record<Group, string> = {
  deletions: 'Deletions',
  leavers: 'Leavers, hidden first and deleted after the grace',
  configuration: 'Configuration: objects that are nobody’s',
  updates: 'Updates',
  creations: 'Creations',
  adoptions: 'Adoptions: made by others, taken over',
}

export const UNREACHED_TITLE = 'Mailboxes that could not be reached'

/** What stands above the names of what the changes are about. */
export function subjectTitle(changes: readonly Change[]): string {
  const configuration = changes.filter((change) => change.configuration)
  if (configuration.length === 0) return 'Person'
  return configuration.length === changes.length ? 'Object' : 'Person or object'
}

export const REASON_WORDS: Record<Why, string> = {
  'new-in-source': 'new at the source',
  'left-scope': 'no longer in scope',
  'source-changed': 'changed at the source',
  'profile-changed': 'the profile changed',
  drift: 'changed by hand in the target',
  adopted: 'made by others, taken over',
  duplicate: 'a second object for the same person',
  missing: 'missing',
  'profile-absent': 'the profile is set to be absent',
  replaced: 'gives way to another object of the same person',
}

/** Of configuration nobody can tell whether the profile or the target was changed. */
export function reasonWords(placed: Pick<Placed, 'change' | 'goesWith'>): string {
  const why = whyOf(placed)
  return placed.change.configuration && why === 'drift' ? 'differs from the profile' : REASON_WORDS[why]
}

export const HELD_WORDS: Record<HeldBecause, string> = {
  unreviewed: 'a deletion that nobody reviewed',
  unmarked: 'a deletion of an object without the mark of its profile',
  'beyond-review': 'a deletion among more than a review can list',
}

/** From nothing to worry about to nothing is well. */
const MOODS = ['calm', 'change', 'care', 'alarm'] as const
export type Mood = (typeof MOODS)[number]

export function worstMood(moods: readonly Mood[]): Mood {
  return moods.reduce((worst, mood) => (MOODS.indexOf(mood) > MOODS.indexOf(worst) ? mood : worst), 'calm')
}

/** Never the only sign: words stand beside it. */
export const MOOD_SIGNS: Record<Mood, string> = { calm: '✅', change: '🟦', care: '🟨', alarm: '🟥' }

export const OUTCOME_MOODS: Record<Outcome, Mood> = {
  'no-changes': 'calm',
  planned: 'change',
  applied: 'calm',
  held: 'care',
  validated: 'calm',
  blocked: 'alarm',
  stale: 'alarm',
  partial: 'alarm',
  failed: 'alarm',
}

export const OUTCOME_WORDS: Record<Outcome, string> = {
  'no-changes': 'no changes',
  planned: 'planned',
  applied: 'applied',
  held: 'applied, some held back',
  validated: 'checked, not planned',
  blocked: 'blocked',
  stale: 'not as reviewed',
  partial: 'applied in part',
  failed: 'failed',
}

export const HEALTH_MOODS: Record<Health['state'], Mood> = { ok: 'calm', warning: 'care', error: 'alarm' }

export const ACTION_SIGNS: Record<Action, string> = { create: '+', update: '~', delete: '-' }

const LIMIT_NOUNS: Record<Exclude<LimitName, 'emptySource'>, readonly [one: string, more: string]> = {
  creates: ['creation', 'creations'],
  updates: ['update', 'updates'],
  deletes: ['deletion', 'deletions'],
}

/** `412 deletions (32.3 %) are planned, 10 are allowed; the profile manages 1,274 objects.` */
export function limitSentence({ limit, count, allowed, managed }: ExceededLimit): string {
  if (limit === 'emptySource')
    return `The source gave no people at all, while the profile manages ${some(managed, 'object')}. Usual causes: a renamed group, a filter that matches nobody, a missing permission.`
  const share = managed > 0 ? ` (${number((100 * count) / managed)} %)` : ''
  const [one, more] = LIMIT_NOUNS[limit]
  return `${some(count, one, more)}${share} ${count === 1 ? 'is' : 'are'} planned, ${number(allowed)} ${allowed === 1 ? 'is' : 'are'} allowed; the profile manages ${some(managed, 'object')}.`
}

/** The lines of YAML that let just these through, once: to paste into the profile and have reviewed. */
export function limitCure(limits: readonly ExceededLimit[]): readonly string[] {
  return [
    'limits:',
    ...limits.map(({ limit, count }) =>
      limit === 'emptySource'
        ? '  emptySource: allow'
        : `  ${limit}: { max: ${count}, until: YYYY-MM-DD } # the last day on which it may be applied`,
    ),
  ]
}

/** What each limit that binds counted, and what it allows: `12 of 50`. */
export function limitUses({ counted, allowed }: ProfilePlan) {
  return (['creates', 'updates', 'deletes'] as const).flatMap((limit) => {
    const most = allowed[limit]
    return most === null
      ? []
      : [{ limit, count: counted[limit], allowed: most, exceeded: counted[limit] > most }]
  })
}

/** `reviewed in #7: 12 to create, 31 to update and 2 to delete` */
export function reviewedWords({ where, counts }: NonNullable<ProfileResult['reviewed']>): string {
  const said = listed([
    `${number(counts.create)} to create`,
    `${number(counts.update)} to update`,
    `${number(counts.delete)} to delete`,
  ])
  return `reviewed in ${where}: ${said}`
}
