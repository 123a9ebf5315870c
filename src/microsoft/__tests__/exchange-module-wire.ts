/** Microsoft's module as a test plays it: a stand-in for PowerShell, and an Exchange that it asks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { recorded, standIn, type Play, type Recorded } from '../../../__tests__/pwsh/stand-in.ts'
import { exchangeModule, type ExchangeModule } from '../exchange-module.ts'
import { IDENTITY, tokens } from './wire.ts'

export interface Asked {
  readonly path: string
  readonly authorization: string | undefined
  readonly cmdlet: string
  readonly parameters: Readonly<Record<string, unknown>>
}

interface Reply {
  readonly status?: number
  /** Anything but a text is sent as JSON. */
  readonly body: unknown
}

export class Bridge {
  readonly asked: Asked[] = []
  readonly #server: Server
  readonly #folder = mkdtempSync(join(tmpdir(), 'exchange-module-'))

  private constructor(server: Server) {
    this.#server = server
  }

  /** @param reply what Exchange answers to a cmdlet. */
  static async start(
    reply: (asked: Asked) => Reply | Promise<Reply> = () => ({ body: { value: [] } }),
  ): Promise<Bridge> {
    const answer = async (body: string, path: string, authorization: string | undefined) => {
      const { CmdletName, Parameters } = (
        JSON.parse(body) as { CmdletInput: { CmdletName: string; Parameters: Record<string, unknown> } }
      ).CmdletInput
      const asked: Asked = { path, authorization, cmdlet: CmdletName, parameters: Parameters }
      bridge.asked.push(asked)
      return reply(asked)
    }
    const server = createServer((request, response) => {
      const { url = '', headers } = request
      void text(request)
        .then((body) => answer(body, url, headers.authorization))
        .then(({ status = 200, body }) => {
          response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
        })
    })
    const bridge = new Bridge(server)
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    return bridge
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** @param given.patience milliseconds until it is asked to end, and then is made to. */
  module(
    given: { plays?: Play; env?: Record<string, string>; patience?: { answer: number; end: number } } = {},
  ): ExchangeModule {
    const { plays, env, patience } = given
    const surroundings = { ...standIn({ ...(plays && { plays }), records: this.#records }), ...env }
    return exchangeModule(
      IDENTITY,
      'fabrikam.onmicrosoft.com',
      this.url,
      tokens(),
      surroundings,
      new Set(['SECRET_OF_A_PROFILE']),
      ...(patience ? [patience] : []),
    )
  }

  /** Every process that there was. */
  get ran(): Recorded[] {
    return recorded(this.#records)
  }

  get #records(): string {
    return join(this.#folder, 'runs.ndjson')
  }

  async stop(): Promise<void> {
    rmSync(this.#folder, { recursive: true })
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}

export const PASSWORD = 'Grüße "von" \\ {dem}\nTresor €uro 𝄞'

/** A write that takes a secret. */
export const make = (module: ExchangeModule) =>
  module.run('New-MailUser', { Name: 'Zoë', RemotePowerShellEnabled: false }, { Password: PASSWORD })
