/** The changes that were not written: failed, held back, not attempted. */
import type { ChangeResult, Result } from '../../engine/result.ts'
import { message } from '../detail.ts'
import { endings, type Ending } from '../endings.ts'
import { code, prose } from '../inert.ts'
import { occurrences } from '../tally.ts'
import { HELD_WORDS, number } from '../wording.ts'
import { firstOf, folded, heading, MOST_NAME, objectOf, person, type View } from './parts.ts'
import { table } from './table.ts'

const MOST_TEXT = 400

/** Grouped by the services' codes, for one cause mostly fails many; the text tells the request's id. */
export function failedSection(result: Result, view: View): string {
  const failed = endings(result, 'failed')
  return section('Failed', failed, view, {
    named: occurrences(failed.map(({ result: { error } }) => error.code)),
    why: ({ result: { error } }) => {
      const text = message(error, view.detail)
      return [code(error.code, MOST_NAME), ...(text === undefined ? [] : [prose(text, MOST_TEXT)])].join(' ')
    },
    open: true,
  })
}

export function heldSection(result: Result, view: View): string {
  const held = endings(result, 'held')
  return section('Held back', held, view, {
    named: occurrences(held.map(({ result: { why } }) => why)),
    why: ({ result: { why } }) => `${code(why, MOST_NAME)} ${HELD_WORDS[why]}`,
    open: true,
  })
}

/** What one waits for is told by the other's key, which may be somebody's address. */
export function skippedChangesSection(result: Result, view: View): string {
  return section('Not attempted', endings(result, 'skipped'), view, {
    named: [],
    why: ({ result: { why } }) =>
      view.detail === 'full'
        ? prose(why, MOST_TEXT)
        : 'what it waits for was not done, or the run was stopped',
    open: false,
  })
}

interface Told<Status extends ChangeResult['status']> {
  readonly named: readonly (readonly [string, number])[]
  readonly why: (ending: Ending<Status>) => string
  readonly open: boolean
}

function section<Status extends ChangeResult['status']>(
  title: string,
  ended: readonly Ending<Status>[],
  view: View,
  { named, why, open }: Told<Status>,
): string {
  if (ended.length === 0) return ''
  const { detail, level } = view
  const counted = `${title} (${number(ended.length)})`
  if (detail === 'counts' || level.deletions === 0) return heading(counted, named, view)
  const body = firstOf(ended, level.deletions, (shown) =>
    table(
      [
        { title: 'Person' },
        { title: 'Change' },
        { title: 'In the target' },
        { title: 'Why' },
        { title: 'Profile' },
      ],
      shown.map((ending) => [
        person(ending.change.label, detail),
        ending.change.action,
        objectOf(ending.change, 1, detail),
        why(ending),
        code(ending.profile.name, MOST_NAME),
      ]),
    ),
  )
  return folded(counted, named, body, open)
}
