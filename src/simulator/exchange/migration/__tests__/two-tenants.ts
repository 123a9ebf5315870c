/** Exchange of two tenants, without the network: Fabrikam, whose mailboxes move, and Contoso, where they go. */
import { buildWorld } from '../../../build.ts'
import type { Behaviour, TenantSeed } from '../../../seed.ts'
import type { Answer } from '../../../service.ts'
import { mintToken } from '../../../tokens.ts'
import type { Tenant, World } from '../../../world.ts'
import { replyOf, type Reply } from '../../__tests__/service.ts'
import { exchangeService } from '../../exchange.ts'

export const CONTOSO = '7a1f8c1e-0000-4000-8000-00000000000b'
export const FABRIKAM = '6b0f8c1e-0000-4000-8000-00000000000a'
/** The application that moves the mailboxes. */
export const MOVER = '5d2e3f40-0000-4000-8000-0000000000aa'

export interface Side {
  readonly tenant: Tenant
  run(cmdlet: string, parameters?: object): Promise<Reply>
  /** The one row that this answers. */
  one(cmdlet: string, parameters?: object): Promise<Readonly<Record<string, unknown>>>
}

export interface TwoTenants {
  readonly world: World
  readonly fabrikam: Side
  readonly contoso: Side
  advance(milliseconds: number): void
}

/** Both have an Exchange administrator; nothing else, if the seeds do not say so. */
export function twoTenants(
  seeds: { fabrikam?: Partial<TenantSeed>; contoso?: Partial<TenantSeed> } = {},
  behaviour: Partial<Behaviour> = {},
): TwoTenants {
  let now = Date.parse('2026-11-20T21:00:00Z')
  const admin = {
    clientId: 'admin',
    exchange: { manageAsApp: true, role: 'exchange-administrator' as const },
  }
  const tenants = Object.fromEntries(
    (
      [
        ['fabrikam', FABRIKAM],
        ['contoso', CONTOSO],
      ] as const
    ).map(([name, tenantId]) => {
      const { apps = [], ...seed } = seeds[name] ?? {}
      const organization = `${name}.onmicrosoft.com`
      return [name, { tenantId, organization, domains: [`${name}.com`], apps: [admin, ...apps], ...seed }]
    }),
  )
  const { world } = buildWorld({ tenants, behaviour }, () => new Date(now))
  const service = exchangeService(world)

  function side(name: string): Side {
    const tenant = world.tenants.get(name)!
    async function run(cmdlet: string, parameters: object = {}): Promise<Reply> {
      const answer = await service.handle(
        {
          method: 'POST',
          path: `/adminapi/beta/${tenant.tenantId}/InvokeCommand`,
          query: new URLSearchParams(),
          headers: {
            authorization: `Bearer ${mintToken(world, tenant, tenant.apps[0]!, 'exchange')}`,
            'content-type': 'application/json',
            'x-anchormailbox': 'one for all',
          },
          text: JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }),
        },
        world,
      )
      return replyOf(answer as Answer)
    }
    async function one(cmdlet: string, parameters?: object) {
      const { rows, error, status } = await run(cmdlet, parameters)
      if (rows.length !== 1) throw new Error(`${cmdlet}: ${status}, ${rows.length} rows, ${error?.text}`)
      return rows[0]!
    }
    return { tenant, run, one }
  }

  return {
    world,
    fabrikam: side('fabrikam'),
    contoso: side('contoso'),
    advance: (milliseconds) => (now += milliseconds),
  }
}
