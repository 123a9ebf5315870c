import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { LineCounter, isNode, parseDocument } from 'yaml'

import { ExchangeAttributesSeed, MigrationSeed } from './exchange/migration/seed-schema.ts'
import { FaultSeed } from './faults.ts'
import { CrossTenantSeed } from './graph/cross-tenant/seed-schema.ts'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const optionalText = Type.Optional(text)
const oneOf = <T extends string>(...values: T[]) => Type.Unsafe<T>({ type: 'string', enum: values })

const App = Type.Object(
  {
    clientId: text,
    displayName: optionalText,
    /** Graph application permissions: the `roles` of its Graph tokens. */
    permissions: Type.Optional(Type.Array(text)),
    /** UPNs: an application access policy keeps it out of all other mailboxes. Default: no policy. */
    mailboxes: Type.Optional(Type.Array(text)),
    exchange: Type.Optional(
      Type.Object(
        {
          manageAsApp: Type.Optional(Type.Boolean()),
          /** `Mailbox.Migration` was consented to here: in both tenants it lets the app move mailboxes. */
          mailboxMigration: Type.Optional(Type.Boolean()),
          role: Type.Optional(
            oneOf('recipient-administrator', 'exchange-administrator', 'global-reader', 'none'),
          ),
        },
        closed,
      ),
    ),
    secret: optionalText,
    /** A certificate or public key (PEM) whose key may sign client assertions. */
    certificate: optionalText,
    federatedCredentials: Type.Optional(
      Type.Array(Type.Object({ subject: text, audience: optionalText, issuer: optionalText }, closed)),
    ),
  },
  closed,
)

/** Any property of a Graph contact may stand beside these. */
const PersonalContact = Type.Object({
  /** One of the user's `contactFolders`. Default: the mailbox's own. */
  folder: optionalText,
  singleValueExtendedProperties: Type.Optional(
    Type.Array(Type.Object({ id: text, value: Type.String() }, closed)),
  ),
})

/** Any property of a Graph user may stand beside these. */
const User = Type.Object({
  userPrincipalName: text,
  displayName: text,
  id: optionalText,
  mail: Type.Optional(Type.Union([text, Type.Null()])),
  /** The manager's UPN. */
  manager: optionalText,
  /**
   * Default: user when `mail` is set, else none. No mailbox that Graph reaches: `none` (without a licence),
   * `inactive` (licensed, not there yet or no more), `on-premises` (a mail user to Exchange Online).
   */
  mailbox: Type.Optional(oneOf('user', 'shared', 'room', 'equipment', 'none', 'inactive', 'on-premises')),
  hiddenInExchange: Type.Optional(Type.Boolean()),
  /** Exchange's `Name` of it, which of newer mailboxes is the object id. Default: the display name. */
  nameInExchange: optionalText,
  /** What Exchange knows of it beside these. */
  exchange: Type.Optional(ExchangeAttributesSeed),
  /** Folders beside the mailbox's own Contacts; a name may stand twice. */
  contactFolders: Type.Optional(Type.Array(text)),
  contacts: Type.Optional(Type.Array(PersonalContact)),
  /** A JPEG in base64, or any text whose bytes stand for one. */
  photo: optionalText,
})

const Group = Type.Object({
  displayName: text,
  id: optionalText,
  mail: optionalText,
  mailEnabled: Type.Optional(Type.Boolean()),
  hiddenInExchange: Type.Optional(Type.Boolean()),
  /** UPNs of users, external addresses of mail contacts, display names of groups. */
  members: Type.Optional(Type.Array(text)),
})

/** Any attribute of Get-MailContact or Get-Contact may stand beside these. */
const MailContact = Type.Object({ Name: text, ExternalEmailAddress: text })

const other = { displayName: text, address: text, id: optionalText }
const MailUser = Type.Object(
  {
    ...other,
    /** With it, the mail user is one of Entra's users too. */
    userPrincipalName: optionalText,
    /** The primary address, where `address` is the external one alone. */
    primary: optionalText,
    exchange: Type.Optional(ExchangeAttributesSeed),
  },
  closed,
)
const DistributionGroup = Type.Object(
  { ...other, kind: Type.Optional(oneOf('static', 'dynamic', 'room-list')) },
  closed,
)

const Tenant = Type.Object(
  {
    tenantId: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
    organization: text,
    cloud: Type.Optional(oneOf('global', 'usgov', 'usgov-dod', 'china')),
    domains: Type.Optional(Type.Array(text)),
    apps: Type.Optional(Type.Array(App)),
    users: Type.Optional(Type.Array(User)),
    groups: Type.Optional(Type.Array(Group)),
    mailContacts: Type.Optional(Type.Array(MailContact)),
    crossTenant: Type.Optional(CrossTenantSeed),
    distributionGroups: Type.Optional(Type.Array(DistributionGroup)),
    mailUsers: Type.Optional(Type.Array(MailUser)),
    migration: Type.Optional(MigrationSeed),
    softDeleted: Type.Optional(
      Type.Array(Type.Object({ address: text, displayName: optionalText, id: optionalText }, closed)),
    ),
  },
  closed,
)

const whole = Type.Integer({ minimum: 0 })
const count = Type.Integer({ minimum: 1 })
const BehaviourSeed = Type.Object(
  {
    /** Added to every answer: once for a batch, not for each of its steps. */
    latencyMs: whole,
    /** How many reads of a just-created object answer 404 first. */
    replicationReads: whole,
    exchangePageSize: count,
    /** Requests of one tenant under way at a time, before Exchange refuses one. */
    exchangeConcurrency: count,
    /** Of access tokens, in seconds. */
    tokenLifetime: count,
    /** Identity throttling by resource units (Microsoft Graph, throttling limits). */
    identityResourceUnits: Type.Boolean(),
    /** Requests of one app to one mailbox under way at a time (Microsoft Graph, Outlook service limits). */
    mailboxConcurrency: count,
    /** Microsoft's older text counts them for each mailbox, a later one for all of them together. */
    mailboxConcurrencyScope: oneOf('mailbox', 'app'),
    /** Requests of one app to one mailbox in ten minutes. */
    mailboxRequests: count,
    /** Bytes that one app uploads to one mailbox in five minutes. */
    mailboxUploadBytes: count,
    /** Each round of a contacts or folders delta begins with a page without items. */
    deltaEmptyPages: Type.Boolean(),
    /** Each further round of a delta gives the newest item of the one before again. */
    deltaReplays: Type.Boolean(),
    /** How many requests for a just-made service principal answer 404 first, and likewise for its `/synchronization`. */
    servicePrincipalReads: whole,
    /** How many advanced queries do not show a just-made service principal yet. */
    indexReads: whole,
    /** What PUT does where an identity synchronization policy stands already. */
    identitySynchronizationPut: oneOf('conflict', 'replace'),
    /** What PATCH does with a complex property of a partner of which some members are sent. */
    partnerPatch: oneOf('merge', 'replace'),
    /** The first cycle of a job begins when it is started; else forty minutes later. */
    cycleOnStart: Type.Boolean(),
    /** What stands in `key` of an answer of provisionOnDemand. */
    onDemandAnswer: oneOf('result', 'type-name'),
    /** Requests for audit logs by one app in ten seconds. */
    auditLogRequests: count,
    /** Users provisioned on demand by one app in ten seconds. */
    provisionOnDemandRequests: count,
    /**
     * Milliseconds of the simulator's clock after which migration batches take a step by themselves; 0: they wait to
     * be told. With it they take a step to stop and to be removed, too.
     */
    migrationStep: whole,
    /** Keep what requests held; a bench with millions of them does without. */
    recordBodies: Type.Boolean(),
  },
  closed,
)

const DEFAULT_BEHAVIOUR: Static<typeof BehaviourSeed> = {
  latencyMs: 0,
  replicationReads: 0,
  exchangePageSize: 1000,
  exchangeConcurrency: 30,
  tokenLifetime: 3599,
  identityResourceUnits: true,
  mailboxConcurrency: 4,
  mailboxConcurrencyScope: 'mailbox',
  mailboxRequests: 10_000,
  mailboxUploadBytes: 150 * 1024 * 1024,
  deltaEmptyPages: false,
  deltaReplays: false,
  servicePrincipalReads: 0,
  indexReads: 0,
  identitySynchronizationPut: 'conflict',
  partnerPatch: 'merge',
  cycleOnStart: true,
  onDemandAnswer: 'result',
  auditLogRequests: 5,
  provisionOnDemandRequests: 5,
  migrationStep: 0,
  recordBodies: true,
}

const SeedSchema = Type.Object(
  {
    clock: optionalText,
    tenants: Type.Optional(Type.Record(Type.String(), Tenant)),
    github: Type.Optional(Type.Unknown()),
    behaviour: Type.Optional(Type.Partial(BehaviourSeed, closed)),
    faults: Type.Optional(Type.Array(FaultSeed)),
  },
  closed,
)

export type Cloud = 'global' | 'usgov' | 'usgov-dod' | 'china'
export type AppSeed = Static<typeof App>
export type PersonalContactSeed = Static<typeof PersonalContact> & Record<string, unknown>
export type UserSeed = Omit<Static<typeof User>, 'contacts'> & {
  contacts?: PersonalContactSeed[]
} & Record<string, unknown>
export type GroupSeed = Static<typeof Group> & Record<string, unknown>
export type MailContactSeed = Static<typeof MailContact> & Record<string, unknown>
export type MailUserSeed = Static<typeof MailUser>
export type TenantSeed = Omit<Static<typeof Tenant>, 'users' | 'groups' | 'mailContacts' | 'crossTenant'> & {
  users?: UserSeed[]
  groups?: GroupSeed[]
  mailContacts?: MailContactSeed[]
  crossTenant?: CrossTenantSeed
}
export type Behaviour = Static<typeof BehaviourSeed>
/** What a simulated world starts with. */
export type Seed = Omit<Static<typeof SeedSchema>, 'tenants'> & { tenants?: Record<string, TenantSeed> }
/** A seed that was checked, with the defaults filled in. */
export type CheckedSeed = Seed & { tenants: Record<string, TenantSeed>; behaviour: Behaviour }

let compiled: ValidateFunction | undefined

/** A seed that is not one: every fault, with its line where the seed is text. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`the seed is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/**
 * Reads and checks a seed.
 * @param seed YAML text, or the object it stands for
 * @throws SeedError
 */
export function readSeed(seed: Seed | string): CheckedSeed {
  const lines = new LineCounter()
  const document = typeof seed === 'string' ? parseDocument(seed, { lineCounter: lines }) : undefined
  if (document && document.errors.length > 0) {
    throw new SeedError(document.errors.map((error) => error.message.split('\n')[0] ?? ''))
  }
  const value: unknown = document ? (document.toJS() ?? {}) : seed
  compiled ??= new Ajv2020({ allErrors: true }).compile(SeedSchema)
  if (!compiled(value)) {
    throw new SeedError(
      (compiled.errors ?? []).map((error) => {
        const steps = error.instancePath.split('/').slice(1)
        const node = document?.getIn(steps, true)
        const range = isNode(node) ? node.range : undefined
        const at = range ? `line ${lines.linePos(range[0]).line}: ` : ''
        const extra = error.params['additionalProperty'] ?? error.params['allowedValues']
        return `${at}${steps.join('.') || 'seed'} ${error.message}${extra ? ` (${String(extra)})` : ''}`
      }),
    )
  }
  const checked = value as Seed
  if (checked.clock !== undefined && Number.isNaN(Date.parse(checked.clock))) {
    throw new SeedError([`clock must be a time, like 2026-11-20T21:00:00Z, not ${checked.clock}`])
  }
  return {
    ...checked,
    tenants: checked.tenants ?? {},
    behaviour: { ...DEFAULT_BEHAVIOUR, ...checked.behaviour },
  }
}
