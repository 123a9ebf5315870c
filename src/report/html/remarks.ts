/** What is not a change: people skipped, by reason; warnings; errors of whole profiles. */
import type { Plan, ProfilePlan, Skipped } from '../../engine/plan.ts'
import { message, more, who, type Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { isUnreached, occurrences } from '../tally.ts'
import { number, OUTCOME_WORDS } from '../wording.ts'
import { html, type Html } from './html.ts'
import { firstOf, section, table } from './tables.ts'

const MOST_ROWS = 1_000
const MOST_TEXT = 600

export function skippedSection({ profiles }: Plan, detail: Detail): Html {
  const all = profiles.flatMap(({ name, skipped }) =>
    skipped.filter((entry) => !isUnreached(entry)).map((entry) => ({ name, entry })),
  )
  if (all.length === 0) return html``
  const reasons = occurrences(all.map(({ entry }) => entry.reason))
  return html`<section aria-labelledby="skipped">
    <h2 id="skipped">Skipped</h2>
    <p>People in scope for whom nothing is planned, by reason.</p>
    ${reasons.map(([reason, count]) =>
      section(
        visible(reason, 60),
        count,
        false,
        detail === 'counts'
          ? ''
          : skippedTable(
              `Skipped: ${visible(reason, 60)}`,
              'Person',
              all.filter(({ entry }) => entry.reason === reason),
              detail,
            ),
      ),
    )}
  </section>`
}

export function skippedTable(
  caption: string,
  subject: string,
  all: readonly { readonly name: string; readonly entry: Skipped }[],
  detail: Detail,
): Html {
  const told = all.some(({ entry }) => more(entry, detail) !== undefined)
  return firstOf(all, MOST_ROWS, (rows) =>
    table(
      caption,
      [{ title: subject }, ...(told ? [{ title: 'More' }] : []), { title: 'Profile' }],
      rows.map(({ name, entry }) => [
        visible(who(entry.label, detail), 120),
        ...(told ? [visible(more(entry, detail) ?? '', MOST_TEXT)] : []),
        html`<code>${visible(name, 80)}</code>`,
      ]),
    ),
  )
}

export function warningsSection({ profiles }: Plan, detail: Detail): Html {
  const all = profiles.flatMap(({ name, warnings }) => warnings.map((entry) => ({ name, entry })))
  if (all.length === 0) return html``
  return html`<section aria-labelledby="warnings">
    <h2 id="warnings">Warnings</h2>
    ${
      detail === 'full'
        ? firstOf(all, MOST_ROWS, (rows) =>
            table(
              'Warnings',
              [{ title: 'Warning' }, { title: 'Text' }, { title: 'Profile' }],
              rows.map(({ name, entry }) => [
                html`<code>${visible(entry.code, 60)}</code>`,
                visible(entry.message, MOST_TEXT),
                html`<code>${visible(name, 80)}</code>`,
              ]),
            ),
          )
        : table(
            'Warnings',
            [{ title: 'Warning' }, { title: 'How often', holds: 'number' }],
            occurrences(all.map(({ entry }) => entry.code)).map(([code, count]) => [
              html`<code>${visible(code, 60)}</code>`,
              number(count),
            ]),
          )
    }
  </section>`
}

/** Of profiles that failed as a whole, or were refused. */
export function errorsSection(
  profiles: readonly Pick<ProfilePlan, 'name' | 'outcome' | 'errors'>[],
  detail: Detail,
): Html {
  const lines = profiles.flatMap(({ name, outcome, errors }) =>
    errors.map((error) => {
      const code = html`<code>${visible(error.code, 80)}</code>`
      const text = visible(message(error, detail) ?? '', MOST_TEXT)
      return html`<li><code>${visible(name, 80)}</code> ${OUTCOME_WORDS[outcome]}: ${code} ${text}</li>`
    }),
  )
  if (lines.length === 0) return html``
  return html`<section class="banner alarm" aria-labelledby="errors">
    <h2 id="errors">What went wrong</h2>
    <ul>
      ${lines}
    </ul>
  </section>`
}
