import type { Answer } from '../../service.ts'
import { compileFilter } from '../query/filter.ts'
import { sorter } from '../query/order.ts'
import type { Row } from '../rows.ts'
import { crossTenantOf, many } from './asked.ts'
import type { Asked } from './asked.ts'

const TYPE = 'provisioningObjectSummary'

/**
 * `GET /auditLogs/provisioning` ("List provisioningObjectSummary"): the newest first; a filter and an order may
 * stand together, which the directory does not allow.
 */
export function listProvisioningLog(asked: Asked): Answer {
  asked.limits.enter('audit-logs', asked.bearer, asked.world.behaviour.auditLogRequests)
  const { filter, orderby = 'activityDateTime desc', ...options } = asked.options
  let rows = crossTenantOf(asked).log.map((properties): Row => ({
    type: TYPE,
    id: String(properties['id']),
    properties,
  }))
  if (filter !== undefined) {
    const { test } = compileFilter(filter, TYPE, true)
    rows = rows.filter(({ properties }) => test(properties))
  }
  const ordered = rows.toReversed().toSorted(sorter(orderby, TYPE, true))
  return many({ ...asked, options: { ...options, advanced: false } }, TYPE, ordered)
}
