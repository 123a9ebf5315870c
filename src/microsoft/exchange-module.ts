/**
 * The cmdlets that take a secret. Exchange accepts one only as Microsoft's own PowerShell module,
 * ExchangeOnlineManagement, encrypts it: so these go through PowerShell, by `exchange-cmdlet.ps1`.
 * Nothing secret stands on a command line, in an environment or in an error.
 */
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import pLimit from 'p-limit'
import type { Parameters, Row, Written } from './exchange.ts'
import { moduleRefusal, noAnswer, notStarted } from './exchange-module-errors.ts'
import {
  powerShellOf,
  runScript,
  whyWithout,
  type Ended,
  type Patience,
  type Variables,
} from './powershell.ts'
import type { Identity, SignIn } from './sign-in.ts'

/** Parameters that are secrets: a text, or a credential, whose name is none. */
export type Secure = Readonly<
  Record<string, string | { readonly userName: string; readonly password: string }>
>

export interface ExchangeModule {
  /** Why a script must be pasted instead, as a clause for readers. Looks at files alone, runs nothing. */
  readonly unavailable: string | undefined
  /**
   * @throws ServiceError; `ambiguous` when it is not known whether the cmdlet ran.
   */
  run(cmdlet: string, parameters: Parameters, secure: Secure): Promise<Written>
}

/** Beside this file, and beside the bundle that it becomes part of. */
const SCRIPT = join(import.meta.dirname, 'exchange-cmdlet.ps1')

/** Each takes about 200 MB, and a runner has few. */
const processes = pLimit(2)

const PATIENCE: Patience = { answer: 5 * 60_000, end: 10_000 }

/** Signs others in: nothing that PowerShell needs. */
const WITHHELD = /^(ACTIONS_.*|INPUT_.*|GITHUB_TOKEN|TENANT_SYNC_.*_CLIENT_SECRET)$/i

/**
 * @param base Exchange's URL, without a version.
 * @param withheld names of variables that hold secrets of profiles: PowerShell is not shown them.
 */
export function exchangeModule(
  identity: Identity,
  organization: string,
  base: string,
  signIn: SignIn,
  env: Variables,
  withheld: ReadonlySet<string>,
  patience = PATIENCE,
): ExchangeModule {
  const { tenantId } = identity
  let looked: { readonly why: string | undefined } | undefined

  async function ask(
    cmdlet: string,
    request: Readonly<Record<string, unknown>>,
    secrets: readonly string[],
    attempt: number,
  ): Promise<Answer> {
    const hide = hiding(secrets)
    const executable = powerShellOf(env)
    let ended: Ended
    try {
      if (executable === undefined) throw new Error('it is not found')
      const given = { input: inAscii(request), env: withoutSecrets(env, secrets, withheld), patience }
      ended = await runScript(executable, SCRIPT, given)
    } catch (error) {
      throw notStarted(identity, cmdlet, hide((error as Error).message), attempt)
    }
    const answer = answerOf(ended.stdout)
    if (!answer) throw noAnswer(identity, cmdlet, storyOf(ended, hide), attempt)
    return 'value' in answer
      ? answer
      : { error: { code: hide(answer.error.code), message: hide(answer.error.message) } }
  }

  async function run(cmdlet: string, parameters: Parameters, secure: Secure): Promise<Written> {
    for (let attempt = 1; ; attempt++) {
      const accessToken = await signIn.token('exchange')
      const secrets = [accessToken, ...passwordsOf(secure)]
      const request = {
        organization,
        tenantId,
        accessToken,
        exchangeUrl: base,
        cmdlet,
        parameters,
        secure,
      }
      const answer = await ask(cmdlet, request, secrets, attempt)
      if ('value' in answer) return { rows: answer.value, status: 200, attempt }
      const refusal = moduleRefusal(identity, cmdlet, answer.error, attempt)
      // Refused at the door, so nothing was done: a new token may do.
      if (refusal.status !== 401 || attempt > 1) throw refusal
      signIn.forget('exchange', accessToken)
    }
  }

  return {
    get unavailable() {
      return (looked ??= { why: whyWithout('ExchangeOnlineManagement', env) }).why
    },
    run: (cmdlet, parameters, secure) => processes(() => run(cmdlet, parameters, secure)),
  }
}

type Answer =
  { readonly value: readonly Row[] } | { readonly error: { readonly code: string; readonly message: string } }

/** @returns the one JSON object; where something else was written before it, the last line that is one. */
function answerOf(stdout: string): Answer | undefined {
  const text = stdout.replace(/^\uFEFF/, '')
  for (const candidate of [text, ...text.split('\n').reverse()]) {
    const answer = asAnswer(candidate)
    if (answer) return answer
  }
  return undefined
}

function asAnswer(text: string): Answer | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const { value, error } = (json ?? {}) as { value?: unknown; error?: { code?: unknown; message?: unknown } }
  if (Array.isArray(value)) return { value: value as Row[] }
  return typeof error?.code === 'string'
    ? { error: { code: error.code, message: typeof error.message === 'string' ? error.message : '' } }
    : undefined
}

/** With the first line of what it complained of: the rest is where in the script that was. */
function storyOf({ how, stderr }: Ended, hide: (text: string) => string): string {
  const [first = ''] = hide(stripVTControlCharacters(hide(stderr)))
    .trim()
    .split(/\r?\n/)
  return `PowerShell ${how}, and gave no answer${first === '' ? '' : `: ${first}`}`
}

function passwordsOf(secure: Secure): string[] {
  return Object.values(secure).map((secret) => (typeof secret === 'string' ? secret : secret.password))
}

/** In ASCII alone: PowerShell reads its input in whatever encoding the console has. */
function inAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function withoutSecrets(
  env: Variables,
  secrets: readonly string[],
  withheld: ReadonlySet<string>,
): Variables {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) =>
        value !== undefined && !WITHHELD.test(name) && !withheld.has(name) && !secrets.includes(value),
    ),
  )
}

/** @returns what puts `***` for each secret, also as JSON writes it. */
function hiding(secrets: readonly string[]): (text: string) => string {
  const inner = (json: string) => json.slice(1, -1)
  const forms = secrets
    .flatMap((secret) => [secret, inner(JSON.stringify(secret)), inner(inAscii(secret))])
    .filter((form) => form !== '')
    // The longest first, or what is left of it beside a shorter one would be shown.
    .sort((left, right) => right.length - left.length)
  return (text) => forms.reduce((shown, form) => shown.replaceAll(form, '***'), text)
}
