/** Two tenants of which one begins to move mailboxes into the other. */
import type { AppSeed, TenantSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, CLEO } from '../mailboxes.ts'
import { CONTOSO, FABRIKAM } from '../people.ts'
import { standIn } from '../pwsh/stand-in.ts'

type Tenants = Partial<Record<'fabrikam' | 'contoso', Partial<TenantSeed>>>

const MOVER = '5d2e3f40-0000-4000-8000-0000000000aa'
const SECRET = 'a secret of the migration application'

/** Whose members move: Ada, whom nobody awaits, and Bob, for whom a mail user stands there. */
export const MOVING = {
  displayName: 'Moving',
  mail: 'moving@fabrikam.com',
  securityEnabled: true,
  members: [ADA.userPrincipalName, BOB.userPrincipalName],
}

const BOB_THERE = {
  displayName: 'Bob, by hand',
  address: BOB.mail!,
  primary: 'bob@contoso.com',
  userPrincipalName: 'bob@contoso.com',
}

/** A relationship that lets nothing move, and a mail user with nothing that a move needs. */
export const HALF_MOVED = {
  contoso: {
    mailUsers: [BOB_THERE],
    migration: { relationships: [{ Name: 'By hand', DomainNames: [FABRIKAM] }] },
  },
} satisfies Tenants

/** What the profile made: relationships of its own, the endpoint, and a mail user. */
export const BEGUN: Tenants = {
  fabrikam: {
    migration: { relationships: [{ Name: 'tenant-sync list', DomainNames: [CONTOSO] }] },
  },
  contoso: {
    mailUsers: [{ ...BOB_THERE, exchange: { CustomAttribute15: `tenant-sync:list:${BOB.id!}` } }],
    migration: {
      relationships: [{ Name: 'tenant-sync list', DomainNames: [FABRIKAM] }],
      endpoints: [
        {
          name: 'from-fabrikam',
          remoteTenant: 'fabrikam.onmicrosoft.com',
          applicationId: MOVER,
          secret: SECRET,
        },
      ],
    },
  },
}

export const MOVER_APP: AppSeed = {
  clientId: MOVER,
  exchange: { mailboxMigration: true },
  secret: SECRET,
}

/** PowerShell, and what only an apply needs to know. */
export const moverEnv = (): Readonly<Record<string, string>> => ({ ...standIn(), MOVER_SECRET: SECRET })

/** @param more keys of it. */
export const migration = (more = '') => `name: list
kind: mailbox-migration
from: { tenant: fabrikam, group: Moving }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.onmicrosoft.com }
application: { clientId: ${MOVER}, secretEnv: MOVER_SECRET }
endpoint: from-fabrikam
batch: { name: wave-1 }
limits: { creates: 1000, updates: 1000, deletes: 1000 }
${more}`

export const PEOPLE: Partial<TenantSeed> = { users: [ADA, BOB, CLEO], groups: [MOVING] }
