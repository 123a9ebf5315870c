/** How a change ended, beside it: in which mailboxes it failed, and why. */
import type { ChangeResult } from '../../engine/result.ts'
import type { Change, Notice } from '../../engine/plan.ts'
import { isByHand } from '../by-hand.ts'
import { message, type Detail } from '../detail.ts'
import { failedAlike } from '../endings.ts'
import { visible } from '../inert.ts'
import { namedPlaces } from '../places.ts'
import { HELD_WORDS, mailboxCount, type Mood } from '../wording.ts'
import { html, type Html, type Part } from './html.ts'
import { pill } from './tables.ts'

const MOST_TEXT = 400
const MOST_NAME = 120
/** More names of mailboxes than these help nobody. */
const MOST_PLACES = 20

/** @param ending absent where nothing of the profile was tried */
export function endingCell(change: Change, ending: ChangeResult | undefined, detail: Detail): Part {
  const isSkipped = ending?.status === 'skipped' || ending?.status === 'divided'
  if (isSkipped && isByHand({ change })) return pill('alarm', 'to be made by hand')
  switch (ending?.status) {
    case 'done':
      return pill('calm', 'done')
    case 'held':
      return html`${pill('care', 'held back')} <small>${HELD_WORDS[ending.why]}</small>`
    case 'failed':
      return html`${pill('alarm', 'failed')} ${errorText(ending.error, detail)}`
    case 'skipped': {
      const why = detail === 'full' ? visible(ending.why, MOST_TEXT) : ''
      return html`${pill('alarm', 'not attempted')} <small>${why}</small>`
    }
    case 'divided':
      return dividedCell(ending, detail)
    // Its own shard tells of it.
    case 'elsewhere':
      return ''
    case undefined:
      return pill('alarm', 'not attempted')
  }
}

/** @param where in words */
function errorText(error: Notice, detail: Detail, where = ''): Html {
  const text = visible(message(error, detail) ?? '', MOST_TEXT)
  return html`<small><code>${visible(error.code, 80)}</code> ${where}${where && text && ': '}${text}</small> `
}

function dividedCell(
  { done, failures, skipped }: Extract<ChangeResult, { status: 'divided' }>,
  detail: Detail,
): Part {
  const counted = (mood: Mood, words: string, count: number) =>
    count > 0 ? [html`${pill(mood, `${words} ${mailboxCount(count)}`)} `] : []
  return [
    ...counted('alarm', 'failed in', failures.length),
    ...failedAlike(failures).map(({ error, mailboxes }) => {
      const names = namedPlaces(mailboxes, MOST_PLACES, detail, (name) => visible(name, MOST_NAME))
      return errorText(error, detail, `in ${names}`)
    }),
    ...counted('alarm', 'not attempted in', skipped.length),
    ...counted('calm', 'done in', done),
  ]
}
