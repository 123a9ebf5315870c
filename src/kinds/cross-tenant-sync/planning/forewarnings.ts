/** What cannot be read or tried beforehand, and somebody should know before it is written. */
import { openNotice } from '../../../engine/notice.ts'
import type { Notice } from '../../../engine/plan.ts'
import { ENTRA_CLOUDS } from '../clouds.ts'
import { ledElsewhere } from '../application/credentials.ts'
import type { Relationship } from './relationship.ts'

export function forewarnings(about: Relationship): Notice[] {
  return [...cloudWarnings(about), ...takeoverWarnings(about)]
}

function cloudWarnings({ sides: { source, target } }: Relationship): Notice[] {
  if (ENTRA_CLOUDS[source.cloud] === ENTRA_CLOUDS[target.cloud]) return []
  return [
    openNotice(
      'between-clouds',
      `Tenants ${source.name} and ${target.name} are in different clouds: Entra wants a configuration there that was made for it, and may refuse the credentials of this one with ExternalTenantNotFound.`,
    ),
  ]
}

function takeoverWarnings({ profile, sides: { source, target }, standing }: Relationship): Notice[] {
  const { configuration } = standing
  if (!configuration) return []
  const { mark, job } = configuration
  const named = `The configuration "${profile.application}" of tenant ${source.name}`
  if (mark)
    return ledElsewhere(mark, target.tenantId)
      ? [
          openNotice(
            'other-target',
            `${named} led to another tenant until now: its guests stay there, and nobody keeps them any more. To have them taken away first, empty the scope before the target is changed.`,
          ),
        ]
      : []
  return [
    openNotice(
      'taken-over',
      `${named} bears no profile's mark and is taken over: from now on it leads to ${target.name}, wherever it led.`,
    ),
    ...(job && profile.notify !== undefined && profile.deletionThreshold === undefined
      ? [
          openNotice(
            'threshold-off',
            `${named} loses its prevention of accidental deletions, if it has one: notify is named and deletionThreshold is not.`,
          ),
        ]
      : []),
  ]
}
