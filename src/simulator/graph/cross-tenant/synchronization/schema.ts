import { randomUUID } from 'node:crypto'

import type { Answer } from '../../../service.ts'
import type { Asked } from '../asked.ts'
import { checkedBody } from '../body.ts'
import { readOnly } from '../errors.ts'
import { normalised } from './normalise.ts'
import { jobAsked, shown } from './synchronization.ts'

const TYPE = 'synchronizationSchema'

/** `GET .../jobs/{id}/schema`. */
export function getSchema(asked: Asked): Answer {
  const { job } = jobAsked(asked)
  return shown(asked, `jobs('${job.id}')/schema/$entity`, job.schema)
}

/**
 * `PUT .../jobs/{id}/schema` ("Update synchronizationSchema"): the whole of it is replaced, by what the service
 * makes of it.
 */
export function putSchema(asked: Asked): Answer {
  const { job } = jobAsked(asked)
  const sent = checkedBody(asked.request, TYPE, { directories: 'directoryDefinition[]' })
  if (sent['id'] !== undefined && sent['id'] !== job.id) throw readOnly('id')
  job.schema = {
    id: job.id,
    version: `Date:${asked.world.now().toISOString()}, ActivityId:${randomUUID()}`,
    ...normalised(sent, job.schema.directories),
  }
  return { status: 204 }
}

/** `PATCH`: what is not sent stays. */
export function patchSchema(asked: Asked): Answer {
  const { job } = jobAsked(asked)
  const sent = checkedBody(asked.request, TYPE, { directories: 'directoryDefinition[]' })
  job.schema = { ...job.schema, ...normalised({ ...job.schema, ...sent }, job.schema.directories) }
  return { status: 204 }
}
