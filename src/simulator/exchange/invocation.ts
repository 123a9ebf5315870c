/** One `InvokeCommand`: the body read, the cmdlet found, bound and run, its rows answered in pages. */
import { jsonBody, type Answer, type Request } from '../service.ts'
import type { Tenant, World } from '../world.ts'
import { bind } from './binding.ts'
import { CMDLETS } from './cmdlets/cmdlets.ts'
import type { Output } from './cmdlets/cmdlet.ts'
import { MORE_RESULTS } from './cmdlets/listing.ts'
import { cmdletFacts } from './contract.ts'
import { badRequest, notSimulated, unknownCmdlet } from './errors.ts'
import { Pages, tokenOf, type Pending } from './pages.ts'
import { Replication } from './replication.ts'

/** Which server a request reached: what leads it there, and the cookie that leads the next one there too. */
interface Home {
  readonly name: string
  readonly cookie: string
}

export class Invocations {
  readonly #world: World
  readonly #pages = new Pages()
  readonly #replication = new Map<Tenant, Replication>()
  #servers = 0

  constructor(world: World) {
    this.#world = world
  }

  /**
   * @param allow throws when the caller may not run this cmdlet.
   * @throws ExchangeRefusal
   */
  answer(request: Request, tenant: Tenant, allow: (cmdlet: string) => void): Answer {
    const home = this.#home(request)
    const now = this.#world.now()
    const token = request.query.get('$skiptoken')
    // A following page may be asked for with GET too; a cmdlet is always posted.
    const follows = token !== null && request.method === 'GET'
    if (request.method !== 'POST' && !follows) return { status: 405, headers: { allow: 'POST' }, body: '' }
    const input = follows ? undefined : cmdletInput(request)
    const text = input && JSON.stringify(input)
    let page: { id?: string; from: number; pending: Pending }
    if (token === null) {
      allow(input!.CmdletName)
      const output = this.#run(input!, tenant, home)
      const columns = request.query
        .get('$select')
        ?.split(',')
        .map((name) => name.trim())
      const size = pageSize(request, this.#world.behaviour.exchangePageSize)
      page = { from: 0, pending: { output, columns, size, home: home.name, cmdletInput: text! } }
    } else {
      if (input) allow(input.CmdletName)
      page = this.#pages.find(token, home.name, text, now)
    }
    return this.#page(request, tenant, home, page, now)
  }

  #run(input: CmdletInput, tenant: Tenant, home: Home): Output {
    const { CmdletName: name, Parameters: sent } = input
    const facts = cmdletFacts(name)
    if (!facts?.online) throw unknownCmdlet(name)
    const parameters = bind(facts, sent)
    const cmdlet = CMDLETS.get(facts.name.toLowerCase())
    if (!cmdlet) throw notSimulated(facts.name)
    const beyond = [...parameters.keys()].find((parameter) => !cmdlet.carries.has(parameter))
    if (beyond !== undefined) throw notSimulated(`the parameter ${beyond} of ${facts.name}`)
    const replication = this.#replicationOf(tenant)
    return cmdlet.run({
      cmdlet: facts,
      tenant,
      world: this.#world,
      parameters,
      now: this.#world.now(),
      visible: replication.seenFrom(home.name),
      created: (recipient) =>
        replication.created(recipient, home.name, this.#world.behaviour.replicationReads),
    })
  }

  #page(
    request: Request,
    tenant: Tenant,
    home: Home,
    { id, from, pending }: { id?: string; from: number; pending: Pending },
    now: Date,
  ): Answer {
    const { output, columns, size } = pending
    const cut = request.truncation
    const to = Math.min(output.count, from + Math.min(size, cut?.rows ?? size))
    const value = output.rows(from, to, columns)
    const more = to < output.count && (!cut || cut.nextLink === true)
    const warnings = [...(to >= output.count ? output.warnings : []), ...(cut?.warning ? [MORE_RESULTS] : [])]
    const base = `${this.#world.origin}/adminapi/beta/${tenant.organization}`
    const next = more ? tokenOf(id ?? this.#pages.keep(pending, now), to) : undefined
    const prefer = request.headers['prefer']
    return {
      status: 200,
      headers: {
        'set-cookie': `exchangecookie=${home.cookie}; path=/; secure; HttpOnly`,
        ...(prefer !== undefined && { 'preference-applied': prefer }),
      },
      body: {
        '@odata.context': `${base}/$metadata#Collection(Exchange.GenericHashTable)`,
        'adminapi.warnings@odata.type': '#Collection(String)',
        '@adminapi.warnings': warnings,
        ...(next !== undefined && { '@odata.nextLink': `${base}/InvokeCommand?%24skiptoken=${next}` }),
        value,
      },
    }
  }

  /** One anchor leads to one server; without an anchor the cookie does; without either, any server answers. */
  #home(request: Request): Home {
    const anchor = request.headers['x-anchormailbox']?.toLowerCase()
    const cookie = /(?:^|;\s*)exchangecookie=([^;\s]+)/.exec(request.headers['cookie'] ?? '')?.[1]
    this.#servers += 1
    const own = cookie ?? `server${this.#servers}`
    return { name: anchor === undefined ? `cookie ${own}` : `anchor ${anchor}`, cookie: own }
  }

  #replicationOf(tenant: Tenant): Replication {
    let replication = this.#replication.get(tenant)
    if (!replication) this.#replication.set(tenant, (replication = new Replication()))
    return replication
  }
}

interface CmdletInput {
  readonly CmdletName: string
  readonly Parameters: Readonly<Record<string, unknown>>
}

/** @throws ExchangeRefusal for a body that is none. */
function cmdletInput(request: Request): CmdletInput {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw badRequest('The request body must be JSON: Content-Type application/json.')
  const body = jsonBody(request)
  const input = isObject(body) ? body['CmdletInput'] : undefined
  if (!isObject(input)) throw badRequest('The request body holds no CmdletInput.')
  const { CmdletName: name, Parameters: parameters = {} } = input
  if (typeof name !== 'string' || !/^[A-Za-z]+-[A-Za-z0-9]+$/.test(name))
    throw badRequest('CmdletInput holds no CmdletName.')
  if (!isObject(parameters)) throw badRequest('CmdletInput: Parameters must be an object.')
  return { CmdletName: name, Parameters: parameters }
}

/** `Prefer: odata.maxpagesize=N`, up to what the service gives. */
function pageSize(request: Request, most: number): number {
  const wanted = /(?:^|[;,\s])odata\.maxpagesize=(\d+)/i.exec(request.headers['prefer'] ?? '')?.[1]
  return wanted === undefined ? most : Math.min(most, Math.max(1, Number(wanted)))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
