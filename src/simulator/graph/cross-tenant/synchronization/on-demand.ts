import type { Answer } from '../../../service.ts'
import { notFound } from '../../errors.ts'
import type { Asked } from '../asked.ts'
import { checkedParameters, isRecord } from '../body.ts'
import { beginProvisioning } from '../cycle/cycle.ts'
import { SOURCE_SYSTEM } from '../cycle/outcome.ts'
import type { Outcome } from '../cycle/outcome.ts'
import { noCredentials, noSuchResource, wrongValue } from '../errors.ts'
import type { JobError } from './job.ts'
import type { Rule } from './definition.ts'
import { hasCredentials } from './secrets.ts'
import { jobAsked } from './synchronization.ts'

const STATUS_INFO = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo'

type Result = Pick<Outcome, 'status' | 'code' | 'reason' | 'action' | 'steps' | 'changes'>

/** `POST .../jobs/{id}/provisionOnDemand`: one user, at once, with the result of each step. */
export function provisionOnDemand(asked: Asked): Answer {
  const { principal, job } = jobAsked(asked)
  const { bearer, world, limits } = asked
  limits.enter('provision-on-demand', bearer, world.behaviour.provisionOnDemandRequests)
  if (!hasCredentials(principal)) throw noCredentials()
  const { objectId, objectTypeName } = subjectOf(asked, job.schema.synchronizationRules)
  const begun = beginProvisioning(world, bearer.tenant, principal)
  if (objectTypeName !== 'User') return shownResult(asked, unsupported(objectTypeName))
  const user = bearer.tenant.directory.user(objectId)
  if (!user) throw notFound(objectId)
  if ('code' in begun) return shownResult(asked, outOfReach(begun))
  const isLeaver = begun.leavers().includes(user.id)
  return shownResult(asked, isLeaver ? begun.remove(user.id) : begun.provision(user))
}

/** @throws GraphRefused 400 unless there is one rule with one subject; 404 for rules there are not */
function subjectOf({ request }: Asked, rules: readonly Rule[]) {
  const body = checkedParameters(request, { parameters: 'synchronizationJobApplicationParameters[]' })
  const parameters = Array.isArray(body['parameters']) ? body['parameters'] : []
  const [parameter] = parameters
  if (parameters.length !== 1 || !isRecord(parameter)) throw wrongValue('parameters')
  const { ruleId, subjects } = parameter
  if (!rules.some(({ id }) => id === ruleId)) throw noSuchResource(String(ruleId))
  if (!Array.isArray(subjects) || subjects.length !== 1) throw wrongValue('subjects')
  const [{ objectId, objectTypeName }] = subjects as [Record<string, unknown>]
  if (typeof objectId !== 'string' || typeof objectTypeName !== 'string') throw wrongValue('subjects')
  return { objectId, objectTypeName }
}

/**
 * A `stringKeyStringValuePair` whose texts are JSON. The reference has the result in `key`, and one object in
 * `value`; what was observed has a type's name there, and a list (`behaviour.onDemandAnswer`).
 */
function shownResult(asked: Asked, result: Result): Answer {
  const now = asked.world.now().toISOString()
  const { status, code, reason, action, steps, changes } = result
  const value = {
    action,
    startTime: now,
    endTime: now,
    modifiedProperties: changes,
    provisioningSteps: steps.map((each) => ({ ...each, timestamp: now })),
    statusInfo: { status, errorCode: code, reason, additionalDetails: null, errorCategory: null },
  }
  const isNamed = asked.world.behaviour.onDemandAnswer === 'type-name'
  const details = code === null ? null : { errorCode: code, errorMessage: reason }
  return {
    status: 200,
    body: {
      '@odata.context': `${asked.world.origin}/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair`,
      key: isNamed ? STATUS_INFO : JSON.stringify({ result: status, details }),
      value: JSON.stringify(isNamed ? [value] : value),
    },
  }
}

function unsupported(objectTypeName: string): Result {
  const reason = `Objects of type '${objectTypeName}' are not provisioned by this schema.`
  return {
    action: 'Other',
    status: 'Skipped',
    code: 'EntityTypeNotSupported',
    reason,
    steps: [],
    changes: [],
  }
}

function outOfReach({ code, message }: JobError): Result {
  const failed = {
    name: 'EntryImport',
    type: 'Import',
    status: 'Failure',
    description: `${SOURCE_SYSTEM}: ${message}`,
    details: { ErrorCode: code },
  } as const
  return { action: 'Other', status: 'Failure', code, reason: message, steps: [failed], changes: [] }
}
