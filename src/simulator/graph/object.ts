import type { Bearer } from '../tokens.ts'
import type { Properties } from './directory.ts'
import { visibleProperties } from './permissions.ts'
import type { ManagerExpansion } from './query/expand.ts'
import { project } from './query/select.ts'
import { managerRow } from './rows.ts'
import type { Row } from './rows.ts'

/** How an object is shown. */
export interface Showing {
  readonly selection: readonly string[]
  readonly expansion: ManagerExpansion | undefined
  /** With its `@odata.type`: in collections of many types. */
  readonly typed: boolean
  readonly bearer: Bearer
}

/** An object as this bearer may see it. */
export function showObject(row: Row, showing: Showing): Properties {
  const { expansion, bearer } = showing
  // Of a mixed collection's selection, an object shows what its own type has.
  const shown = project(
    row.properties,
    row.type,
    showing.selection,
    visibleProperties(row.type, bearer.roles),
  )
  const manager = expansion && managerRow(bearer.tenant, row)
  return {
    ...(showing.typed ? { '@odata.type': `#microsoft.graph.${row.type}` } : {}),
    ...shown,
    ...(manager
      ? {
          manager: showObject(manager, {
            selection: expansion.selection,
            expansion: undefined,
            typed: true,
            bearer,
          }),
        }
      : {}),
  }
}
