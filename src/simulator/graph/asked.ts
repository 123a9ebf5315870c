import type { Request } from '../service.ts'
import type { Bearer } from '../tokens.ts'
import type { World } from '../world.ts'

/** A request that was let in: who asks, and for what. */
export interface Asked {
  readonly request: Request
  readonly world: World
  readonly bearer: Bearer
  /** The path's ids, in their order. */
  readonly ids: readonly string[]
}
