/** How what runs on its own stands: charts of how far it has come, each mailbox, and all else that is known. */
import type { Plan } from '../../engine/plan.ts'
import type { Detail } from '../detail.ts'
import { healthCounts, shownHealth, type ShownHealth } from '../health.ts'
import { visible } from '../inert.ts'
import { shownProgress } from '../progress.ts'
import { otherHealth, readinessOf, readinessWords, type Readiness } from '../readiness.ts'
import { HEALTH_MOODS, number } from '../wording.ts'
import { html, type Html, type Part } from './html.ts'
import { progressChart } from './progress.ts'
import { firstOf, pill, section, table } from './tables.ts'

const MOST_ROWS = 1_000
/** A browser still scrolls through this many at ease. */
const MOST_MAILBOXES = 5_000
const MOST_CHARTS = 200
const MOST_TEXT = 600

export function healthSection({ profiles }: Plan, detail: Detail): Html {
  if (profiles.every(({ health }) => health.length === 0)) return html``
  return html`<section aria-labelledby="health">
    <h2 id="health">Health</h2>
    ${firstOf(
      shownProgress(profiles, detail),
      MOST_CHARTS,
      (shown) => html`${shown.map((one, index) => progressChart(one, `progress-${index}`))}`,
    )}
    ${readinessOf(profiles, detail).map(mailboxesOf)} ${othersPart(otherHealth(profiles), detail)}
  </section>`
}

/** Those that need something first, and open. */
function mailboxesOf(readiness: Readiness): Html {
  const { profile, shownUnready, shownReady } = readiness
  const name = `Mailboxes of ${visible(profile, 80)}`
  const part = (title: string, shown: readonly ShownHealth[], open: boolean) =>
    shown.length === 0
      ? ''
      : section(
          title,
          shown.length,
          open,
          firstOf(shown, MOST_MAILBOXES, (rows) => mailboxTable(`${name}: ${title}`, rows)),
        )
  return html`<p><strong>${name}</strong> · ${readinessWords(readiness)}</p>
    ${part('Need something', shownUnready, true)} ${part('Ready', shownReady, false)}`
}

function mailboxTable(caption: string, rows: readonly ShownHealth[]): Html {
  return table(
    caption,
    [{ title: 'Mailbox' }, { title: 'State' }, { title: 'What is missing, or how far it is' }],
    rows.map((entry) => [
      html`<code>${visible(entry.name, 120)}</code>`,
      pill(HEALTH_MOODS[entry.state], entry.state),
      healthText(entry),
    ]),
  )
}

/** The worst first. */
function othersPart(others: ReturnType<typeof otherHealth>, detail: Detail): Part {
  const all = others.flatMap(({ health }) => health)
  if (all.length === 0) return ''
  if (detail === 'counts')
    return html`<ul>
      ${healthCounts(all).map(([words, count]) => html`<li>${number(count)} ${words}</li>`)}
    </ul>`
  return firstOf(shownHealth(others, detail), MOST_ROWS, (rows) =>
    table(
      'Health',
      [{ title: 'What' }, { title: 'State' }, { title: 'More' }, { title: 'Profile' }],
      rows.map((entry) => [
        html`${entry.what} <code>${visible(entry.name, 80)}</code>`,
        pill(HEALTH_MOODS[entry.state], entry.state),
        healthText(entry),
        html`<code>${visible(entry.profile, 80)}</code>`,
      ]),
    ),
  )
}

function healthText({ text = '', example }: ShownHealth): Html {
  const one = example === undefined ? '' : html`<small>e.g. <code>${visible(example, 80)}</code></small>`
  return html`${visible(text, MOST_TEXT)} ${one}`
}
