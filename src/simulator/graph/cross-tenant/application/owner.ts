import { permissionsOf } from '../../contract.ts'
import { denied } from '../../errors.ts'
import type { Asked } from '../asked.ts'

const OWN = 'Application.ReadWrite.OwnedBy'

/**
 * Application.ReadWrite.OwnedBy lets an app write what it owns; all it may read (Microsoft Graph, "permissions
 * reference").
 * @throws GraphRefused 403 when nothing better lets it in
 */
export function checkOwner(
  { request, route, bearer }: Asked,
  { owners }: { owners: readonly string[] },
): void {
  if (request.method === 'GET' || owners.includes(bearer.clientId)) return
  const others = (permissionsOf(route.template, request.method) ?? []).filter((each) => each !== OWN)
  if (!others.some((each) => bearer.roles.includes(each))) throw denied()
}
