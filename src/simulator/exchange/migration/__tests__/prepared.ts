/** The two tenants with everything in place for Ada's mailbox to move, and a way to break each thing. */
import type { Behaviour } from '../../../seed.ts'
import { CONTOSO, FABRIKAM, MOVER, twoTenants, type TwoTenants } from './two-tenants.ts'

export const ADA_GUID = '1ec059c7-8396-4d0b-af4e-d6bd4c12a8d8'
export const SECRET = "the application's secret"
const ADA_DN = '/o=ExchangeLabs/cn=ada'
const OLD_DN = '/o=Before/cn=ada'

function seeds() {
  const mover = () => ({ clientId: MOVER, exchange: { mailboxMigration: true } })
  const relationship = { Name: 'other', Enabled: true, MailboxMoveEnabled: true }
  return {
    fabrikam: {
      apps: [mover()],
      users: [
        {
          userPrincipalName: 'ada@fabrikam.com',
          displayName: 'Ada',
          mail: 'ada@fabrikam.com',
          assignedLicenses: [{ skuId: '946ce899-873d-44bb-9d8b-671870cbfdbf', disabledPlans: [] }],
          exchange: {
            ExchangeGuid: ADA_GUID,
            LegacyExchangeDN: ADA_DN,
            EmailAddresses: ['SMTP:ada@fabrikam.com', `X500:${OLD_DN}`],
          },
        },
      ],
      groups: [
        {
          displayName: 'Migrating',
          mail: 'migrating@fabrikam.com',
          securityEnabled: true,
          members: ['ada@fabrikam.com'],
        },
      ],
      migration: {
        relationships: [
          {
            ...relationship,
            DomainNames: [CONTOSO],
            MailboxMoveCapability: 'RemoteOutbound' as const,
            OAuthApplicationId: MOVER,
            MailboxMovePublishedScopes: ['Migrating'],
          },
        ],
      },
    },
    contoso: {
      domains: ['contoso.com', 'contoso.mail.onmicrosoft.com'],
      apps: [{ ...mover(), secret: SECRET }],
      mailUsers: [
        {
          displayName: 'Ada',
          address: 'ada@fabrikam.com',
          primary: 'ada@contoso.com',
          userPrincipalName: 'ada@contoso.com',
          exchange: {
            ExchangeGuid: ADA_GUID,
            EmailAddresses: [
              'SMTP:ada@contoso.com',
              'smtp:ada@contoso.mail.onmicrosoft.com',
              `x500:${ADA_DN}`,
              `X500:${OLD_DN}`,
            ],
          },
        },
      ],
      migration: {
        relationships: [
          { ...relationship, DomainNames: [FABRIKAM], MailboxMoveCapability: 'Inbound' as const },
        ],
        endpoints: [
          { name: 'from-fabrikam', remoteTenant: 'fabrikam.com', applicationId: MOVER, secret: SECRET },
        ],
      },
    },
  }
}

export type Seeds = ReturnType<typeof seeds>

/** @param change makes something different, or wrong. */
export function prepared(change?: (seeds: Seeds) => void, behaviour: Partial<Behaviour> = {}): TwoTenants {
  const both = seeds()
  change?.(both)
  return twoTenants(both, behaviour)
}
