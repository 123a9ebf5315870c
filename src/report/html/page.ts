/**
 * The report: one file that can be kept, forwarded and printed. It loads nothing and runs nothing, and
 * tells the browser so.
 */
import { createHash } from 'node:crypto'
import type { Plan } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { leftByHand, plannedByHand } from '../by-hand.ts'
import type { Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { byHandSection } from './by-hand.ts'
import { changeSections } from './changes.ts'
import { healthSection } from './health.ts'
import { html, Html } from './html.ts'
import { mailboxesSection, unreachedSection } from './mailboxes.ts'
import { blockedSection, limitsSection, profilesSection, verdictSection } from './overview.ts'
import { errorsSection, skippedSection, warningsSection } from './remarks.ts'
import { STYLE } from './style.ts'

export interface Report {
  readonly plan: Plan
  /** After an apply. Its own plan is the one that is shown then. */
  readonly result?: Result
  readonly detail: Detail
}

/** The one style sheet is allowed by its hash (Content Security Policy Level 3, hash sources), so to the byte. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')
const POLICY = new Html(
  `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`,
)

export function htmlReport({ plan: planned, result, detail }: Report): string {
  const plan = result?.plan ?? planned
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>tenant-sync: ${result ? 'result' : 'plan'}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          ${verdictSection(plan, result)} ${blockedSection(plan)}
          ${errorsSection(result?.profiles ?? plan.profiles, detail)} ${profilesSection(plan, result)}
          ${limitsSection(plan)} ${byHandSection(result ? leftByHand(result) : plannedByHand(plan), detail)}
          <section aria-labelledby="changes">
            <h2 id="changes">Changes</h2>
            ${changeSections(plan, result, detail)}
          </section>
          ${unreachedSection(plan, detail)} ${mailboxesSection(plan, detail)} ${skippedSection(plan, detail)}
          ${warningsSection(plan, detail)} ${healthSection(plan, detail)}
        </main>
        <footer>
          <p>Digest <code>${visible(plan.digest, 80)}</code></p>
          <p>${DETAIL_WORDS[detail]}</p>
        </footer>
      </body>
    </html> `.text
}

const DETAIL_WORDS: Record<Detail, string> = {
  masked: 'People are shown by initials and domain, fields by name without their values (detail: masked).',
  counts: 'Nobody is shown, only numbers (detail: counts).',
  full: 'Everything is shown, people and values alike (detail: full). Handle it as you handle the directory.',
}
