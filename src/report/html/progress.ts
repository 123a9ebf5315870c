/** How far something has come, as a chart: a bar of its states, with the numbers beside it. */
import { visible } from '../inert.ts'
import type { ShownProgress } from '../progress.ts'
import type { Occurrence } from '../tally.ts'
import { HEALTH_MOODS, listed, number } from '../wording.ts'
import { html, type Html } from './html.ts'
import { pill } from './tables.ts'

const MOST_NAME = 80
const MOST_STATE = 40
const MOST_TEXT = 600
/** In the units of the chart. */
const CHART = { width: 600, height: 28 }
/** However few they are, they are seen. */
const LEAST_WIDTH = 6
/** Room for a letter. */
const LETTER_WIDTH = 16
/** What sounds like a failure has a colour of its own; the other colours only tell neighbours apart. */
const FAILURE = /fail|error|corrupt/i
const TONES = 8

interface Segment {
  readonly letter: string
  readonly name: string
  readonly count: number
  readonly tone: string
}

/** @param id names the chart on its page: digits and letters */
export function progressChart(progress: ShownProgress, id: string): Html {
  const { what, name, state, text, profile, percent, states } = progress
  const segments = states.map(segmentOf)
  const of = visible(name ?? profile, MOST_NAME)
  return html`<figure>
    <figcaption>
      ${what} <code>${of}</code> ${pill(HEALTH_MOODS[state], state)}
      <strong>${number(percent)} %</strong>
      ${name === undefined ? '' : html`<small>${visible(profile, MOST_NAME)}</small>`}
    </figcaption>
    <svg
      class="chart"
      role="img"
      aria-labelledby="${id}-title ${id}-desc"
      viewBox="0 0 ${String(CHART.width)} ${String(CHART.height)}"
    >
      <title id="${id}-title">${`${what} ${of}: ${number(percent)} %`}</title>
      <desc id="${id}-desc">${described(segments)}</desc>
      <rect class="whole" width="${String(CHART.width)}" height="${String(CHART.height)}" />
      ${bars(segments)}
    </svg>
    <ul class="legend">
      ${segments.map(legendEntry)}
    </ul>
    ${text === undefined ? '' : html`<p>${visible(text, MOST_TEXT)}</p>`}
  </figure> `
}

function segmentOf([name, count]: Occurrence, index: number): Segment {
  return {
    letter: String.fromCodePoint(0x41 + index),
    name: visible(name, MOST_STATE),
    count,
    tone: FAILURE.test(name) ? 'failure' : `tone-${index % TONES}`,
  }
}

function described(segments: readonly Segment[]): string {
  return `${listed(segments.map(({ name, count }) => `${name} ${number(count)}`)) || 'Nothing yet'}.`
}

function bars(segments: readonly Segment[]): Html[] {
  const widths = widthsOf(segments.map(({ count }) => count))
  return segments.map(({ letter, tone }, index) => {
    const [width, from] = [widths[index]!, widths.slice(0, index).reduce((sum, one) => sum + one, 0)]
    const bar = html`<rect
      class="${tone}"
      x="${units(from)}"
      width="${units(width)}"
      height="${String(CHART.height)}"
    />`
    if (width < LETTER_WIDTH) return bar
    return html`${bar}<text x="${units(from + width / 2)}" y="${String(CHART.height / 2)}">${letter}</text>`
  })
}

/** By their share of the whole; together they fill it. */
function widthsOf(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  const wanted = counts.map((count) => Math.max(LEAST_WIDTH, (CHART.width * count) / all))
  const sum = wanted.reduce((total, one) => total + one, 0)
  return wanted.map((one) => (CHART.width * one) / sum)
}

function units(length: number): string {
  return String(Math.round(10 * length) / 10)
}

function legendEntry({ letter, name, count, tone }: Segment): Html {
  return html`<li>
    <svg aria-hidden="true" width="12" height="12"><rect class="${tone}" width="12" height="12" /></svg>
    ${letter} ${name} <strong>${number(count)}</strong>
  </li> `
}
