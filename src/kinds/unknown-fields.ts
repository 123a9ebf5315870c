import { openNotice } from '../engine/notice.ts'
import type { Notice } from '../engine/plan.ts'

/** What no source carries is unknown, not empty: said once, for all who are concerned. */
export function unknownFieldWarnings(attributes: ReadonlySet<string>): Notice[] {
  if (attributes.size === 0) return []
  const names = [...attributes].sort().join(', ')
  return [
    openNotice(
      'unknown-field',
      `The source does not carry what these attributes are made of, so they are left alone: ${names}.`,
    ),
  ]
}
