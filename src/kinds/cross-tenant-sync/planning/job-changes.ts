/** The provisioning job: itself, its schema in two parts, and whether it runs. */
import type { FieldChange } from '../../../engine/plan.ts'
import { onceFound } from '../job/eventually.ts'
import {
  createJob,
  isRunning,
  JOB_TEMPLATE,
  readSchema,
  readTemplate,
  replaceSchema,
  setRunning,
} from '../job/job.ts'
import { checkAttributes } from '../mapping/attributes.ts'
import { namedFields } from '../mapping/named-fields.ts'
import { schemaChange, type Part } from '../mapping/schema-change.ts'
import { configurationChange, type ConfigurationChange } from './configuration-change.ts'
import { applicationOf, jobOf, unmarked, type Change, type Relationship } from './relationship.ts'
import { configurationLabel } from './labels.ts'

export function jobChange(about: Relationship, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  if (standing.configuration?.job) return undefined
  return configurationChange({
    action: 'create',
    object: 'synchronization-job',
    label: configurationLabel(sides, 'job of', profile),
    reason: 'missing',
    fields: [{ field: 'templateId', before: null, after: JOB_TEMPLATE }],
    after,
    write: async (connection, record) => {
      connection.job = await createJob(connection.source, record, applicationOf(about, connection))
    },
  })
}

export function mappingChange(about: Relationship, after: readonly Change[]): Change {
  const { profile, sides } = about
  const fields = schemaFields(about, 'mapping')
  if (fields.length === 0) return undefined
  return configurationChange({
    ...schemaPart(about, 'mapping'),
    object: 'attribute-mapping',
    label: configurationLabel(sides, 'attribute mapping of', profile),
    fields,
    after,
  })
}

/**
 * Whoever no longer meets the filter is taken away with the next cycle, assigned or not ("filter resource type").
 * Whom it leaves out, Entra alone evaluates: it counts as everybody who has access.
 */
export function filterChange(about: Relationship, people: number, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  const fields = schemaFields(about, 'filter')
  if (fields.length === 0) return undefined
  const change = configurationChange({
    ...schemaPart(about, 'filter'),
    object: 'scoping-filter',
    label: configurationLabel(sides, 'scoping filter of', profile),
    fields,
    after,
  })
  const widens = profile.scope.where === undefined
  if (!standing.configuration?.job || widens || people === 0) return change
  return { ...change, countsAs: 'deletes', people, ...unmarked(about) }
}

function schemaFields({ profile, standing }: Relationship, part: Part): readonly FieldChange[] {
  const { schema, template } = standing.configuration ?? {}
  return schema ? (schemaChange(schema, template, profile, [part])?.fields ?? []) : namedFields(profile, part)
}

/** One part of the schema is written, and the other left as it is: the whole is sent. */
function schemaPart(
  about: Relationship,
  part: Part,
): Pick<ConfigurationChange, 'action' | 'targetId' | 'reason' | 'write'> {
  const { profile, standing } = about
  return {
    action: 'update',
    targetId: standing.configuration?.job?.id,
    reason: standing.configuration?.job ? 'drift' : 'missing',
    write: async (connection, record) => {
      const { source: graph } = connection
      const application = applicationOf(about, connection)
      const job = jobOf(about, connection)
      // What stands now is changed: somebody may have been at it since the plan, and a new job has one of its own.
      const live = await onceFound(() => readSchema(graph, application, job))
      if (!live) return
      checkAttributes(profile, live)
      const change = schemaChange(live, await readTemplate(graph, application), profile, [part])
      if (!change) return
      const names = change.fields.map(({ field }) => field)
      await replaceSchema(graph, record, application, job, change.schema, names)
    },
  }
}

export function stateChange(about: Relationship, after: readonly Change[]): Change {
  const { profile, sides, standing } = about
  const stands = standing.configuration?.job
  const running = profile.job === 'running'
  if (isRunning(stands) === running) return undefined
  return configurationChange({
    action: 'update',
    object: 'job-state',
    label: configurationLabel(sides, 'state of the job of', profile),
    targetId: stands?.id,
    reason: stands ? 'drift' : 'missing',
    fields: [
      {
        field: 'state',
        before: stands ? (isRunning(stands) ? 'running' : 'paused') : null,
        after: profile.job,
      },
    ],
    // A job is paused whatever else there is to do.
    after: running ? after : [],
    write: (connection, record) =>
      setRunning(
        connection.source,
        record,
        applicationOf(about, connection),
        jobOf(about, connection),
        running,
      ),
  })
}
