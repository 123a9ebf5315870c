import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'

import { CUSTOM_ATTRIBUTES } from '../attributes.ts'
import { MIGRATION_BATCH_STATUS, MIGRATION_USER_STATUS } from '../enumerations.ts'
import type { MoveFailure } from './failures.ts'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const texts = Type.Array(text)
const flag = Type.Optional(Type.Boolean())
const bytes = Type.Optional(Type.Integer({ minimum: 0 }))
const guid = Type.Optional(Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }))

const ExchangeAttributes = Type.Object(
  {
    /** Default, of a mailbox alone: its GUID. */
    ExchangeGuid: guid,
    /** Default: no archive. */
    ArchiveGuid: guid,
    /** Of a mail user who once had a mailbox in this tenant. */
    PreviousExchangeGuid: guid,
    /** Default: made of the GUID. */
    LegacyExchangeDN: Type.Optional(text),
    /** All of them, with their prefixes. Default: the mail address. */
    EmailAddresses: Type.Optional(texts),
    ExternalEmailAddress: Type.Optional(text),
    LitigationHoldEnabled: flag,
    DelayHoldApplied: flag,
    ComplianceTagHoldApplied: flag,
    InPlaceHolds: Type.Optional(texts),
    AutoExpandingArchiveEnabled: flag,
    IsDirSynced: flag,
    /** What stands in the mailbox, its deleted items aside. Default: nothing. */
    TotalItemSize: bytes,
    /** What stands in its Recoverable Items. Default: nothing. */
    TotalDeletedItemSize: bytes,
    /** What stands in its archive. Default: nothing. */
    ArchiveTotalItemSize: bytes,
    /** Of a mailbox or of a mail user who is to become one; defaults as Exchange Online has them. */
    IssueWarningQuota: bytes,
    ProhibitSendQuota: bytes,
    ProhibitSendReceiveQuota: bytes,
    RecoverableItemsQuota: bytes,
    ArchiveQuota: bytes,
    ...Object.fromEntries(CUSTOM_ATTRIBUTES.map((name) => [name, Type.Optional(Type.String())])),
  },
  closed,
)

/** What Exchange alone knows of a user's mailbox or of a mail user, by Exchange's names. */
export const ExchangeAttributesSeed = Type.Unsafe<
  Static<typeof ExchangeAttributes> & { readonly [custom: `CustomAttribute${number}`]: string }
>(ExchangeAttributes)

const RelationshipSeed = Type.Object(
  {
    Name: text,
    DomainNames: texts,
    Enabled: flag,
    MailboxMoveEnabled: flag,
    MailboxMoveCapability: Type.Optional(
      Type.Unsafe<'Inbound' | 'Outbound' | 'RemoteInbound' | 'RemoteOutbound'>({
        enum: ['Inbound', 'Outbound', 'RemoteInbound', 'RemoteOutbound'],
      }),
    ),
    OAuthApplicationId: Type.Optional(text),
    /** Display names of mail-enabled security groups. */
    MailboxMovePublishedScopes: Type.Optional(texts),
    FreeBusyAccessEnabled: flag,
    FreeBusyAccessLevel: Type.Optional(text),
    MailTipsAccessEnabled: flag,
    PhotosEnabled: flag,
  },
  closed,
)

const EndpointSeed = Type.Object(
  {
    name: text,
    /** A domain or the GUID of the tenant whose mailboxes move. */
    remoteTenant: text,
    /** Default: outlook.office.com. */
    remoteServer: Type.Optional(text),
    applicationId: text,
    /** As it was given when the endpoint was made; it need not be right. */
    secret: text,
  },
  closed,
)

const named = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })

const BatchSeed = Type.Object(
  {
    name: text,
    /** The name of one of the `endpoints`. */
    endpoint: text,
    targetDeliveryDomain: text,
    /** Default: Created. */
    status: Type.Optional(named(MIGRATION_BATCH_STATUS)),
    users: Type.Array(
      Type.Object(
        {
          /** In this tenant. */
          address: text,
          /** Default: as it is where the batch has this status. */
          status: Type.Optional(named(MIGRATION_USER_STATUS)),
          error: Type.Optional(text),
        },
        closed,
      ),
    ),
    autoComplete: flag,
    completeAfter: Type.Optional(text),
    notificationEmails: Type.Optional(texts),
  },
  closed,
)

const Failure = Type.Unsafe<MoveFailure>(
  Type.Union([
    text,
    Type.Object(
      {
        error: text,
        at: Type.Optional(named(['sync', 'completion'])),
        times: Type.Optional(Type.Integer({ minimum: 1 })),
      },
      closed,
    ),
  ]),
)

/** What a tenant's seed says under `migration`. */
export const MigrationSeed = Type.Object(
  {
    /** The organization is not "customized" yet: relationships and endpoints cannot be made. */
    dehydrated: flag,
    relationships: Type.Optional(Type.Array(RelationshipSeed)),
    endpoints: Type.Optional(Type.Array(EndpointSeed)),
    batches: Type.Optional(Type.Array(BatchSeed)),
    /** Moves that fail, by the address in this tenant, with the error that the service gives. */
    failures: Type.Optional(Type.Record(Type.String(), Failure)),
  },
  closed,
)

export type ExchangeAttributesSeed = Static<typeof ExchangeAttributesSeed>
export type MigrationSeed = Static<typeof MigrationSeed>
