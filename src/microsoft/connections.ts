/** The clients of every tenant: made when first asked for, one of each for a whole run. */
import type { Tenant } from '../profiles/tenants.ts'
import { endpointsOf } from './clouds.ts'
import { exchangeClient, type ExchangeReader, type ExchangeWriter } from './exchange.ts'
import { exchangeModule, type ExchangeModule } from './exchange-module.ts'
import { GraphBatch } from './graph-batch.ts'
import { GraphTransport } from './graph-transport.ts'
import { graphWriter, type GraphWriter } from './graph-writer.ts'
import { graphReader, type GraphReader } from './graph.ts'
import { mailboxClient, type MailboxReader, type MailboxWriter } from './mailboxes.ts'
import { identityOf, type Purpose } from './identity.ts'
import { claimsOf, mayWrite } from './token-claims.ts'
import { signIn, type Environment, type Identity, type SignIn } from './sign-in.ts'

/** What planning is given: clients that cannot write. */
export interface Readers {
  graph(tenant: string): GraphReader
  mailboxes(tenant: string): MailboxReader
  exchange(tenant: string): ExchangeReader
  /** Whether what only Microsoft's own module can write could be written. */
  exchangeModule(tenant: string): Pick<ExchangeModule, 'unavailable'>
  /** The tenant's id: what other tools' marks and messages name it by. */
  tenantId(tenant: string): string
}

/** What an apply is given besides. */
export interface Writers extends Readers {
  graphWriter(tenant: string): GraphWriter
  mailboxWriter(tenant: string): MailboxWriter
  exchangeWriter(tenant: string): ExchangeWriter
  exchangeModuleWriter(tenant: string): ExchangeModule
  /** Names of the tenants in which a token of this run could change something. */
  writable(): string[]
}

export interface ConnectionOptions extends Environment {
  /** Which of a tenant's two apps signs in, where it has two. */
  readonly purpose: Purpose
  readonly inWorkflow: boolean
  /** Requests under way at a time, to each service of each tenant. */
  readonly concurrency: number
  /** Names of variables that hold secrets of profiles: no other program is shown them. */
  readonly withheld?: ReadonlySet<string>
}

interface Connected {
  readonly identity: Identity
  readonly session: SignIn
  readonly graph: GraphWriter
  readonly mailboxes: MailboxWriter
  readonly exchange: ExchangeWriter
  readonly exchangeModule: ExchangeModule
}

export function connections(tenants: ReadonlyMap<string, Tenant>, options: ConnectionOptions): Writers {
  const made = new Map<string, Connected>()

  function connected(name: string): Connected {
    let connection = made.get(name)
    if (!connection) {
      const tenant = tenants.get(name)
      if (!tenant) throw new RangeError(`tenant ${name} is not in tenants.yaml`)
      made.set(name, (connection = connect(tenant, options)))
    }
    return connection
  }

  return {
    graph: (tenant) => connected(tenant).graph,
    graphWriter: (tenant) => connected(tenant).graph,
    mailboxes: (tenant) => connected(tenant).mailboxes,
    mailboxWriter: (tenant) => connected(tenant).mailboxes,
    exchange: (tenant) => connected(tenant).exchange,
    exchangeWriter: (tenant) => connected(tenant).exchange,
    exchangeModule: (tenant) => connected(tenant).exchangeModule,
    exchangeModuleWriter: (tenant) => connected(tenant).exchangeModule,
    tenantId: (tenant) => connected(tenant).identity.tenantId,
    writable: () =>
      [...made.values()]
        .filter(({ session }) => session.tokens().some((token) => mayWrite(claimsOf(token))))
        .map(({ identity }) => identity.tenant)
        .sort(),
  }
}

function connect(tenant: Tenant, options: ConnectionOptions): Connected {
  const { name, cloud, organization } = tenant
  const endpoints = endpointsOf(cloud, options.env)
  const identity = identityOf(tenant, options.purpose, options.inWorkflow)
  const { concurrency } = options
  const session: SignIn = signIn(identity, endpoints, options)
  const transport = new GraphTransport(identity, endpoints.graph, session, concurrency)
  const batch = new GraphBatch(transport, concurrency)
  return {
    identity,
    session,
    graph: graphWriter(transport, graphReader(transport, batch)),
    mailboxes: mailboxClient(name, endpoints.graph, batch),
    exchange: exchangeClient(identity, organization, endpoints.exchange, session, concurrency),
    exchangeModule: exchangeModule(
      identity,
      organization,
      endpoints.exchange,
      session,
      options.env,
      options.withheld ?? new Set(),
    ),
  }
}
