/** How ready each mailbox of a profile is, as much of it as may be shown. */
import type { Health, ProfilePlan } from '../engine/plan.ts'
import type { Detail } from './detail.ts'
import { shownHealth, type ShownHealth } from './health.ts'
import { hasProgress } from './progress.ts'
import { mailboxCount, number } from './wording.ts'

type WithHealth = Pick<ProfilePlan, 'name' | 'health'>

export interface Readiness {
  readonly profile: string
  readonly all: number
  readonly ready: number
  /** The worst first, as far as they may be shown. */
  readonly shownUnready: readonly ShownHealth[]
  readonly shownReady: readonly ShownHealth[]
}

/** One for each profile that has any. */
export function readinessOf(profiles: readonly WithHealth[], detail: Detail): readonly Readiness[] {
  return profiles
    .map(({ name, health }) => ({ name, health: health.filter(isMailbox) }))
    .filter(({ health }) => health.length > 0)
    .map(({ name, health }) => {
      const shown = shownHealth([{ name, health }], detail)
      return {
        profile: name,
        all: health.length,
        ready: health.filter(({ state }) => state === 'ok').length,
        shownUnready: shown.filter(({ state }) => state !== 'ok'),
        shownReady: shown.filter(({ state }) => state === 'ok'),
      }
    })
}

/** `1,204 mailboxes: 1,190 ready, 14 need something` */
export function readinessWords({ all, ready }: Pick<Readiness, 'all' | 'ready'>): string {
  const unready = all - ready
  const parts = [
    ...(ready > 0 ? [`${number(ready)} ready`] : []),
    ...(unready > 0 ? [`${number(unready)} ${unready === 1 ? 'needs' : 'need'} something`] : []),
  ]
  return `${mailboxCount(all)}: ${parts.join(', ')}`
}

/** What is told neither by its progress nor among the mailboxes. */
export function otherHealth<T extends WithHealth>(profiles: readonly T[]): readonly WithHealth[] {
  return profiles.map(({ name, health }) => ({
    name,
    health: health.filter((entry) => !isMailbox(entry) && !hasProgress(entry)),
  }))
}

function isMailbox(entry: Health): boolean {
  return entry.what === 'mailbox' && !hasProgress(entry)
}
