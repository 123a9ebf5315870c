/** What one sees first: the verdict, the numbers, the limits, the profiles. */
import { isUnhealthy, type Action, type Plan } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
import { visible } from '../inert.ts'
import { totals } from '../tally.ts'
import { planVerdict, resultVerdict } from '../verdict.ts'
import {
  limitCure,
  limitSentence,
  limitUses,
  mailboxCount,
  number,
  OUTCOME_MOODS,
  OUTCOME_WORDS,
  reviewedWords,
} from '../wording.ts'
import { html, type Html } from './html.ts'
import { pill, table } from './tables.ts'

const MOST_NAME = 80
const BAR = { width: 160, height: 10 }

export function verdictSection(plan: Plan, result: Result | undefined): Html {
  const { mood, sentence } = result ? resultVerdict(result) : planVerdict(plan)
  return html`<header class="banner ${mood}">
      <p class="kicker">
        tenant-sync · ${result ? 'result of an apply' : 'plan'} · ${minute(plan.createdAt)}
      </p>
      <h1>${sentence}</h1>
    </header>
    <dl class="tiles">${tiles(plan, result)}</dl>`
}

/** `2026-11-20 21:04 UTC`, of an ISO 8601 time. */
function minute(time: string): string {
  return `${visible(time.slice(0, 16)).replace('T', ' ')} UTC`
}

/** What is planned; after an apply, what was done of it. */
function tiles({ profiles }: Plan, result: Result | undefined): Html[] {
  const planned = totals(profiles)
  const done = (action: Action) => result?.profiles.reduce((sum, profile) => sum + profile.done[action], 0)
  return [
    tile('Create', planned.create, done('create')),
    tile('Update', planned.update, done('update')),
    tile('Delete', planned.delete, done('delete')),
    tile('Unchanged', planned.unchanged),
    tile('Skipped', planned.skipped),
  ]
}

function tile(title: string, planned: number, done?: number): Html {
  const of = done === undefined ? '' : html`<small>of ${number(planned)} planned</small>`
  return html`<div>
    <dt>${title}</dt>
    <dd>${number(done ?? planned)} ${of}</dd>
  </div>`
}

/** Only where a limit is exceeded: what it is, and the lines that let it through. */
export function blockedSection({ profiles }: Plan): Html {
  const blocked = profiles.filter(({ limits }) => limits.length > 0)
  if (blocked.length === 0) return html``
  return html`<section class="banner alarm" aria-labelledby="blocked">
    <h2 id="blocked">Blocked by limits</h2>
    ${blocked.map(
      ({ name, file, limits }) =>
        html`<h3><code>${visible(name, MOST_NAME)}</code></h3>
          <ul>
            ${limits.map((limit) => html`<li>${limitSentence(limit)}</li>`)}
          </ul>
          <p>
            Nothing is written for it. Where it is meant, say so in
            <code>${visible(file, 2 * MOST_NAME)}</code> and have it reviewed:
          </p>
          <pre><code>${limitCure(limits).map((line) => html`<span>${line}</span>`)}</code></pre> `,
    )}
  </section>`
}

export function profilesSection(plan: Plan, result: Result | undefined): Html {
  return html`<section aria-labelledby="profiles">
    <h2 id="profiles">Profiles</h2>
    ${table(
      'Profiles, and what is planned for each',
      [
        { title: 'Profile' },
        { title: 'From → to' },
        { title: 'Create', holds: 'number' },
        { title: 'Update', holds: 'number' },
        { title: 'Delete', holds: 'number' },
        { title: 'Unchanged', holds: 'number' },
        { title: 'Skipped', holds: 'number' },
        ...(result
          ? ([
              { title: 'Held back', holds: 'number' },
              { title: 'Failed', holds: 'number' },
            ] as const)
          : []),
        { title: 'Outcome' },
      ],
      plan.profiles.map((profile, index) => {
        const outcome = result?.profiles[index]?.outcome ?? profile.outcome
        const done = result?.profiles[index]
        return [
          html`<code>${visible(profile.name, MOST_NAME)}</code>${
              profile.description === undefined
                ? ''
                : html`<small>${visible(profile.description, 200)}</small>`
            }`,
          html`${profile.from.map((from) => visible(from, MOST_NAME)).join(', ')} →
          ${visible(profile.to, MOST_NAME)}${
            profile.mailboxes === undefined ? '' : html`<small>${mailboxCount(profile.mailboxes)}</small>`
          }`,
          number(profile.counts.create),
          number(profile.counts.update),
          number(profile.counts.delete),
          number(profile.counts.unchanged),
          number(profile.counts.skipped),
          ...(result ? [number(done?.held ?? 0), number(done?.failed ?? 0)] : []),
          html`${pill(OUTCOME_MOODS[outcome], OUTCOME_WORDS[outcome])}
          ${isUnhealthy(profile) ? pill('alarm', 'unhealthy') : ''}${
            done?.reviewed ? html`<small>${reviewedWords(done.reviewed)}</small>` : ''
          }`,
        ]
      }),
    )}
  </section>`
}

/** Bars of how much of each limit is used; the numbers stand beside them. */
export function limitsSection({ profiles }: Plan): Html {
  const uses = profiles.flatMap((profile) => limitUses(profile).map((use) => ({ ...use, profile })))
  if (uses.length === 0) return html``
  return html`<section aria-labelledby="limits">
    <h2 id="limits">Limits</h2>
    ${table(
      'How much of each limit the plan uses',
      [{ title: 'Profile' }, { title: 'Limit' }, { title: 'Used' }, { title: 'Count', holds: 'number' }],
      uses.map(({ profile, limit, count, allowed, exceeded }) => [
        html`<code>${visible(profile.name, MOST_NAME)}</code>`,
        limit,
        bar(allowed === 0 ? (count > 0 ? 1 : 0) : count / allowed, exceeded),
        exceeded
          ? html`<strong>${number(count)} of ${number(allowed)}: over the limit</strong>`
          : `${number(count)} of ${number(allowed)}`,
      ]),
    )}
  </section>`
}

function bar(share: number, exceeded: boolean): Html {
  const { width, height } = BAR
  const used = Math.round(width * Math.min(1, share))
  return html`<svg
    class="bar ${exceeded ? 'alarm' : 'calm'}"
    width="${String(width)}"
    height="${String(height)}"
    aria-hidden="true"
  >
    <rect class="whole" width="${String(width)}" height="${String(height)}" rx="5" />
    <rect class="used" width="${String(used)}" height="${String(height)}" rx="5" />
  </svg>`
}
