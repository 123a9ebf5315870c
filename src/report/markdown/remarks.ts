/** What is not a change: people skipped, mailboxes not reached, warnings. */
import type { Plan, Skipped } from '../../engine/plan.ts'
import { message, more, who } from '../detail.ts'
import { code, prose } from '../inert.ts'
import { isUnreached, occurrences } from '../tally.ts'
import { UNREACHED_TITLE } from '../wording.ts'
import { label, MOST_NAME, type View } from './parts.ts'
import { section } from './section.ts'

const MOST_TEXT = 300

export function skippedSection(plan: Plan, view: View): string {
  const all = each(plan, 'skipped').filter(({ entry }) => !isUnreached(entry))
  return skipped('Skipped', 'Person', all, view)
}

/** Apart from the people who are skipped, and open: somebody has to do something about each. */
export function unreachedSection(plan: Plan, view: View): string {
  const all = each(plan, 'skipped').filter(({ entry }) => isUnreached(entry))
  return skipped(UNREACHED_TITLE, 'Mailbox', all, view, true)
}

function skipped(
  title: string,
  subject: string,
  all: readonly { readonly profile: string; readonly entry: Skipped }[],
  view: View,
  open = false,
): string {
  const told = all.some(({ entry }) => more(entry, view.detail) !== undefined)
  return section(
    {
      title,
      named: occurrences(all.map(({ entry }) => entry.reason)),
      columns: [
        { title: subject },
        { title: 'Why' },
        ...(told ? [{ title: 'More' }] : []),
        { title: 'Profile' },
      ],
      rows: all.map(({ profile, entry }) => [
        label(who(entry.label, view.detail)),
        code(entry.reason, MOST_NAME),
        ...(told ? [prose(more(entry, view.detail) ?? '', MOST_TEXT)] : []),
        code(profile, MOST_NAME),
      ]),
      open,
    },
    view,
  )
}

/** A warning's text may name people: where it may not be shown, its code and number say enough. */
export function warningsSection(plan: Plan, view: View): string {
  const all = each(plan, 'warnings')
  return section(
    {
      title: 'Warnings',
      named: occurrences(all.map(({ entry }) => entry.code)),
      columns: [{ title: 'Warning' }, { title: 'Text' }, { title: 'Profile' }],
      rows: all.flatMap(({ profile, entry }) => {
        const text = message(entry, view.detail)
        return text === undefined
          ? []
          : [[code(entry.code, MOST_NAME), prose(text, MOST_TEXT), code(profile, MOST_NAME)]]
      }),
      open: true,
    },
    view,
  )
}

function each<K extends 'skipped' | 'warnings'>(
  { profiles }: Plan,
  what: K,
): { profile: string; entry: Plan['profiles'][number][K][number] }[] {
  return profiles.flatMap((profile) => profile[what].map((entry) => ({ profile: profile.name, entry })))
}
