import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { setDefaultHighWaterMark } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import type { Desk } from './desk.ts'
import { ConnectionLost } from './service.ts'
import type { Answer } from './service.ts'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/**
 * Bytes. A TLS socket of Node's whose last answer is not flushed pauses its parser within the next request,
 * and then takes the rest of that for an error (HPE_PAUSED) and hangs up: no answer may fill the socket.
 * Sockets take nothing else than the default.
 */
const LARGEST_ANSWER = 64 * 1024 * 1024

/**
 * Serves the desk on loopback.
 * @param port 0 takes a free one
 * @param tls key and certificate (PEM); without it, plain http
 * @throws the socket's own error, when the port is taken
 */
export async function listen(
  desk: Desk,
  port: number,
  tls: { key: string; cert: string } | undefined,
): Promise<Listening> {
  const onRequest = (request: http.IncomingMessage, response: http.ServerResponse) => {
    serve(desk, request, response).catch((error: unknown) => {
      if (error instanceof ConnectionLost) return request.socket.destroy()
      // A fault of the simulator itself: seen at once in any test, and never taken for the service's word.
      response.writeHead(599, { 'content-type': 'text/plain' })
      response.end(`simulator: ${error instanceof Error ? error.stack : String(error)}`)
    })
  }
  if (tls) setDefaultHighWaterMark(false, LARGEST_ANSWER)
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest)
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // Loopback only: nobody else on the network is to reach these tenants.
    server.listen({ port, host: 'localhost' }, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  desk: Desk,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const bytes = await buffer(request)
  const answer = await desk.answer({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: headersOf(request),
    text: bytes.toString(),
    bytes,
  })
  const body = bytesOf(answer)
  response.writeHead(answer.status, {
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }),
    ...answer.headers,
  })
  response.end(body)
}

function headersOf(request: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

function bytesOf({ body }: Answer): Buffer | undefined {
  if (body === undefined) return undefined
  if (body instanceof Uint8Array) return Buffer.from(body)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}
