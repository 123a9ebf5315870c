/**
 * What the service answers when somebody is provisioned on demand. The answer's texts are JSON: the reference shows
 * the result in `key`; the service was also seen to put a type's name there, and a list into `value`.
 * Source: Microsoft Graph, "synchronizationJob: provisionOnDemand"; Microsoft Entra, "Configure cross-tenant
 * synchronization using Microsoft Graph API", step 11.
 */
import type { Health } from '../../../engine/plan.ts'
import { shownCode } from '../../../microsoft/errors.ts'

interface Step {
  readonly name?: string
  readonly status?: string
  readonly description?: string
  readonly details?: Readonly<Record<string, unknown>> | null
}

export interface Outcome {
  /** `Success`, `Skipped`, `Failure`; absent where the service names none for the whole. */
  readonly status?: string | undefined
  readonly code?: string | undefined
  readonly reason?: string | undefined
  readonly steps: readonly Step[]
}

export function outcomeOf(body: unknown): Outcome {
  const { key, value } = (body ?? {}) as { key?: unknown; value?: unknown }
  const whole = parsed(key) as { result?: string; details?: { errorCode?: string } | null } | undefined
  const inner = parsed(value)
  const { statusInfo, provisioningSteps } = ((Array.isArray(inner) ? inner[0] : inner) ?? {}) as {
    statusInfo?: { status?: string; errorCode?: string | null; reason?: string | null } | null
    provisioningSteps?: readonly Step[]
  }
  return {
    status: whole?.result ?? statusInfo?.status,
    code: whole?.details?.errorCode ?? statusInfo?.errorCode ?? undefined,
    reason: statusInfo?.reason ?? undefined,
    steps: provisioningSteps ?? [],
  }
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** They are in the target as they should be already: skipped, and well. */
const NOTHING_TO_DO = 'RedundantExport'

/** A failed step fails it, whatever is said of the whole; a skipped one is told with its reason. */
export function told(outcome: Outcome): Pick<Health, 'state' | 'message'> & { readonly advice: string } {
  const { status, reason, steps } = outcome
  const statuses = [status, ...steps.map((step) => step.status)].flatMap((one) => one?.toLowerCase() ?? [])
  const cause = causeOf(outcome)
  const isWell =
    cause === NOTHING_TO_DO || (statuses.length > 0 && statuses.every((one) => one === 'success'))
  const named = steps.map((step) => `${word(step.name ?? 'step')}: ${word(step.status)}`)
  const whole = ['Failure', 'Skipped', 'Success'].find((one) => statuses.includes(one.toLowerCase()))
  const ending = word(status ?? whole) + (cause === undefined ? '' : ` (${word(cause)})`)
  const advice = `${[ending, named.join(', ')].filter(Boolean).join('; ')}.`
  // Of what went well the status says enough.
  const said = steps
    .filter(isUnwell)
    .flatMap(({ name = 'step', description }) => (description ? [`${name}: ${description}`] : []))
  const why = said.length > 0 ? said : reason ? [reason] : []
  return {
    state: statuses.includes('failure') ? 'error' : isWell ? 'ok' : 'warning',
    message: [advice, ...why].join(' '),
    advice,
  }
}

/** Where a step says why it failed, or was skipped. */
const CAUSES = ['errorCode', 'ErrorCode', 'skipReason', 'SkipReason']

function causeOf({ code, steps }: Outcome): string | undefined {
  const causes = steps
    .filter(isUnwell)
    .flatMap(({ details }) => CAUSES.map((name) => details?.[name]))
    .filter((cause) => typeof cause === 'string')
  return code ?? causes[0]
}

function isUnwell({ status }: Step): boolean {
  return status?.toLowerCase() !== 'success'
}

function word(text: string | undefined): string {
  return shownCode(text ?? 'unknown')
}
