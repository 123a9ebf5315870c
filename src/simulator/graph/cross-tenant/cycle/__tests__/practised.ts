import { configured, crossTenantPractice, jobIn } from '../../__tests__/practice.ts'
import { runCycle } from '../cycle.ts'

/** A world in which a job is ready, its cycle by hand, and whom it brings. */
export function practised(options: Parameters<typeof configured>[0] = {}) {
  const practice = crossTenantPractice(configured(options))
  const { source, target, world } = practice
  const found = jobIn(practice)
  return {
    ...practice,
    ...found,
    cycle: (more: { force?: boolean } = {}) => runCycle(world, source, found.principal, more),
    guest: (name = 'ada') =>
      target.directory.user(`${name}_fabrikam.com#EXT#@contoso.onmicrosoft.com`)?.properties,
  }
}
