/** A move of mailboxes: not all of them ready, a batch under way, two changes that somebody has to make. */
import type { Change, Health } from '../../engine/plan.ts'
import { change, plan, profile, result } from './sample.ts'

const ENDPOINT_SCRIPT = [
  '# In contoso, as an administrator of Exchange.',
  'Connect-ExchangeOnline -Organization contoso.onmicrosoft.com',
  "$application = Get-Credential -UserName '1d2e3f40-0000-4000-8000-00000000000a' -Message 'Its secret'",
  'New-MigrationEndpoint `',
  "  -Name 'fabrikam-to-contoso' `",
  "  -RemoteServer outlook.office.com -RemoteTenant 'fabrikam.onmicrosoft.com' `",
  '  -ExchangeRemoteMove -Credentials $application',
  '',
].join('\n')

const USER_SCRIPT = [
  "New-MailUser -Name 'Ada Lovelace' -MicrosoftOnlineServicesID 'ada@contoso.com' `",
  "  -ExternalEmailAddress 'ada@fabrikam.onmicrosoft.com' -Password (Read-Host -AsSecureString)",
].join('\n')

/** A mail contact gives way to it. */
export const REPLACING = change({
  action: 'create',
  object: 'mail-user',
  label: 'Mary Somerville <mary@fabrikam.com>',
  fields: [{ field: 'ExternalEmailAddress', before: null, after: 'mary@fabrikam.onmicrosoft.com' }],
  removes: [
    {
      object: 'mail-contact',
      targetId: 'b2d002a4-0000-4000-8000-000000000003',
      label: 'Mary Somerville (Fabrikam) <mary.s@fabrikam.com>',
    },
  ],
})

const CHANGES = [
  change({
    action: 'create',
    object: 'migration-endpoint',
    key: 'fabrikam-to-contoso',
    label: 'fabrikam-to-contoso',
    reason: 'missing',
    configuration: true,
    fields: [{ field: 'RemoteTenant', before: null, after: 'fabrikam.onmicrosoft.com' }],
    manual: ENDPOINT_SCRIPT,
  }),
  change({
    action: 'create',
    object: 'mail-user',
    label: 'Ada Lovelace <ada@fabrikam.com>',
    fields: [{ field: 'ExternalEmailAddress', before: null, after: 'ada@fabrikam.onmicrosoft.com' }],
    manual: USER_SCRIPT,
  }),
  REPLACING,
  change({
    action: 'create',
    object: 'migration-batch',
    key: 'wave-2',
    label: 'wave-2',
    reason: 'missing',
    configuration: true,
  }),
]

const ready = (name: string): Health => ({
  what: 'mailbox',
  key: `${name} <${name.split(' ')[0]!.toLowerCase()}@fabrikam.com>`,
  state: 'ok',
  message: `${name} is ready.`,
  advice: 'Ready.',
})

export const HEALTH: readonly Health[] = [
  ready('Charles Babbage'),
  {
    what: 'mailbox',
    key: 'Alan Turing <alan@fabrikam.com>',
    state: 'warning',
    message: 'alan@fabrikam.com has no licence for a cross-tenant move in fabrikam.',
    advice: 'No licence for a cross-tenant move in fabrikam: assign one.',
  },
  {
    what: 'mailbox',
    key: 'Grace Hopper <grace.hopper@fabrikam.com>',
    state: 'error',
    message: 'grace.hopper@fabrikam.com is held in contoso by the mailbox Grace B. <grace@contoso.com>.',
    advice: 'Its address is taken in contoso by a mailbox.',
  },
  ready('Mary Somerville'),
  {
    what: 'batch',
    key: 'wave-1',
    configuration: true,
    state: 'error',
    message: 'Of wave-1, george@fabrikam.com failed: TooManyBadItemsPermanentException.',
    advice: 'A mailbox of it failed: TooManyBadItemsPermanentException.',
    progress: {
      percent: 80,
      states: [
        { name: 'Queued', count: 0 },
        { name: 'Syncing', count: 3 },
        { name: 'Synced', count: 12 },
        { name: 'Failed', count: 1 },
      ],
    },
  },
  {
    what: 'endpoint',
    key: 'fabrikam-to-contoso',
    configuration: true,
    state: 'ok',
    message: 'It answers.',
    advice: 'It answers.',
  },
]

export const MIGRATION = plan([
  profile({
    name: 'move-tailspin',
    kind: 'mailbox-migration',
    file: 'sync-profiles/move-tailspin.yaml',
    changes: CHANGES,
    counts: { unchanged: 0 },
    counted: { creates: 1, updates: 0, deletes: 1 },
    health: HEALTH,
  }),
])

const BY_HAND = { status: 'skipped', why: 'to be done by hand: the plan has the script' } as const

export const MIGRATION_RESULT = result(MIGRATION, [
  [
    BY_HAND,
    BY_HAND,
    { status: 'held', why: 'unreviewed' },
    { status: 'skipped', why: 'waits for ada@fabrikam.com' },
  ],
])

/** What of it names somebody: nothing of this is shown but in `full`. */
export const TOLD_IN_FULL =
  /Lovelace|Babbage|Turing|Hopper|Somerville|ada@|alan@|grace|george@|mary@|mary\.s|New-MailUser/
/** What whoever may see initials may be told: the script for what is nobody's, too. */
export const TOLD_MASKED = /wave-1|A\. T\. @fabrikam|New-MigrationEndpoint|No licence|TooManyBadItems/

/** Of hostile text: a batch in states of that name. */
export function movingBatch(text: string): Health {
  const states = Array.from({ length: 16 }, (_, index) => ({ name: text, count: index }))
  const progress = { percent: 33.3, states }
  return { what: 'batch', key: text, configuration: true, state: 'warning', message: text, progress }
}

/** Of hostile text: changes that somebody has to make, one of a person and one of nobody. */
export function byHand(text: string): Change[] {
  const manual = `New-Something -Name '${text}'\n${text}\n  ${text}`
  return [
    change({ action: 'create', object: text, label: text, manual }),
    change({ action: 'create', object: text, label: text, configuration: true, manual: text }),
  ]
}
