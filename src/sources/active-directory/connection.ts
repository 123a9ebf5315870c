/**
 * An encrypted way to a domain controller. It is made once: ldapts would make a lost connection anew
 * by itself, in the clear and signed in as nobody.
 */
import { connect as connectSocket, isIP, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions } from 'node:tls'
import { Client, ResultCodeError } from 'ldapts'
import { certificateError } from './authority.ts'
import { openError } from './open-error.ts'

export interface Server {
  /** `ldaps://…`: encrypted at once; `ldap://…`: by StartTLS, before anything is said. */
  readonly url: string
  /** PEM; without it those authorities that Node.js trusts, NODE_EXTRA_CA_CERTS among them. */
  readonly authorities?: readonly string[] | undefined
  /** Where the authorities come from, for readers. */
  readonly caFile?: string | undefined
}

export interface Connection {
  readonly client: Client
  /** As readers know it: the host, and the port when the profile names one. */
  readonly host: string
  close(): Promise<void>
}

/** Milliseconds: for a connection to be made and encrypted, and for each request after it. */
const CONNECT_TIME = 15_000
const REQUEST_TIME = 60_000

/** The request for StartTLS. Source: RFC 4511, 4.14.1. */
const START_TLS = '1.3.6.1.4.1.1466.20037'

/** @throws SourceError when there is nobody, no encryption, or a certificate that is not trusted. */
export async function connect(server: Server, connectTime = CONNECT_TIME): Promise<Connection> {
  const { protocol, hostname, port, host } = new URL(server.url)
  const name = hostname.replace(/^\[|\]$/g, '')
  const secured = trust(name, server)
  const encrypted = protocol === 'ldaps:'
  const first = encrypted
    ? connectTls({ ...secured, port: Number(port) || 636 })
    : connectSocket({ host: name, port: Number(port) || 389 })
  try {
    const socket = await within(
      connectTime,
      encrypted ? opened(first, 'secureConnect') : startTls(first, secured),
    )
    const client = clientOver(socket)
    return {
      client,
      host,
      async close() {
        await client.unbind().catch(() => {})
        socket.destroy()
        first.destroy()
      },
    }
  } catch (error) {
    first.destroy()
    throw connectError(error, host, server.caFile)
  }
}

/** @returns what to speak through from now on. */
async function startTls(socket: Socket, secured: ConnectionOptions): Promise<Socket> {
  await opened(socket, 'connect')
  await clientOver(socket).exop(START_TLS)
  // Whatever else came in the clear is left behind with that client: nobody vouches for it.
  socket.removeAllListeners('data')
  return opened(connectTls({ ...secured, socket }), 'secureConnect')
}

/** Never less, whatever NODE_TLS_REJECT_UNAUTHORIZED says: a password follows. */
function trust(name: string, { authorities }: Server): ConnectionOptions {
  return {
    host: name,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // RFC 6066, 3: an address is no server name.
    ...(isIP(name) === 0 && { servername: name }),
    ...(authorities && { ca: [...authorities] }),
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve(socket))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })
}

/** For this one connection: ldapts would make another in the clear. */
function clientOver(socket: Socket): Client {
  let used = false
  return new Client({
    url: 'ldap://over-a-socket',
    timeout: REQUEST_TIME,
    createConnection() {
      if (used || socket.destroyed) throw new Error('The connection was lost.')
      used = true
      return socket
    },
  })
}

class TooSlow extends Error {}

async function within<T>(time: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), time)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function connectError(error: unknown, host: string, caFile: string | undefined): Error {
  if (error instanceof ResultCodeError)
    return openError(
      'active-directory-no-starttls',
      `${host} refuses StartTLS, and nothing is said to it in the clear: give the domain controller a certificate, or use ldaps:// when it has one.`,
      error,
    )
  const { code } = error as NodeJS.ErrnoException
  const said = error instanceof TooSlow ? 'no answer in time' : (code ?? 'the connection was closed')
  return (
    certificateError(error, host, caFile) ??
    openError(
      'active-directory-unreachable',
      `${host} cannot be reached (${said}). A domain controller listens at port 636 (ldaps://) and 389 (ldap://); it must be reachable from where this runs, which GitHub's own runners seldom are: use a self-hosted runner in that network.`,
      error,
    )
  )
}
