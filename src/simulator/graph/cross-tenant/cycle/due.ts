import type { World } from '../../../world.ts'
import { runCycle } from './cycle.ts'

/**
 * Runs the cycles that the time has come for. The simulator looks when somebody asks it something: however long
 * that took, each job has run once.
 */
export function runDueCycles(world: World): void {
  const now = world.now()
  for (const tenant of world.tenants.values()) {
    for (const principal of tenant.crossTenant.servicePrincipals.values()) {
      const due = principal.job?.due
      if (due && due <= now) runCycle(world, tenant, principal)
    }
  }
}
