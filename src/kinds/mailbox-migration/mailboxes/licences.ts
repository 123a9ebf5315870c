/**
 * Licences, as Entra shows them: each person who moves needs one for it, in either tenant; and in the target one for
 * a mailbox, once it is there.
 * Source: Microsoft 365, "Cross-tenant mailbox migration", Licensing; Microsoft Entra, "Product names and service
 * plan identifiers for licensing".
 */
import { isPassing, ServiceError } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'

/** "Cross Tenant User Data Migration". */
const MIGRATION = '946ce899-873d-44bb-9d8b-671870cbfdbf'

const GIB = 2 ** 30

/** What a mailbox may hold, by the service plan of Exchange Online (Exchange Online limits). */
const PLANS: ReadonlyMap<string, number> = new Map([
  // EXCHANGE_S_ENTERPRISE
  ['efb87545-963c-4e0d-99df-69c6916d9eb0', 100 * GIB],
  // EXCHANGE_S_STANDARD
  ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 50 * GIB],
  // EXCHANGE_S_DESKLESS
  ['4a82b400-a79f-41a4-b4e2-e94f5787b113', 2 * GIB],
])

/** What the largest of the plans holds. */
export const MOST_BYTES = 100 * GIB

interface User {
  readonly accountEnabled?: boolean
  readonly assignedLicenses?: readonly { readonly skuId?: string }[]
  readonly assignedPlans?: readonly {
    readonly servicePlanId?: string
    readonly capabilityStatus?: string
  }[]
}

export interface Licences {
  /** One for the move itself. */
  readonly toMove: boolean
  /** One of whatever kind. */
  readonly any: boolean
  /** Bytes that a mailbox may hold; `undefined` without a plan for one. */
  readonly mailbox: number | undefined
  /** Of somebody who can sign in: a room or a shared mailbox needs no plan. */
  readonly isUser: boolean
}

/** @returns by the key, whom Entra tells of; `undefined` where this app may not ask. */
export async function readLicences(
  graph: GraphReader,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Licences> | undefined> {
  try {
    const users = await graph.findEach<User>('/users/{id}', keys, {
      select: ['id', 'accountEnabled', 'assignedLicenses', 'assignedPlans'],
    })
    return new Map(
      keys.flatMap((key, index): [string, Licences][] => {
        const user = users[index]
        return user?.assignedLicenses ? [[key, licencesOf(user)]] : []
      }),
    )
  } catch (error) {
    if (error instanceof ServiceError && !isPassing(error)) return undefined
    throw error
  }
}

function licencesOf({ accountEnabled, assignedLicenses = [], assignedPlans = [] }: User): Licences {
  const rooms = assignedPlans
    .filter(({ capabilityStatus }) => capabilityStatus === undefined || capabilityStatus === 'Enabled')
    .flatMap(({ servicePlanId }) => PLANS.get(servicePlanId?.toLowerCase() ?? '') ?? [])
  return {
    toMove: assignedLicenses.some(({ skuId }) => skuId?.toLowerCase() === MIGRATION),
    any: assignedLicenses.length > 0,
    mailbox: rooms.length > 0 ? Math.max(...rooms) : undefined,
    isUser: accountEnabled !== false,
  }
}
