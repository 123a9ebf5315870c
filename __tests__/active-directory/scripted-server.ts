/** An LDAP server that says what a test tells it to: for what a healthy domain controller never does. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { BerReader, BerWriter, PagedResultsControl } from 'ldapts'
import type { Pair } from './certificates.ts'

export interface Script {
  /** With one it speaks LDAPS, or TLS after StartTLS; else plain LDAP. */
  readonly certificate?: Pair
  /** LDAP's result code and the text beside it. */
  readonly bind?: Result
  /** With this it begins in the clear. */
  readonly startTls?: Result
  /**
   * In the clear, in one packet with the answer to StartTLS: that a sign-in succeeded which nobody asked for,
   * and the beginning of a message that would swallow the next one.
   */
  readonly injected?: boolean
  /** What of the schema can be seen, by `lDAPDisplayName`. */
  readonly schema?: readonly string[]
  /** What each search for people gives, in their order; after the last one it hangs up. */
  readonly pages?: readonly (ScriptedPage | 'cut')[]
}

export interface ScriptedPage {
  readonly mails?: readonly string[]
  readonly references?: readonly string[]
  /** Whether there is more. */
  readonly more?: boolean
  readonly result?: Result
}

type Result = readonly [code: number, text: string]

export interface ScriptedServer {
  readonly port: number
  /** The operations that were asked for, e.g. `bind`. */
  readonly asked: readonly string[]
  /** How many connections were ever made to it. */
  readonly connections: () => number
  /** It breaks every connection, and goes on listening. */
  hangUp(): void
  close(): Promise<void>
}

const SUCCESS: Result = [0, '']

/** Source: RFC 4511, appendix B. */
const MESSAGE = 0x30
const BIND = 0x60
const UNBIND = 0x42
const SEARCH = 0x63
const EXTENDED = 0x77
const BIND_ANSWER = 0x61
const EXTENDED_ANSWER = 0x78
const ENTRY = 0x64
const DONE = 0x65
const REFERENCE = 0x73
const CONTROLS = 0xa0
/** Of a client's first request. */
const FIRST_ID = 2
const NAMES: Readonly<Record<number, string>> = {
  [BIND]: 'bind',
  [UNBIND]: 'unbind',
  [SEARCH]: 'search',
  [EXTENDED]: 'extended',
}

export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const { schema = ['objectGUID', 'mail'] } = script
  const asked: string[] = []
  const open = new Set<Socket>()
  const hangUp = () => open.forEach((socket) => socket.destroy())
  let connections = 0
  let page = 0
  const talk = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => {
      // The beginning of TLS, where a test wants no answer to it.
      if (data[0] !== MESSAGE) return
      const { id, operation, base } = requestIn(data)
      asked.push(NAMES[operation] ?? `0x${operation.toString(16)}`)
      if (operation === BIND) socket.write(ending(id, BIND_ANSWER, script.bind))
      else if (operation === EXTENDED) {
        const answer = ending(id, EXTENDED_ANSWER, script.startTls)
        const injected = script.injected ? [ending(FIRST_ID, BIND_ANSWER), Buffer.from([MESSAGE, 0x7f])] : []
        socket.write(Buffer.concat([answer, ...injected]))
        if (script.certificate) {
          socket.removeAllListeners('data')
          talk(new TLSSocket(socket, { isServer: true, ...script.certificate }))
        }
      } else if (operation === SEARCH && base === '')
        socket.write(entries(id, [{ schemaNamingContext: 'CN=Schema' }]))
      else if (operation === SEARCH && base === 'CN=Schema')
        socket.write(
          entries(
            id,
            schema.map((lDAPDisplayName) => ({ lDAPDisplayName })),
          ),
        )
      else if (operation === SEARCH) {
        const next = script.pages?.[page++]
        if (next && next !== 'cut') socket.write(answer(id, next))
        else socket.destroy()
      }
    })
  }
  const server: Server =
    script.certificate && !script.startTls ? createTlsServer(script.certificate, talk) : createServer(talk)
  // Of TLS, too: it is counted before anything is encrypted.
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    hangUp,
    close: () =>
      new Promise((resolve) => {
        hangUp()
        server.close(() => resolve())
      }),
  }
}

function requestIn(data: Buffer): { id: number; operation: number; base: string } {
  const reader = new BerReader(data)
  reader.readSequence()
  const id = reader.readInt()!
  const operation = reader.peek()!
  if (operation !== SEARCH) return { id, operation, base: '' }
  reader.readSequence()
  return { id, operation, base: reader.readString() ?? '' }
}

function answer(id: number, { mails = [], references = [], more = false, result }: ScriptedPage): Buffer {
  const people = mails.map((mail, index) => ({ mail, objectGUID: Buffer.alloc(16, index + mail.length) }))
  return Buffer.concat([
    entries(id, people, false),
    ...references.map((url) => message(id, REFERENCE, (writer) => writer.writeString(url))),
    ending(id, DONE, result, new PagedResultsControl({ value: pageValue(more) })),
  ])
}

function pageValue(more: boolean): { size: number; cookie: Buffer } {
  return { size: 0, cookie: Buffer.from(more ? 'more' : '') }
}

function entries(id: number, found: readonly Record<string, string | Buffer>[], last = true): Buffer {
  return Buffer.concat([
    ...found.map((attributes) =>
      message(id, ENTRY, (writer) => {
        writer.writeString('CN=Somebody,DC=contoso,DC=test')
        writer.startSequence()
        for (const [name, value] of Object.entries(attributes)) {
          writer.startSequence()
          writer.writeString(name)
          writer.startSequence(0x31)
          writer.writeBuffer(Buffer.from(value as string), 0x04)
          writer.endSequence()
          writer.endSequence()
        }
        writer.endSequence()
      }),
    ),
    ...(last ? [ending(id, DONE)] : []),
  ])
}

function ending(id: number, tag: number, result: Result = SUCCESS, control?: PagedResultsControl): Buffer {
  const [code, text] = result
  return message(
    id,
    tag,
    (writer) => {
      writer.writeEnumeration(code)
      writer.writeString('')
      writer.writeString(text)
    },
    control,
  )
}

function message(
  id: number,
  tag: number,
  fill: (writer: BerWriter) => void,
  control?: PagedResultsControl,
): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(tag)
  fill(writer)
  writer.endSequence()
  if (control) {
    writer.startSequence(CONTROLS)
    control.write(writer)
    writer.endSequence()
  }
  writer.endSequence()
  return writer.buffer
}
