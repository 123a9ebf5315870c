/** Mailboxes: those that could not be reached, and which ones share a change. */
import type { Plan } from '../../engine/plan.ts'
import type { Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { isUnreached } from '../tally.ts'
import { number, UNREACHED_TITLE } from '../wording.ts'
import { html, type Html } from './html.ts'
import { skippedTable } from './remarks.ts'
import { firstOf, section } from './tables.ts'

/** So many are named beside the change itself. */
export const FEW_MAILBOXES = 3
const MOST_SETS = 200
const MOST_NAMES = 200

/** Apart from the people who are skipped: somebody has to do something about each. */
export function unreachedSection({ profiles }: Plan, detail: Detail): Html {
  const all = profiles.flatMap(({ name, skipped }) =>
    skipped.filter(isUnreached).map((entry) => ({ name, entry })),
  )
  if (all.length === 0) return html``
  return html`<section aria-labelledby="unreached">
    <h2 id="unreached">${UNREACHED_TITLE} <span class="count">${number(all.length)}</span></h2>
    <p>They are left as they are, and an apply ends in part until they are reached or out of scope.</p>
    ${detail === 'counts' ? '' : skippedTable(UNREACHED_TITLE, 'Mailbox', all, detail)}
  </section>`
}

/** Which mailboxes each set is. A set that is named beside its changes is left out. */
export function mailboxesSection({ profiles }: Plan, detail: Detail): Html {
  const sets = profiles.flatMap(({ name, mailboxSets = [] }) =>
    mailboxSets.filter(({ mailboxes }) => mailboxes.length > FEW_MAILBOXES).map((set) => ({ name, ...set })),
  )
  if (detail !== 'full' || sets.length === 0) return html``
  return html`<section aria-labelledby="mailboxes">
    <h2 id="mailboxes">Mailboxes</h2>
    <p>Sets of mailboxes that share a change.</p>
    ${firstOf(
      sets,
      MOST_SETS,
      (shown) =>
        html`${shown.map(({ name, id, mailboxes }) =>
          section(
            `${visible(name, 80)}: set ${visible(id, 20)}`,
            mailboxes.length,
            false,
            namesOf(mailboxes),
          ),
        )}`,
    )}
  </section>`
}

function namesOf(mailboxes: readonly string[]): Html {
  return firstOf(
    mailboxes,
    MOST_NAMES,
    (shown) =>
      html`<ul>
        ${shown.map((name) => html`<li><code>${visible(name, 120)}</code></li>`)}
      </ul>`,
  )
}
