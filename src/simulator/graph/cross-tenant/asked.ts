import type { Answer } from '../../service.ts'
import type { Asked as AnyAsked } from '../asked.ts'
import { answerCollection, countOf } from '../collection.ts'
import { isCollection } from '../route.ts'
import type { Route } from '../route.ts'
import type { TypeName } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { directoryBadRequest, notFound } from '../errors.ts'
import type { QueryOptions } from '../query/options.ts'
import type { Listings } from '../query/pages.ts'
import { defaultSelection, parseSelect, project } from '../query/select.ts'
import type { Row } from '../rows.ts'
import type { Limits } from './limits.ts'
import type { CrossTenant, ServicePrincipal } from './state.ts'

/** A request for one of the objects of cross-tenant synchronization. */
export interface Asked extends AnyAsked {
  readonly route: Route
  readonly options: QueryOptions
  readonly listings: Listings
  readonly limits: Limits
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isGuid(text: string): boolean {
  return GUID.test(text)
}

/** @throws GraphRefused 400 */
export function guidAt(asked: Asked, index: number): string {
  const id = asked.ids[index] ?? ''
  if (!isGuid(id)) throw directoryBadRequest(`Invalid object identifier '${id}'.`)
  return id.toLowerCase()
}

export function crossTenantOf({ bearer }: AnyAsked): CrossTenant {
  return bearer.tenant.crossTenant
}

/**
 * The service principal that a path begins with, once the directory knows it.
 * @throws GraphRefused 400, 404
 */
export function servicePrincipalAsked(asked: Asked): ServicePrincipal {
  const id = guidAt(asked, 0)
  const principal = crossTenantOf(asked).servicePrincipals.get(id)
  if (!principal || !crossTenantOf(asked).isSeen('directory', id)) throw notFound(id)
  return principal
}

/** One object of a type, as `$select` asks. */
export function one(asked: Asked, type: TypeName, properties: Properties, status = 200): Answer {
  const { select } = asked.options
  const selection = select === undefined ? defaultSelection(type) : parseSelect(select, type, false)
  const context = `${asked.world.origin}/v1.0/$metadata#${asked.route.template.slice(1)}/$entity`
  return {
    status,
    body: { '@odata.context': context.replaceAll('/{id}', ''), ...project(properties, type, selection) },
  }
}

/** A page of a collection, or the number of its rows. */
export function many(asked: Asked, type: TypeName, rows: readonly Row[]): Answer {
  const { route, options } = asked
  if (isCollection(route.template) && route.count) {
    const count = countOf({ rows, type }, route, options)
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count) }
  }
  return { status: 200, body: answerCollection({ rows, type }, route, options, asked) }
}
