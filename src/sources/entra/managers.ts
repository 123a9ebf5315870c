/** Everybody's manager, where the listing of people cannot carry them. */
import type { GraphReader } from '../../microsoft/graph.ts'
import { MANAGER, type User } from './user.ts'

/**
 * A filter may need an advanced query, and those expand nothing: so managers are read by themselves.
 * Source: Microsoft Graph, "Advanced query capabilities on directory objects".
 */
export async function readManagers(reader: GraphReader): Promise<ReadonlyMap<string, User['manager']>> {
  const managers = new Map<string, User['manager']>()
  for await (const page of reader.pages<User>('/users', { select: ['id'], top: 999, expand: MANAGER }))
    for (const { id, manager } of page) managers.set(id, manager)
  return managers
}
