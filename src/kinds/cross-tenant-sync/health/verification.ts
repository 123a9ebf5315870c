/**
 * Somebody is provisioned on demand after an apply: whether all of it works, shown by doing it.
 * Source: Microsoft Graph, "synchronizationJob: provisionOnDemand".
 */
import type { Recorder, Written } from '../../../engine/journal.ts'
import { noticeOf } from '../../../engine/notice.ts'
import type { Health } from '../../../engine/plan.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import { onceKnown } from '../job/eventually.ts'
import { jobPath } from '../job/job.ts'
import { userMapping } from '../mapping/synchronization-schema.ts'
import { outcomeOf, told } from './on-demand.ts'
import { findUsers, type Principal } from '../application/scope.ts'
import type { Configuration } from '../planning/standing.ts'

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
    const { state, message, advice } = told(outcomeOf(body))
    return verified(label, state, message, advice)
  } catch (error) {
    const { code, message, advice } = noticeOf(error)
    return verified(label, 'error', message, advice ?? code)
  }
}

function verified(key: string, state: Health['state'], message: string, advice: string): Health {
  return { what: 'provisioning', key, state, message, advice }
}
