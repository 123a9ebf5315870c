/**
 * Objects in people's mailboxes: contacts, folders, photos. Every request goes in a batch, with
 * immutable ids: others change when an object is moved.
 * Source: Microsoft Graph, "Get immutable identifiers for Outlook resources".
 */
import { IncompleteReadError } from './errors.ts'
import type { BatchRequest } from './graph-batch-wire.ts'
import type { BatchReply, GraphBatch } from './graph-batch.ts'
import { isNotThere } from './graph-transport.ts'
import type { Query } from './graph.ts'
import { written, type Written } from './written.ts'

/** Everything planning may ask of mailboxes: nothing here writes. */
export interface MailboxReader {
  readonly tenant: string
  /**
   * Every page of a collection of a mailbox, to its end.
   * @param mailbox its user's object id.
   * @param path in the mailbox, e.g. `/contacts`.
   * @throws ServiceError when Graph refuses, IncompleteReadError when an answer is not a page.
   */
  pages<Item>(mailbox: string, path: string, query: Query): AsyncIterable<readonly Item[]>
  /** @returns `undefined` when there is no such object (404). */
  find<Item>(mailbox: string, path: string, query: Partial<Query>): Promise<Item | undefined>
  /** Bytes in base64; `undefined` when there are none (404). */
  bytes(mailbox: string, path: string): Promise<string | undefined>
}

/** What an apply is given besides. */
export interface MailboxWriter extends MailboxReader {
  /** @throws ServiceError; `ambiguous` when it may have been made: look before you make it again. */
  create(mailbox: string, path: string, body: object): Promise<Written>
  update(mailbox: string, path: string, body: object): Promise<Written>
  /** @param bytes in base64. */
  replace(mailbox: string, path: string, bytes: string, contentType: string): Promise<Written>
  remove(mailbox: string, path: string): Promise<Written>
}

interface Page<Item> {
  readonly value?: readonly Item[]
  readonly '@odata.nextLink'?: string
}

const IMMUTABLE = { Prefer: 'IdType="ImmutableId"' }

export function mailboxClient(tenant: string, base: string, batch: GraphBatch): MailboxWriter {
  const root = `${base}/v1.0`

  const ask = (
    method: BatchRequest['method'],
    mailbox: string,
    path: string,
    more: Partial<BatchRequest> = {},
  ) => {
    const url = path.startsWith('/users/') ? path : `/users/${encodeURIComponent(mailbox)}${path}`
    const headers = { ...IMMUTABLE, ...more.headers }
    return batch.send({ method, mailbox, url, operation: `${method} ${templateOf(url)}`, ...more, headers })
  }

  async function found(mailbox: string, path: string): Promise<BatchReply | undefined> {
    try {
      return await ask('GET', mailbox, path)
    } catch (error) {
      if (isNotThere(error)) return undefined
      throw error
    }
  }

  const write = async (...request: Parameters<typeof ask>): Promise<Written> => written(await ask(...request))

  return {
    tenant,
    async *pages<Item>(mailbox: string, path: string, query: Query) {
      const seen = new Set<string>()
      for (let url = `${path}${queryString(query)}`; ;) {
        const page = (await ask('GET', mailbox, url)).body as Page<Item> | null
        if (!Array.isArray(page?.value)) throw incomplete(path, 'an answer was not a page.')
        yield page.value
        const next = page['@odata.nextLink']
        if (next === undefined) return
        if (seen.has(next) || !next.startsWith(`${root}/users/`))
          throw incomplete(path, 'a next link leads back, or elsewhere.')
        seen.add(next)
        url = next.slice(root.length)
      }
    },
    async find<Item>(mailbox: string, path: string, query: Partial<Query>) {
      return (await found(mailbox, `${path}${queryString(query)}`))?.body as Item | undefined
    },
    async bytes(mailbox, path) {
      const body = (await found(mailbox, path))?.body
      if (body === undefined) return undefined
      if (typeof body !== 'string' || body === '') throw incomplete(path, 'an answer holds no bytes.')
      return body
    },
    create: (mailbox, path, body) => write('POST', mailbox, path, { body }),
    update: (mailbox, path, body) => write('PATCH', mailbox, path, { body }),
    replace: (mailbox, path, bytes, contentType) =>
      write('PUT', mailbox, path, { body: bytes, headers: { 'Content-Type': contentType } }),
    remove: (mailbox, path) => write('DELETE', mailbox, path),
  }

  function incomplete(path: string, why: string): IncompleteReadError {
    return new IncompleteReadError('Microsoft Graph', tenant, `GET ${templateOf(`/users/{id}${path}`)}`, why)
  }
}

function queryString({ select, filter, expand, top }: Partial<Query>): string {
  const options = [
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`]),
    ...(expand === undefined ? [] : [`$expand=${encodeURIComponent(expand)}`]),
    ...(top === undefined ? [] : [`$top=${top}`]),
  ]
  return options.length > 0 ? `?${options.join('&')}` : ''
}

/** `/users/{id}/contacts/{id}`: every second segment is an id, and `$value` is none. */
function templateOf(url: string): string {
  return url
    .replace(/\?.*$/s, '')
    .split('/')
    .map((segment, index) => (index > 1 && index % 2 === 0 && !segment.startsWith('$') ? '{id}' : segment))
    .join('/')
}
