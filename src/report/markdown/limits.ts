/** What stands in the way: limits that are exceeded, with the cure, and profiles that failed as a whole. */
import type { Notice, Outcome, Plan, ProfilePlan } from '../../engine/plan.ts'
import { message } from '../detail.ts'
import { code, fenced, prose } from '../inert.ts'
import { limitCure, limitSentence, number, OUTCOME_WORDS } from '../wording.ts'
import { blocks, MOST_NAME, quoted, type View } from './parts.ts'

export function limitsSection({ profiles }: Pick<Plan, 'profiles'>, { level }: View): string {
  const blocked = profiles.filter(({ limits }) => limits.length > 0)
  if (blocked.length === 0) return ''
  const shown = blocked.slice(0, level.limits)
  const more = blocked.length - shown.length
  return quoted(
    'CAUTION',
    blocks([...shown.map(exceeded), more > 0 ? `… and ${number(more)} more profiles over a limit.` : '']),
  )
}

function exceeded({ name, file, limits }: ProfilePlan): string {
  return blocks([
    `**${code(name, MOST_NAME)} is blocked: nothing is written for it.**`,
    limits.map((limit) => `- ${limitSentence(limit)}`).join('\n'),
    `Where it is meant, say so in ${code(file, 2 * MOST_NAME)} and have it reviewed:`,
    fenced('yaml', limitCure(limits)),
  ])
}

/** A profile that failed as a whole, or was refused. */
export interface Refused {
  readonly name: string
  readonly outcome: Outcome
  readonly errors: readonly Notice[]
}

/** Errors of whole profiles; the text of each only where it may be shown. */
export function errorsSection(profiles: readonly Refused[], { detail, level }: View): string {
  const lines = profiles.flatMap(({ name, outcome, errors }) =>
    errors.map((error) => ({ name, outcome, error })),
  )
  if (lines.length === 0) return ''
  const shown = lines.slice(0, level.limits).map(({ name, outcome, error }) => {
    const text = message(error, detail)
    const said = text === undefined ? '' : ` ${prose(text, level.text)}`
    return `**${code(name, MOST_NAME)}** ${OUTCOME_WORDS[outcome]}: ${code(error.code, MOST_NAME)}${said}`
  })
  const more = lines.length - shown.length
  return quoted(
    'CAUTION',
    blocks([
      ...shown,
      more > 0 ? `… and ${number(more)} more errors.` : '',
      lines.some(({ error }) => message(error, detail) !== error.message) ? unsaid(detail) : '',
    ]),
  )
}

function unsaid(detail: View['detail']): string {
  return `Of an error only the code is shown here (\`detail: ${detail}\`); its text stands in the plan file on the runner.`
}
