import type { TypeName } from '../contract.ts'
import { unsupported } from '../errors.ts'
import type { Row } from '../rows.ts'

const BY_DEFAULT: Partial<Record<TypeName, readonly string[]>> = {
  user: ['displayName', 'userPrincipalName'],
  group: ['displayName'],
  application: ['displayName'],
  servicePrincipal: ['displayName'],
  provisioningObjectSummary: ['activityDateTime'],
}
const ADVANCED: Partial<Record<TypeName, readonly string[]>> = {
  user: ['createdDateTime', 'deletedDateTime'],
  group: ['deletedDateTime'],
  orgContact: ['createdDateTime', 'displayName'],
}

/**
 * Compares rows as `$orderby` says (Microsoft Graph, "Support for sorting by properties of directory objects").
 * @throws GraphRefused for a property that cannot be sorted by
 */
export function sorter(orderby: string, type: TypeName, advanced: boolean): (a: Row, b: Row) => number {
  const [, name = '', direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(orderby) ?? []
  const allowed = [...(BY_DEFAULT[type] ?? []), ...(advanced ? (ADVANCED[type] ?? []) : [])]
  if (!allowed.includes(name)) throw unsupported('Sorting not supported for current query.')
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1
  const key = (row: Row) => ((row.properties[name] ?? '') as string).toLowerCase()
  return (a, b) => {
    const [x, y] = [key(a), key(b)]
    return x === y ? 0 : sign * (x < y ? -1 : 1)
  }
}
