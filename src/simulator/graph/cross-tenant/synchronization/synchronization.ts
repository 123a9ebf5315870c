import type { Answer } from '../../../service.ts'
import { notFound } from '../../errors.ts'
import { checkOwner } from '../application/owner.ts'
import { crossTenantOf, guidAt } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { noSuchResource } from '../errors.ts'
import type { ServicePrincipal } from '../state.ts'
import type { Job } from './job.ts'

/**
 * The service principal before `/synchronization`, once the provisioning service knows it: the directory may
 * know it sooner.
 * @throws GraphRefused 404, 403
 */
export function synchronizationAsked(asked: Asked): ServicePrincipal {
  const state = crossTenantOf(asked)
  const id = guidAt(asked, 0)
  const principal = state.servicePrincipals.get(id)
  if (!principal || !state.isSeen('synchronization', id)) throw notFound(id)
  checkOwner(asked, principal)
  return principal
}

/**
 * The job that a path names, and whose it is.
 * @throws GraphRefused 404, 403
 */
export function jobAsked(asked: Asked): { principal: ServicePrincipal; job: Job } {
  const principal = synchronizationAsked(asked)
  const id = asked.ids[1] ?? ''
  const { job } = principal
  if (job?.id !== id) throw noSuchResource(id)
  return { principal, job }
}

/** What is shown of something of a service principal's synchronization. */
export function shown(asked: Asked, name: string, body: object, status = 200): Answer {
  const context = `${asked.world.origin}/v1.0/$metadata#servicePrincipals('${asked.ids[0]}')/synchronization/${name}`
  return { status, body: { '@odata.context': context, ...body } }
}
