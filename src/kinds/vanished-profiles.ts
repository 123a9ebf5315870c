import { openNotice } from '../engine/notice.ts'
import type { Notice } from '../engine/plan.ts'

/**
 * Objects whose marks name a profile that is no longer in the repository: nobody looks after them.
 * @param marked by profile, how many bear its mark.
 * @param objects their name in the plural.
 */
export function vanishedProfileWarnings(
  marked: ReadonlyMap<string, number>,
  profileNames: ReadonlySet<string>,
  objects: string,
): Notice[] {
  return [...marked]
    .filter(([profile]) => !profileNames.has(profile))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([profile, count]) =>
      openNotice(
        'vanished-profile',
        `${count} ${objects} bear the mark of profile ${profile}, which is not in this repository. If it was renamed, name it under formerly of the new one; if it is gone, bring it back with state: absent to remove them.`,
      ),
    )
}

export function occurrences(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
