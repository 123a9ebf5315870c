/** The action's inputs, as action.yml declares them. Defaults stand here for a run without action.yml. */
import { shardOf, type Shard } from '../engine/shard.ts'

/** Every input with its default; `''` where absence has a meaning of its own. A test holds action.yml to it. */
export const INPUT_DEFAULTS = {
  command: 'plan',
  profiles: 'sync-profiles/**/*.yaml\nsync-profiles/**/*.yml',
  only: '',
  detail: 'masked',
  comment: 'on-change',
  'comment-id': 'default',
  'fail-on': 'blocked',
  'require-plan': 'false',
  'accept-digest': '',
  concurrency: '',
  shard: '',
  parts: '',
  since: '',
  // action.yml says `${{ github.token }}`, which only GitHub can evaluate.
  'github-token': '',
} as const satisfies Readonly<Record<string, string>>
export type InputName = keyof typeof INPUT_DEFAULTS

export const INPUT_COMMANDS = ['plan', 'validate', 'apply', 'auto'] as const
export const DETAILS = ['masked', 'counts', 'full'] as const
export const COMMENT_WHEN = ['on-change', 'always', 'never'] as const
export const FAIL_ON = ['blocked', 'changes', 'never'] as const

export interface Inputs {
  readonly command: (typeof INPUT_COMMANDS)[number]
  /** Globs, at least one. */
  readonly profiles: readonly string[]
  /** Names of profiles; none stands for all. */
  readonly only: readonly string[]
  readonly detail: (typeof DETAILS)[number]
  readonly comment: (typeof COMMENT_WHEN)[number]
  readonly commentId: string
  readonly failOn: (typeof FAIL_ON)[number]
  readonly requirePlan: boolean
  /** As it was given: one that is not the plan's is refused as such, whatever it looks like. */
  readonly acceptDigest?: string
  /** Parallel requests per tenant. */
  readonly concurrency?: number
  /** The `index`-th of `count` parts, from 1. */
  readonly shard?: Shard
  /** A folder with the results of shards that ran before, to be told together with this one's. */
  readonly parts?: string
  /** When the first job of a run of shards planned. */
  readonly since?: Date
  readonly githubToken?: string
}

/** Inputs that are not what they should be: all of them at once. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/**
 * Reads and checks all inputs. An empty one counts as absent.
 * @param env the runner hands inputs on as `INPUT_` and the name in capitals, hyphens kept (actions/runner)
 * @throws InputError
 */
export function readInputs(env: Readonly<Record<string, string | undefined>> = process.env): Inputs {
  const faults: string[] = []
  const text = (name: InputName) =>
    env[`INPUT_${name.toUpperCase()}`]?.trim() || (INPUT_DEFAULTS[name] as string)
  const given = <T>(
    name: InputName,
    read: (value: string) => T | undefined,
    allowed: string,
  ): T | undefined => {
    const value = text(name)
    if (value === '') return undefined
    const result = read(value)
    if (result === undefined) faults.push(`input \`${name}\` is ${shown(value)}: ${allowed}`)
    return result
  }
  const oneOf = <T extends string>(name: InputName, values: readonly T[]) =>
    given(name, (value) => values.find((each) => each === value), `one of ${values.join(', ')}`)

  const inputs = {
    command: oneOf('command', INPUT_COMMANDS),
    profiles: lines(text('profiles')),
    only: lines(text('only')),
    detail: oneOf('detail', DETAILS),
    comment: oneOf('comment', COMMENT_WHEN),
    commentId: given(
      'comment-id',
      commentId,
      'letters, digits and . _ / -, at most 100, a letter or digit first',
    ),
    failOn: oneOf('fail-on', FAIL_ON),
    requirePlan: given('require-plan', boolean, 'true or false'),
    acceptDigest: text('accept-digest') || undefined,
    concurrency: given('concurrency', wholeNumber, 'a whole number from 1'),
    shard: given('shard', shardOf, 'a part of a number of parts, such as 2/8'),
    parts: text('parts') || undefined,
    since: given('since', time, 'a time, such as 2026-11-20T21:00:00Z'),
    githubToken: text('github-token') || undefined,
  }
  if (faults.length > 0) throw new InputError(faults)
  const present = Object.entries(inputs).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as unknown as Inputs
}

function lines(text: string): string[] {
  const each = text.split('\n').map((line) => line.trim())
  return [...new Set(each.filter((line) => line !== ''))]
}

function commentId(text: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(text) ? text : undefined
}

/** The spellings of YAML 1.2's core schema, as GitHub's own toolkit takes them. */
function boolean(text: string): boolean | undefined {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  return /^(?:false|False|FALSE)$/.test(text) ? false : undefined
}

function wholeNumber(text: string): number | undefined {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return number > 0 ? number : undefined
}

function time(text: string): Date | undefined {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)
}
