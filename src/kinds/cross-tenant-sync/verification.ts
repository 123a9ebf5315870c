/**
 * Somebody is provisioned on demand after an apply: whether all of it works, shown by doing it.
 * Source: Microsoft Graph, "synchronizationJob: provisionOnDemand".
 */
import type { Recorder, Written } from '../../engine/journal.ts'
import { noticeOf } from '../../engine/notice.ts'
import type { Health } from '../../engine/plan.ts'
import { shownCode } from '../../microsoft/errors.ts'
import type { GraphWriter } from '../../microsoft/graph-writer.ts'
import { onceKnown } from './eventually.ts'
import { jobPath } from './job.ts'
import { userMapping } from './mapping/synchronization-schema.ts'
import { findUsers, type Principal } from './scope.ts'
import type { Configuration } from './standing.ts'

/** @param names of `verify`. */
export async function verification(
  graph: GraphWriter,
  configuration: Configuration | undefined,
  names: readonly string[],
  recorder: (about: Written) => Recorder,
): Promise<Health[]> {
  const { found, missing } = await findUsers(graph, names)
  const results = missing.map((name) =>
    verified(name, 'error', `There is no user ${name} in tenant ${graph.tenant}.`, 'There is no such user.'),
  )
  const { application, job, schema } = configuration ?? {}
  const rule = schema && userMapping(schema)?.rule['id']
  // One after the other: the service takes five within ten seconds.
  for (const principal of found.values())
    results.push(
      application && job && typeof rule === 'string'
        ? await provisioned(
            graph,
            `${jobPath(application, job.id)}/provisionOnDemand`,
            rule,
            principal,
            recorder,
          )
        : verified(principal.label, 'error', NO_JOB, NO_JOB),
    )
  return results
}

const NO_JOB = 'There is no job that maps users.'

async function provisioned(
  graph: GraphWriter,
  path: string,
  ruleId: string,
  { id, label }: Principal,
  recorder: (about: Written) => Recorder,
): Promise<Health> {
  const subjects = [{ objectId: id, objectTypeName: 'User' }]
  const record = recorder({ object: 'provisioning', key: id })
  try {
    const { body } = await onceKnown(() =>
      record.write({ action: 'update', fields: [] }, () =>
        graph.create(path, { parameters: [{ ruleId, subjects }] }, { repeatable: true }),
      ),
    )
    return shown(label, outcomeOf(body))
  } catch (error) {
    const { code, message, advice } = noticeOf(error)
    return verified(label, 'error', message, advice ?? code)
  }
}

function verified(key: string, state: Health['state'], message: string, advice: string): Health {
  return { what: 'provisioning', key, state, message, advice }
}

interface Step {
  readonly name?: string
  readonly status?: string
  readonly description?: string
}

interface Outcome {
  /** `Success`, `Skipped`, `Failure`; absent where the service names none for the whole. */
  readonly status?: string | undefined
  readonly code?: string | undefined
  readonly reason?: string | undefined
  readonly steps: readonly Step[]
}

/**
 * The answer's texts are JSON. The reference shows the result in `key`; the service was also seen to put a
 * type's name there, and a list into `value`.
 */
function outcomeOf(body: unknown): Outcome {
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
function shown(label: string, { status, code, reason, steps }: Outcome): Health {
  const statuses = [status, ...steps.map((step) => step.status)].map((one) => one?.toLowerCase())
  const isWell = code === NOTHING_TO_DO || (statuses.includes('success') && !statuses.includes('skipped'))
  const state = statuses.includes('failure') ? 'error' : isWell ? 'ok' : 'warning'
  const named = steps.map(
    (step) => `${shownCode(step.name ?? 'step')}: ${shownCode(step.status ?? 'unknown')}`,
  )
  const whole = ['Failure', 'Skipped', 'Success'].find((one) => statuses.includes(one.toLowerCase()))
  const ending = [shownCode(status ?? whole ?? 'unknown'), ...(code ? [`(${shownCode(code)})`] : [])].join(
    ' ',
  )
  const advice = `${ending}${named.length > 0 ? `; ${named.join(', ')}` : ''}.`
  // Of what went well the status says enough.
  const told = steps
    .filter((step) => step.status?.toLowerCase() !== 'success')
    .flatMap(({ name, description }) => (description ? [`${name ?? 'step'}: ${description}`] : []))
  const why = told.length > 0 ? told : reason ? [reason] : []
  return verified(label, state, [advice, ...why].join(' '), advice)
}
