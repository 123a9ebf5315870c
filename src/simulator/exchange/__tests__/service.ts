/** Exchange alone, without the network: a tenant from a seed, and requests as a client sends them. */
import { buildWorld } from '../../build.ts'
import type { Truncation } from '../../faults.ts'
import type { Behaviour, TenantSeed } from '../../seed.ts'
import type { Answer } from '../../service.ts'
import { mintToken, type Audience } from '../../tokens.ts'
import type { Tenant, World } from '../../world.ts'
import { exchangeService } from '../exchange.ts'

export const TENANT_ID = '7a1f8c1e-0000-4000-8000-00000000000b'
const ANCHOR = `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${TENANT_ID}`

/** A mail contact, to be there from the start. */
export const ADA = { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }

type Row = Readonly<Record<string, unknown>>

/** The answer as a client reads it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly rows: readonly Row[]
  readonly warnings: readonly string[]
  readonly next: string | undefined
  readonly body: unknown
  /** The .NET type and the text of a refusal, whichever shape it came in. */
  readonly error: { readonly type: string; readonly text: string } | undefined
}

export interface Sending {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly query?: string
  readonly method?: string
  readonly path?: string
  readonly body?: unknown
  readonly truncation?: Truncation
}

export interface Exchange {
  readonly world: World
  readonly tenant: Tenant
  advance(milliseconds: number): void
  token(role: 'admin' | 'organization' | 'reader' | 'roleless' | 'outsider', audience?: Audience): string
  run(cmdlet: string, parameters?: object, sending?: Sending): Promise<Reply>
  /** All pages, each asked for as the link says. */
  pages(cmdlet: string, parameters?: object, sending?: Sending): Promise<Reply[]>
}

const APPS = {
  admin: { manageAsApp: true, role: 'recipient-administrator' },
  organization: { manageAsApp: true, role: 'exchange-administrator' },
  reader: { manageAsApp: true, role: 'global-reader' },
  roleless: { manageAsApp: true, role: 'none' },
  outsider: { manageAsApp: false, role: 'recipient-administrator' },
} as const

export function exchangeOf(seed: Partial<TenantSeed> = {}, behaviour: Partial<Behaviour> = {}): Exchange {
  let now = Date.parse('2026-11-20T21:00:00Z')
  const apps = Object.entries(APPS).map(([clientId, exchange]) => ({ clientId, exchange }))
  const contoso: TenantSeed = {
    tenantId: TENANT_ID,
    organization: 'contoso.onmicrosoft.com',
    domains: ['contoso.com'],
    apps,
    ...seed,
  }
  const fabrikam: TenantSeed = {
    tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
    organization: 'fabrikam.onmicrosoft.com',
    apps,
  }
  const { world } = buildWorld({ tenants: { contoso, fabrikam }, behaviour }, () => new Date(now))
  const tenant = world.tenants.get('contoso')!
  const service = exchangeService(world)
  const token = (clientId: string, audience: Audience = 'exchange'): string =>
    mintToken(
      world,
      tenant,
      tenant.apps.find((app) => app.clientId === clientId)!,
      audience,
    )

  async function run(cmdlet: string, parameters: object = {}, sending: Sending = {}): Promise<Reply> {
    const body = sending.body ?? { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }
    const answer = await service.handle(
      {
        method: sending.method ?? 'POST',
        path: sending.path ?? `/adminapi/beta/${TENANT_ID}/InvokeCommand`,
        query: new URLSearchParams(sending.query ?? ''),
        headers: {
          authorization: `Bearer ${sending.token ?? token('admin')}`,
          'content-type': 'application/json; charset=utf-8',
          'x-anchormailbox': ANCHOR,
          ...sending.headers,
        },
        text: typeof body === 'string' ? body : JSON.stringify(body),
        ...(sending.truncation && { truncation: sending.truncation }),
      },
      world,
    )
    return replyOf(answer as Answer)
  }

  return {
    world,
    tenant,
    advance: (milliseconds) => (now += milliseconds),
    token,
    run,
    async pages(cmdlet, parameters, sending) {
      const pages = [await run(cmdlet, parameters, sending)]
      for (let next = pages[0]!.next; next !== undefined; next = pages.at(-1)!.next)
        pages.push(await run(cmdlet, parameters, { ...sending, query: next.split('?')[1]! }))
      return pages
    },
  }
}

interface ErrorBody {
  readonly details?: readonly { readonly message: string }[]
  readonly innererror?: { readonly internalexception?: { readonly message: string; readonly type: string } }
}

/** What a client makes of an answer. */
export function replyOf({ status, headers = {}, body }: Answer): Reply {
  // As it goes over the wire.
  const object = (typeof body === 'object' ? JSON.parse(JSON.stringify(body)) : {}) as Record<string, unknown>
  return {
    status,
    headers,
    body,
    rows: (object['value'] ?? []) as Row[],
    warnings: (object['@adminapi.warnings'] ?? []) as string[],
    next: object['@odata.nextLink'] as string | undefined,
    error: errorOf(object['error'] as ErrorBody | undefined),
  }
}

function errorOf(error: ErrorBody | undefined): Reply['error'] {
  const detail = error?.details?.[0]?.message
  if (detail?.startsWith('{')) {
    const { Message: text, TypeName: type } = JSON.parse(detail) as { Message: string; TypeName: string }
    return { type, text }
  }
  if (detail !== undefined) {
    const [, type, ...text] = detail.split('|')
    return { type: type!, text: text.join('|') }
  }
  const inner = error?.innererror?.internalexception
  return inner && { type: inner.type, text: inner.message }
}
