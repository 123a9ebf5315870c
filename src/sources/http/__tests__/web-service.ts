/** A web service on loopback as a test answers it: what was sent to it, and what comes back. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { PERSON_FIELDS, type PersonField } from '../../../people/person.ts'
import { localhostCertificate } from '../../../simulator/certificate.ts'
import type { HttpFrom } from '../../schema.ts'
import type { SourceRead } from '../../source.ts'
import { BOUNDS, type Bounds } from '../bounds.ts'
import { httpSource } from '../http.ts'

export interface Given {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes and texts are sent as they are, everything else as JSON. */
  readonly body?: unknown
}

/** `lost`: the connection breaks; `cut`: within the body; `silent`: no answer comes; `endless`: no end of it. */
export type Reply = Given | 'lost' | 'cut' | 'silent' | 'endless'

export interface Sent {
  /** With its query. */
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

export class WebService {
  readonly sent: Sent[] = []
  readonly origin: string
  readonly #server: https.Server
  #reply: (path: string, nth: number) => Reply = () => ({ status: 404 })

  static async start(): Promise<WebService> {
    const server = https.createServer(await localhostCertificate())
    await new Promise<void>((resolve) => {
      server.listen(0, 'localhost', resolve)
    })
    return new WebService(server)
  }

  private constructor(server: https.Server) {
    this.#server = server
    this.origin = `https://localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { url: path = '', method = '', headers } = request
      this.sent.push({ path, method, headers })
      answer(response, this.#reply(path, this.sent.length - 1))
    })
  }

  /** @param reply what is answered to the nth request, from 0; of a list the last one for ever. */
  answers(reply: readonly Reply[] | ((path: string, nth: number) => Reply)): void {
    this.sent.length = 0
    this.#reply = typeof reply === 'function' ? reply : (_, nth) => reply[Math.min(nth, reply.length - 1)]!
  }

  /** By path, query included. */
  answersAt(replies: Readonly<Record<string, Reply>>): void {
    this.answers((path) => replies[path] ?? { status: 404 })
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'silent') return
  if (reply === 'lost') {
    response.destroy()
    return
  }
  if (reply === 'cut') {
    response.writeHead(200, { 'content-length': '1000' }).write('[{"mail":', () => response.destroy())
    return
  }
  if (reply === 'endless') {
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    }
    response.on('drain', more)
    more()
    return
  }
  const { status = 200, headers = {}, body = '' } = reply
  response.writeHead(status, headers)
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

export interface Asked extends Partial<HttpFrom['http']> {
  readonly where?: string
  readonly secrets?: Readonly<Record<string, string>>
  readonly bounds?: Partial<Bounds>
}

export const FIELDS = { id: 'no', mail: 'email', displayName: 'name' } as const

/** As a service lists them. */
export const ADA = { no: 'E1', email: 'ada@fabrikam.com', name: 'Ada Lovelace' }
export const ALAN = { no: 'E2', email: 'alan@fabrikam.com', name: 'Alan Turing' }
export const GRACE = { no: 'E3', email: 'grace@fabrikam.com', name: 'Grace Hopper' }

/** Reads all fields of a person; `url` relative to the service, `fields` as `FIELDS` unless given. */
export function read(
  { origin }: Pick<WebService, 'origin'>,
  { where, secrets = {}, bounds, url = '/people', fields = FIELDS, ...http }: Asked = {},
): Promise<SourceRead> {
  const from = {
    http: { url: new URL(url, origin).href, fields, ...http },
    ...(where !== undefined && { where }),
  }
  const source = httpSource(
    from,
    ['from', 0],
    { secret: (name) => secrets[name] ?? '' },
    { ...BOUNDS, ...bounds },
  )
  return source.read(new Set<PersonField>(PERSON_FIELDS))
}

/** What went wrong, as a reader is told. */
export interface Failure {
  readonly name: string
  readonly code: string
  readonly message: string
  readonly advice: string
}

/** @throws when nothing went wrong. */
export async function failure(reading: Promise<SourceRead>): Promise<Failure> {
  try {
    await reading
  } catch (error) {
    return error as Failure
  }
  throw new Error('it was read')
}
