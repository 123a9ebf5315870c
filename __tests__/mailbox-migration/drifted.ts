/** What somebody has changed by hand, of all that a profile sets up; and what is theirs, and stays. */
import type { Recipient } from '../../src/simulator/exchange/recipient.ts'
import { mailUserOf } from './standing.ts'
import type { Migrating } from './migrating.ts'

const ANOTHER_APP = '5d2e3f40-0000-4000-8000-0000000000bb'

/** What an organization relationship is mostly made for. */
export const SETTINGS_OF_OTHERS = {
  Enabled: true,
  FreeBusyAccessEnabled: true,
  FreeBusyAccessLevel: 'LimitedDetails',
  MailTipsAccessEnabled: true,
}

export function drift(migrating: Migrating): void {
  const { source, target } = migrating
  const { now } = migrating.tenants
  // Known by a domain alone, disabled, and of another direction.
  changeRelationship(migrating, 'target', {
    ...SETTINGS_OF_OTHERS,
    Enabled: false,
    MailboxMoveCapability: 'RemoteInbound',
    DomainNames: ['partner.example', 'fabrikam.com'],
  })
  changeRelationship(migrating, 'source', {
    ...SETTINGS_OF_OTHERS,
    MailboxMoveEnabled: false,
    OAuthApplicationId: ANOTHER_APP,
    MailboxMovePublishedScopes: [],
  })
  const [endpoint] = target.migration.endpoints
  const values = {
    ...endpoint!.values,
    remoteServer: 'outlook.office365.com',
    applicationId: ANOTHER_APP,
    credential: [ANOTHER_APP, 'another secret'] as const,
    maxConcurrentMigrations: 77,
  }
  target.migration.endpoints.change(endpoint!, { values }, now)
  const [batch] = target.migration.batches
  const settings = {
    ...batch!.values,
    notificationEmails: ['somebody@contoso.com', 'it@contoso.com'],
    completeAfter: '2026-12-31T00:00:00.000Z',
  }
  target.migration.batches.change(batch!, { values: settings }, now)
  driftMailUsers(migrating)
  source.recipients.update(mailbox(migrating, 'Bob Brown').guid, { Department: 'Sales' }, now)
}

function driftMailUsers(migrating: Migrating): void {
  const { recipients } = migrating.target
  const { now } = migrating.tenants
  const ada = mailUserOf(migrating, 'ada.lovelace')
  // Whoever lost the mark is known by the name.
  const lost = { ExchangeGuid: undefined, ArchiveGuid: undefined, CustomAttribute15: undefined }
  recipients.update(
    ada.guid,
    {
      ...lost,
      ExternalEmailAddress: 'ada@elsewhere.example',
      CustomAttribute1: 'their own',
      EmailAddresses: ['SMTP:ada.lovelace@contoso.com', 'smtp:countess@contoso.com', 'X500:/o=Theirs/cn=ada'],
    },
    now,
  )
  const bob = mailUserOf(migrating, 'bob.brown')
  recipients.update(
    bob.guid,
    {
      Title: 'Another title',
      DisplayName: 'Bobby',
      HiddenFromAddressListsEnabled: true,
      EmailAddresses: (bob.values['EmailAddresses'] as readonly string[])
        .map((proxy) => proxy.replace(/^SMTP:/, 'smtp:'))
        .concat('SMTP:bobby@contoso.mail.onmicrosoft.com', 'smtp:bob@elsewhere.example'),
    },
    now,
  )
}

/** Nobody sees it but the test of the endpoint. */
export function expireSecret({ target, tenants }: Migrating): void {
  const [endpoint] = target.migration.endpoints
  const credential = [endpoint!.values.applicationId!, 'the secret of last year'] as const
  target.migration.endpoints.change(endpoint!, { values: { ...endpoint!.values, credential } }, tenants.now)
}

function changeRelationship(
  migrating: Migrating,
  side: 'source' | 'target',
  change: Readonly<Record<string, boolean | string | readonly string[]>>,
): void {
  const { relationships } = migrating[side].migration
  const [relationship] = relationships
  const values = { ...relationship!.values, ...change }
  relationships.change(relationship!, { values }, migrating.tenants.now)
}

function mailbox({ source }: Migrating, displayName: string): Recipient {
  for (const one of source.recipients.ofType('UserMailbox'))
    if (one.values['DisplayName'] === displayName) return one
  throw new RangeError(`no mailbox of ${displayName}`)
}
