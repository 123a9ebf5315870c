/**
 * Who is assigned to a configuration: the role of its application, given to users and groups.
 * Source: Microsoft Graph, "Grant an appRoleAssignment for a service principal".
 */
import type { Recorder } from '../../../engine/journal.ts'
import { ServiceError } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import { accessRole, type Application } from './application.ts'
import { goneAfter, onceKnown } from '../job/eventually.ts'
import { findUsers, membersOf, type Principal } from './scope.ts'

/** `appRoleAssignment` */
export interface Assignment {
  readonly id: string
  readonly principalId: string
  readonly principalType?: string | null
  readonly principalDisplayName?: string | null
}

/** An assignment with the people to whom it gives access. */
export interface Assigned extends Principal {
  readonly assignment: Assignment
}

export async function readAssigned(graph: GraphReader, application: Application): Promise<Assigned[]> {
  const assignments = await readAssignments(graph, application)
  const users = assignments.filter(({ principalType }) => principalType === 'User')
  const { found } = await findUsers(
    graph,
    users.map(({ principalId }) => principalId),
  )
  return Promise.all(
    assignments.map(async (assignment): Promise<Assigned> => {
      const { principalId, principalType, principalDisplayName } = assignment
      const label = principalDisplayName ?? principalId
      const people = principalType === 'Group' ? await membersOf(graph, principalId) : new Set([principalId])
      return { id: principalId, label, people, ...found.get(principalId), assignment }
    }),
  )
}

async function readAssignments(graph: GraphReader, application: Application): Promise<Assignment[]> {
  const assignments: Assignment[] = []
  for await (const page of graph.pages<Assignment>(path(application), {})) assignments.push(...page)
  return assignments
}

/** `already exists` is what was wanted, once it is seen. */
export async function assign(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  principalId: string,
): Promise<void> {
  const body = { principalId, resourceId: application.id, appRoleId: accessRole(application) }
  try {
    await onceKnown(() =>
      record.write({ action: 'create', fields: ['principalId', 'appRoleId'] }, () =>
        graph.create(path(application), body, { repeatable: true }),
      ),
    )
  } catch (error) {
    if (!(error instanceof ServiceError) || (error.status !== 400 && error.status !== 409)) throw error
    const stands = await readAssignments(graph, application)
    if (!stands.some((one) => one.principalId === principalId)) throw error
  }
}

export async function unassign(
  graph: GraphWriter,
  record: Recorder,
  application: Application,
  assignment: Assignment,
): Promise<void> {
  record.removing(assignment)
  await goneAfter(() =>
    record.write({ action: 'delete', targetId: assignment.id, fields: [] }, () =>
      graph.remove(`${path(application)}/${assignment.id}`),
    ),
  )
}

function path({ id }: Application): string {
  return `/servicePrincipals/${id}/appRoleAssignedTo`
}
