/** Plans of what runs on its own: one profile that is unhealthy, with one of every state, and one that is well. */
import type { Health } from '../../engine/plan.ts'
import { plan, profile, result } from './sample.ts'

const job = { key: 'Contoso cross-tenant sync', configuration: true } as const

const HEALTH: readonly Health[] = [
  { what: 'job', ...job, state: 'ok', message: 'Active since May', advice: 'active' },
  {
    what: 'cycle',
    ...job,
    state: 'warning',
    message: '7 people were not in scope: Charles Babbage is one of them.',
    advice: '7 people were not in scope.',
    example: 'Charles Babbage <charles@fabrikam.com>',
  },
  { what: 'provisioning', key: 'Mary Somerville <mary@fabrikam.com>', state: 'ok', message: 'Created Mary.' },
  {
    what: 'quarantine',
    ...job,
    state: 'error',
    message: 'Quarantined: the token of grace.hopper@fabrikam.com is refused (request 8f-3).',
    advice: 'Quarantined: EncounteredBaseEscrowThreshold.',
  },
  {
    what: 'provisioning',
    key: 'Ada Lovelace <ada@fabrikam.com>',
    state: 'error',
    message: 'EntryExportAdd failed: another object holds ada@fabrikam.com.',
    advice: 'EntryExportAdd: failure, AzureActiveDirectoryDuplicateUserPrincipalName.',
  },
  {
    what: 'provisioning',
    key: 'Alan Turing <alan@fabrikam.com>',
    state: 'error',
    message: 'Alan Turing has no UPN.',
  },
]

const more = { kind: 'cross-tenant-sync', managed: 40, counts: { unchanged: 40 } } as const

export const UNHEALTHY = plan([
  profile({
    ...more,
    name: 'fabrikam-to-contoso',
    file: 'sync-profiles/fabrikam-to-contoso.yaml',
    health: HEALTH,
  }),
  profile({
    ...more,
    name: 'contoso-to-fabrikam',
    file: 'sync-profiles/contoso-to-fabrikam.yaml',
    from: ['contoso'],
    to: 'fabrikam',
    health: HEALTH.slice(0, 1),
  }),
])

export const UNHEALTHY_RESULT = result(UNHEALTHY, [[], []])

/** What of it names somebody: nothing of this is shown but in `full`. */
export const TOLD_IN_FULL =
  /Lovelace|Babbage|Somerville|Turing|ada@|charles@|grace|no UPN|Created|since May|request 8f/

/** What anybody may be told, and whoever may see initials. */
export const TOLD_MASKED =
  /Contoso cross-tenant sync|A\. [LT]\. @fabrikam|C\. B\. @|EncounteredBase|EntryExportAdd|not in scope/
