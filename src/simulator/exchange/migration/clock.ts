/** Batches that move on by themselves: a step each time so much of the simulator's time has passed. */
import type { World } from '../../world.ts'
import { advanceBatch } from './advance.ts'

export class MigrationClock {
  readonly #world: World
  /** When the last step was due. */
  #last: number

  constructor(world: World) {
    this.#world = world
    this.#last = world.now().getTime()
  }

  /** Takes the steps that have come due since it was last called. */
  tick(): void {
    const { migrationStep } = this.#world.behaviour
    if (migrationStep <= 0) return
    const due = Math.floor((this.#world.now().getTime() - this.#last) / migrationStep)
    if (due <= 0) return
    this.#last += due * migrationStep
    for (let step = 0; step < due; step++) if (!this.#step()) return
  }

  /** @returns whether any batch moved. */
  #step(): boolean {
    let moved = false
    for (const tenant of this.#world.tenants.values())
      for (const batch of tenant.migration.batches)
        if (advanceBatch(this.#world, tenant, batch) !== batch) moved = true
    return moved
  }
}

/** Do batches take their time to stop and to be removed? */
export function takesTime({ behaviour }: World): boolean {
  return behaviour.migrationStep > 0
}
