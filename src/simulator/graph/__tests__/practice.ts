import { buildWorld } from '../../build.ts'
import { Desk } from '../../desk.ts'
import { entraService } from '../../entra/entra.ts'
import { Faults } from '../../faults.ts'
import type { Seed } from '../../seed.ts'
import { mintToken } from '../../tokens.ts'
import { graphService } from '../graph.ts'

export const TENANT = '6b0f8c1e-0000-4000-8000-00000000000a'
export const APP = '1d2e3f40-0000-4000-8000-00000000000a'

/** One tenant, ten people, an app that may read them. */
export const SEED: Seed = {
  tenants: {
    fabrikam: {
      tenantId: TENANT,
      organization: 'fabrikam.onmicrosoft.com',
      domains: ['fabrikam.com'],
      apps: [
        {
          clientId: APP,
          permissions: [
            'User.Read.All',
            'GroupMember.Read.All',
            'OrgContact.Read.All',
            'Domain.Read.All',
            'Contacts.Read',
            'Contacts.ReadWrite',
          ],
        },
        { clientId: 'no-permissions' },
        { clientId: 'groups-only', permissions: ['GroupMember.Read.All'] },
        { clientId: 'basic-only', permissions: ['User.ReadBasic.All'] },
      ],
      users: [
        {
          userPrincipalName: 'ada@fabrikam.com',
          displayName: 'Ada Lovelace',
          mail: 'ada@fabrikam.com',
          department: 'Engines',
          companyName: 'Fabrikam',
          manager: 'charles@fabrikam.com',
          onPremisesExtensionAttributes: { extensionAttribute1: 'poet' },
        },
        {
          userPrincipalName: 'charles@fabrikam.com',
          displayName: 'Charles Babbage',
          mail: 'charles@fabrikam.com',
          department: 'Engines',
          proxyAddresses: ['SMTP:charles@fabrikam.com', 'smtp:babbage@fabrikam.com'],
        },
        {
          userPrincipalName: 'mary_contoso.com#EXT#@fabrikam.onmicrosoft.com',
          displayName: "Mary O'Neill",
          mail: 'mary@contoso.com',
        },
        { userPrincipalName: 'robot@fabrikam.com', displayName: 'Robot', accountEnabled: false },
      ],
      groups: [
        {
          displayName: 'All Staff',
          members: ['Engineers', 'mary_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
        },
        { displayName: 'Engineers', members: ['ada@fabrikam.com', 'charles@fabrikam.com', 'grace@navy.mil'] },
      ],
      mailContacts: [
        {
          Name: 'grace',
          ExternalEmailAddress: 'grace@navy.mil',
          DisplayName: 'Grace Hopper',
          Title: 'Admiral',
          MobilePhone: '+1 555 0100',
          City: 'Arlington',
        },
      ],
    },
  },
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: any
}

export interface Asking {
  /** A clientId of the seed; null sends no token. */
  readonly as?: string | null
  /** Its tenant. Default: fabrikam. */
  readonly tenant?: string
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly body?: unknown
}

/** Graph and Entra without a network. */
export function practice(seed: Seed = SEED, clock?: () => Date) {
  const { world } = buildWorld(seed, clock)
  world.origin = 'https://localhost:1'
  const faults = new Faults()
  const services = [entraService()]
  const desk = new Desk(world, services, faults)
  services.push(graphService((request) => desk.answer(request)))
  const tenant = world.tenants.get('fabrikam')!

  function token(as: string, audience: 'graph' | 'exchange' = 'graph', name = 'fabrikam'): string {
    const home = world.tenants.get(name)!
    return mintToken(
      world,
      home,
      home.apps.find(({ clientId }) => clientId === as)!,
      audience,
    )
  }

  /** @param path with its query, or an absolute next link */
  async function ask(path: string, asking: Asking = {}): Promise<Reply> {
    const url = new URL(path, world.origin)
    const as = asking.as === undefined ? APP : asking.as
    const answer = await desk.answer({
      method: asking.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${token(as, 'graph', asking.tenant)}` }),
        ...(asking.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...asking.headers,
      },
      text:
        asking.body === undefined
          ? ''
          : typeof asking.body === 'string'
            ? asking.body
            : JSON.stringify(asking.body),
    })
    return { status: answer.status, headers: answer.headers ?? {}, body: answer.body }
  }

  return { world, tenant, desk, faults, token, ask }
}

export const EVENTUAL = { consistencylevel: 'eventual' }

/** What a listing names its members by. */
export function names(reply: Reply): string[] {
  return reply.body.value.map(({ displayName }: { displayName: string }) => displayName)
}
