/** Changes that somebody has to make, each with the script to paste for it. */
import {
  ALL_SCRIPTS,
  missingOn,
  byHandWords,
  shownScripts,
  unshownWords,
  type ShownScript,
} from '../by-hand.ts'
import { subject, type Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { sumOf, type Planned } from '../tally.ts'
import { number } from '../wording.ts'
import { html, verbatim, type Html } from './html.ts'

const MOST_SCRIPTS = 1_000

export function byHandSection(planned: readonly Planned[], detail: Detail): Html {
  if (planned.length === 0) return html``
  const shown = shownScripts(planned, detail, MOST_SCRIPTS)
  const unshown = unshownWords(planned, shown)
  return html`<section aria-labelledby="by-hand">
    <h2 id="by-hand">To be made by hand <span class="count">${number(sumOf(planned))}</span></h2>
    <p>${byHandWords(planned)}: ${missingOn('the machine of this run')}</p>
    ${
      unshown === undefined
        ? ''
        : html`<p>
            ${unshown} in the plan file alone, under <code>manual</code>; all at once:
            <code>${ALL_SCRIPTS}</code>
          </p>`
    }
    ${shown.map((one) => scriptPart(one, detail))}
  </section>`
}

/** A click into the script selects all of it. */
function scriptPart({ profile, change, lines, isAltered }: ShownScript, detail: Detail): Html {
  const name = visible(subject(change, detail), 120)
  return html`<details open>
    <summary>
      <h3>${name}</h3>
      <span class="count">${visible(change.object, 60)} · ${visible(profile.name, 80)}</span>
    </summary>
    ${isAltered ? html`<p>${ALTERED}</p>` : ''}
    <pre
      class="script"
      tabindex="0"
      role="region"
      aria-label="${`Script: ${name}`}"
    ><code>${verbatim(lines)}</code></pre>
  </details> `
}

const ALTERED =
  'It holds characters that cannot be seen, for which signs stand here: take it from the plan file.'
