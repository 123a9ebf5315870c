/** Marks of profiles that are no longer in the repository: nobody looks after those contacts. */
import type { Notice } from '../../engine/plan.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Owned } from './pairing.ts'

export function vanishedProfiles(owned: readonly Owned[], profileNames: ReadonlySet<string>): Notice[] {
  const counts = new Map<string, number>()
  for (const { owner } of owned)
    if (owner.by === 'another' && owner.profile !== undefined && !profileNames.has(owner.profile))
      counts.set(owner.profile, (counts.get(owner.profile) ?? 0) + 1)
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([profile, count]) =>
      openNotice(
        'vanished-profile',
        `${count} mail contacts bear the mark of profile ${profile}, which is not in this repository. If it was renamed, name it under formerly of the new one; if it is gone, bring it back with state: absent to remove them.`,
      ),
    )
}
